"""Since when a question has stood on a form: a signed stamp that the form carries along.

It is for the alert budget alone. One that is missing, too old or not ours means «unknown»; it never
stands in anybody's way.
"""

from datetime import datetime

from django.core.signing import BadSignature, Signer

from sessions_app.sessions.models import LONGEST_ANSWER

FIELD = "first_shown"
LONGEST = 100
_signer = Signer(salt="sessions.first_shown")


def stamp(at: datetime) -> str:
    """Return the moment, signed, as a form carries it."""
    return _signer.sign(str(int(at.timestamp())))


def carried_on(carried: str, now: datetime) -> str:
    """Return the stamp that a form was sent with, whatever it is; a form without one begins now."""
    return carried[:LONGEST] or stamp(now)


def seconds_since(carried: str, now: datetime) -> int | None:
    """Return how long ago the stamp was set, None where that is not known."""
    try:
        seconds = int(now.timestamp()) - int(_signer.unsign(carried[:LONGEST]))
    except (BadSignature, ValueError):
        return None
    return seconds if 0 <= seconds <= LONGEST_ANSWER else None
