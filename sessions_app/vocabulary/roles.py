"""Who a person is in a clinic."""

from sessions_app.vocabulary.coded import Coded


class Role(Coded):
    """One role a membership; a person may be a member of several clinics."""

    THERAPIST = "therapist", "Therapist", "Gives massage and logs sessions on any protocol."
    VOLUNTEER = "volunteer", "Volunteer", "Gives and logs simple touch only: hands kept still."
    SUPERVISOR = "supervisor", "Supervisor", "Reviews sessions, overrides and summaries."
    ADMIN = "admin", "Administrator", "Keeps the clinic's people and settings."

    @property
    def description(self) -> str:
        """What the role does, in one sentence."""
        return self.meaning
