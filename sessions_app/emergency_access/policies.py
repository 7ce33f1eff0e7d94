"""How long an emergency access lasts, and how often somebody may try to open one."""

from collections.abc import Sequence
from datetime import datetime, timedelta

LASTS = timedelta(minutes=60)
TRIES = 5
"""So many tries that found no chart, within an hour, are taken one after the other."""
IN = timedelta(hours=1)
PAUSE = timedelta(minutes=5)
"""Then one is taken each five minutes: nobody guesses a chart, and no slip shuts anybody out."""


class TooManyTries(Exception):
    """Somebody tried too often; nothing was looked up. ``left`` is how long one has to wait."""

    def __init__(self, left: timedelta) -> None:
        super().__init__(left)
        self.left = left


def left_to_wait(tries: Sequence[datetime], at: datetime) -> timedelta:
    """Return how long one waits after the tries that were looked up and opened nothing.

    A try that came too early is none of them: to try again does not make the wait longer.
    """
    recent = [one for one in tries if one > at - IN]
    if len(recent) < TRIES:
        return timedelta(0)
    return max(max(recent) + PAUSE - at, timedelta(0))
