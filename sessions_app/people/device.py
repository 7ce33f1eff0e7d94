"""Which people have signed in on this browser: one signed cookie, which names none of them.

It holds a number drawn by lot and, for each person, a keyed mark that only this number and that
person's e-mail address give; the last who signed in stands first.
"""

import re
import secrets
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

KEPT_FOR = 180 * 24 * 3600
MOST = 24
"""People of one browser: the cookie stays below half a kilobyte."""

_SALT = "stillhand.device"
_READ = re.compile(r"[0-9a-f]{32}(?:-[0-9a-f]{16})*")


@dataclass(frozen=True)
class Device:
    """A browser: its number and the marks of the people who signed in on it."""

    number: str
    marks: tuple[str, ...] = ()

    def mark_of(self, email: str) -> str:
        """Return the mark that a person has on this browser."""
        said = f"{self.number} {email.lower()}"
        return salted_hmac(_SALT, said, algorithm="sha256").hexdigest()[:16]

    def knows(self, email: str) -> bool:
        """Say whether this person has signed in here."""
        return self.mark_of(email) in self.marks

    def with_first(self, email: str) -> "Device":
        """Return the same browser after this person signed in."""
        mark = self.mark_of(email)
        others = [one for one in self.marks if one != mark]
        return Device(self.number, (mark, *others)[:MOST])


def device_of(request: HttpRequest | None) -> Device | None:
    """Read the browser's cookie; None where it has none, or one that we did not sign."""
    said = request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "") if request else ""
    try:
        value = signing.TimestampSigner(salt=_SALT).unsign(said, max_age=KEPT_FOR)
    except signing.BadSignature:
        return None
    if not _READ.fullmatch(value):
        return None
    number, *marks = value.split("-")
    return Device(number, tuple(marks))


def remember(request: HttpRequest, response: HttpResponse, email: str) -> None:
    """Let the browser remember, for half a year, that this person signed in on it."""
    before = device_of(request) or Device(secrets.token_hex(16))
    now = before.with_first(email)
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        signing.TimestampSigner(salt=_SALT).sign("-".join((now.number, *now.marks))),
        max_age=KEPT_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
