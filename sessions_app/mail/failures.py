"""Why a letter did not go: the kind alone, for a server's own words name the address."""

import smtplib

from sessions_app.vocabulary.coded import Coded


class Failure(Coded):
    """A kind of failure. The code is stored; label and meaning are for readers."""

    UNREACHABLE = "unreachable", "no answer", "The mail server could not be reached."
    SIGN_IN = "sign_in", "sign-in refused", "The mail server took not our name and password."
    SENDER = "sender", "sender refused", "The mail server did not take our own address."
    RECIPIENT = "recipient", "recipient refused", "The mail server does not know the recipient."
    LATER = "later", "asked to wait", "The mail server asked to try again later."
    REFUSED = "refused", "refused", "The mail server refused the letter."
    UNREADABLE = "unreadable", "not a letter", "The address or the subject cannot be sent."
    TOO_OLD = "too_old", "too old", "What it tells no longer holds after this long."


FINAL = frozenset({Failure.RECIPIENT, Failure.REFUSED, Failure.UNREADABLE, Failure.TOO_OLD})
"""What another try would not mend."""

_PERMANENT = 500
"""From here on a server's answer means «never» (RFC 5321 §4.2.1)."""


def kind_of(error: Exception) -> Failure:
    """Return the kind of what a try to send has raised."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _ in error.recipients.values()]
        return Failure.RECIPIENT if min(codes) >= _PERMANENT else Failure.LATER
    if isinstance(error, smtplib.SMTPAuthenticationError | smtplib.SMTPNotSupportedError):
        return Failure.SIGN_IN
    if isinstance(error, smtplib.SMTPSenderRefused):
        return Failure.SENDER
    if isinstance(error, smtplib.SMTPConnectError | smtplib.SMTPServerDisconnected):
        return Failure.UNREACHABLE
    if isinstance(error, smtplib.SMTPResponseException):
        return Failure.REFUSED if error.smtp_code >= _PERMANENT else Failure.LATER
    return Failure.UNREACHABLE if isinstance(error, OSError) else Failure.UNREADABLE
