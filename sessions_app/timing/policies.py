"""What can be recorded beside the touch, by whom, and what stands in the way."""

from datetime import timedelta

from sessions_app.clinics.models import Membership
from sessions_app.clinics.permissions import Permission, can
from sessions_app.timing.models import TimedCare
from sessions_app.vocabulary.timed import TimedKind

OLDEST, FURTHEST = timedelta(days=31), timedelta(days=31)
"""What is further back or ahead is a slip of the day (our design)."""


class AlreadyWithdrawn(Exception):
    """The row has been withdrawn or corrected meanwhile, with other words than these."""

    def __init__(self, row: TimedCare) -> None:
        super().__init__("the row stands no longer")
        self.row = row


def kinds_for(by: Membership) -> list[TimedKind]:
    """Return what the role may record: what is a clinical fact too wants that right as well."""
    facts = can(by, Permission.RECORD_FACTS)
    return [kind for kind in TimedKind if facts or kind.fact is None]
