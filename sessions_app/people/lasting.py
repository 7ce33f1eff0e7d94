"""How long a sign-in lasts: until nothing was done for a while, and 12 hours at most.

Both times stand in the browser session. When something was last done is written at most once a
minute, so a person at work costs the database one small write a minute and no read; the time-out
comes up to that minute earlier, never later.
"""

import time
from contextlib import suppress

from django.contrib.sessions.backends.base import SessionBase, UpdateError
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from sessions_app.people.models import User

BEGAN, ACTIVE = "signed_in_at", "active_at"
LONGEST = 12 * 3600
NOTED_EVERY = 60
USUAL_IDLE_MINUTES = 15
"""For a person without a clinic; a clinic decides its own."""


def now() -> int:
    """Return the time in seconds since 1970."""
    return int(time.time())


def begin(session: SessionBase) -> None:
    """Let a sign-in begin now."""
    session[BEGAN] = session[ACTIVE] = now()


def is_begun(session: SessionBase) -> bool:
    """Say whether both times are there."""
    return BEGAN in session and ACTIVE in session


def seconds_left(session: SessionBase, idle_minutes: int) -> int:
    """Return how long the sign-in lasts if nothing more is done; 0 or less when it has ended.

    A time that lies ahead (a clock was put back) counts as now.
    """
    at = now()
    idle = 60 * idle_minutes - max(0, at - int(session[ACTIVE]))
    return min(idle, LONGEST - max(0, at - int(session[BEGAN])))


def idle_minutes(request: HttpRequest) -> int:
    """Return how long one may do nothing: as the clinic decides in which the person acts."""
    membership = getattr(request.user, "membership", None)
    return membership.clinic.idle_minutes if membership else USUAL_IDLE_MINUTES


def mark_of(user: User) -> str:
    """Return by what a page knows again whose it is; it tells nothing else."""
    return salted_hmac("stillhand.page", str(user.pk), algorithm="sha256").hexdigest()[:16]


def note_activity(session: SessionBase) -> None:
    """Write down that something was done, where the last note is a minute old.

    It is stored at once, not at the end of the request: a slow page must not overwrite what
    another tab has written meanwhile. A session that ended in that tab stays ended.
    """
    if now() - session[ACTIVE] >= NOTED_EVERY:
        session[ACTIVE] = now()
        with suppress(UpdateError):
            session.save()
        session.modified = False
