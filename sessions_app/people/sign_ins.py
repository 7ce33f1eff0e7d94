"""Where a person is signed in now."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from sessions_app.people.models import User
from sessions_app.people.sign_in_model import SignIn

UNMARKED = uuid.UUID(int=0)
"""For a row that the database does not allow: a person's without its mark."""


@dataclass(frozen=True)
class OwnSignIn:
    """One browser in which the person is signed in. `is_here` is the one that asks."""

    mark: uuid.UUID
    browser: str
    since: datetime
    last_seen: datetime
    is_here: bool


def own_sign_ins(user: User, here: str) -> list[OwnSignIn]:
    """Return a person's sign-ins that hold, this one first, then the last used."""
    rows = SignIn.objects.filter(user_id=user.pk, expire_date__gt=timezone.now())
    told = [_told(row, here) for row in rows.defer("session_data").order_by("-seen_at")]
    return sorted(told, key=lambda one: not one.is_here)


def _told(row: SignIn, here: str) -> OwnSignIn:
    mark, since = row.mark or UNMARKED, row.began_at or row.seen_at
    browser = row.browser or "Unknown browser"
    return OwnSignIn(mark, browser, since, row.seen_at, is_here=mark.hex == here)
