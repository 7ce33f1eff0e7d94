"""Who a person is in a clinic."""

from sessions_app.vocabulary.coded import Coded


class Role(Coded):
    """One role a membership; a person may be a member of several clinics."""

    THERAPIST = "therapist", "Therapist", "Gives massage and logs sessions on any protocol."
    VOLUNTEER = "volunteer", "Volunteer", "Gives and logs simple touch only: hands kept still."
    SUPERVISOR = "supervisor", "Supervisor", "Reviews sessions, overrides and summaries."
    ADMIN = (
        "admin", "Administrator",
        "Sees the clinic's numbers; keeps people and settings, so far with commands on the server.",
    )  # fmt: skip

    @property
    def description(self) -> str:
        """What the role does, in one sentence."""
        return self.meaning
