"""What an admin must know of the outbox."""

from dataclasses import dataclass

from sessions_app.mail import configured
from sessions_app.mail.failures import Failure
from sessions_app.mail.models import Letter


@dataclass(frozen=True)
class Notice:
    """Letters that did not go: no server is set, or the server did not take them."""

    server: bool
    waiting: int
    given_up: int
    why: str


def for_admins() -> Notice | None:
    """Return what to show on an admin's pages; None where all is well."""
    waiting = Letter.objects.waiting()
    if not configured():
        return Notice(False, waiting.count(), 0, "")
    put_off, lost = waiting.exclude(failure=""), Letter.objects.lost()
    why = put_off.order_by("-next_try").first() or lost.order_by("-given_up_at").first()
    if why is None:
        return None
    return Notice(True, put_off.count(), lost.count(), Failure(why.failure).meaning)
