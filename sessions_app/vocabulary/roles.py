"""Who a person is in a clinic, whether they are there, and whose sessions are signed off."""

from sessions_app.vocabulary.coded import Coded


class Role(Coded):
    """One role a membership; a person may be a member of several clinics."""

    THERAPIST = "therapist", "Therapist", "Gives massage and logs sessions on any protocol."
    VOLUNTEER = "volunteer", "Volunteer", "Gives and logs simple touch only: hands kept still."
    SUPERVISOR = "supervisor", "Supervisor", "Reviews sessions, overrides and summaries."
    ADMIN = (
        "admin", "Administrator",
        "Keeps people and settings; sees the clinic's numbers, and no chart.",
    )  # fmt: skip

    @property
    def description(self) -> str:
        """What the role does, in one sentence."""
        return self.meaning


class Standing(Coded):
    """Whether a person may act in a clinic now. It follows from dates and is not stored."""

    WORKS_HERE = "works_here", "Works here", "May sign in and act in the role."
    DEACTIVATED = "deactivated", "Deactivated", "The role is kept, and gives no access."
    CLOSED = "closed", "Account closed", "The person cannot sign in anywhere."
    LEFT = "left", "Left", "The role has ended; what was recorded stays."


class SignOff(Coded):
    """Whose sessions a supervisor is to read and sign, as a clinic has decided."""

    NONE = "none", "Nobody's", "Supervisors look at what is flagged."
    VOLUNTEERS = "volunteers", "Volunteers'", "Sessions given by volunteers."
    EVERYBODY = "everybody", "Everybody's", "Each session that was given."
