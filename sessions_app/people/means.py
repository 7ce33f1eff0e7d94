"""By what means a person signed in: written into the audit trail, and told on the own page."""

from sessions_app.vocabulary.coded import Coded


class Means(Coded):
    """What a person showed to be let in."""

    PASSWORD = "password", "Password", "E-mail address and password."
    PASSKEY = "passkey", "Passkey", "A passkey, with the device's own lock."
    CODE_APP = "totp", "Password and code", "A password, and a code of an authenticator app."
    RECOVERY_CODE = "recovery_code", "Password and recovery code", "A code that works once."
    HOSPITAL = "hospital", "Hospital sign-in", "The hospital's own sign-in."

    @property
    def is_strong(self) -> bool:
        """Whether a second factor was part of it. Of the hospital's this has to be asked."""
        return self in (Means.PASSKEY, Means.CODE_APP, Means.RECOVERY_CODE)
