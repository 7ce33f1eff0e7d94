"""How long ago the last opioid was taken, as far as anybody has recorded it."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Protocol

OPIOID_KNOWN_MINUTES = 24 * 60
"""An older dose says nothing: a later one was most likely not recorded (our design)."""


class Dose(Protocol):
    """What is asked of a dose."""

    @property
    def happens_at(self) -> datetime:
        """When it was taken."""


def minutes_since(doses: Iterable[Dose], when: datetime) -> int | None:
    """Return the minutes from the last of these doses to a moment; None is unknown."""
    before = [one.happens_at for one in doses if one.happens_at <= when]
    if not before:
        return None
    minutes = (when - max(before)) // timedelta(minutes=1)
    return minutes if minutes <= OPIOID_KNOWN_MINUTES else None
