"""How long the next password has to wait: a table for each thing that is counted (ADR 0020).

A counter falls by one for each `drains` seconds of calm. After a try that brings it to `tries`,
the next one waits as many seconds as the last step says that begins at or below it.
"""

from dataclasses import dataclass

from django.http import HttpRequest

FORGOTTEN_AFTER = 24 * 3600
"""Seconds after which a counter is taken away; each has run out long before."""


@dataclass(frozen=True)
class Waits:
    """What is counted together, and how the wait grows: (tries, seconds) in order."""

    kind: str
    drains: int
    steps: tuple[tuple[int, int], ...]

    def after(self, tries: int) -> int:
        """Return the seconds to wait after a try that brought the counter to this number."""
        return max((seconds for begins, seconds in self.steps if tries >= begins), default=0)


DEVICE = Waits("device", 600, ((5, 15), (6, 30), (7, 60), (8, 300), (9, 600)))
"""An account on a device where it signed in before: nobody else can use this up."""

PLACE = Waits("place", 600, ((4, 60), (5, 300), (6, 1800)))
"""An account from one address: steeper than the account, so one address cannot use that up."""

ACCOUNT = Waits("account", 600, ((5, 30), (6, 60), (7, 120), (8, 300), (9, 900), (100, 3600)))
"""An account from all addresses together, on devices that it does not know."""

ADDRESS = Waits("address", 30, ((30, 10), (40, 60)))
"""All accounts from one address: a whole clinic may share it."""

LETTERS = Waits("letters", 3600, ((3, 3600),))
"""Letters with a link for a new password, to one address: known here or not."""

ALL = (DEVICE, PLACE, ACCOUNT, ADDRESS, LETTERS)
BY_KIND = {one.kind: one for one in ALL}


def held_off(request: HttpRequest) -> int:
    """Return for how many seconds the try of this request was refused; 0 where it was not."""
    return int(getattr(request, "held_off", 0))


def in_words(seconds: int) -> str:
    """Return a wait as one says it: «40 seconds», «1 minute», «15 minutes»."""
    if seconds < 60:
        return "1 second" if seconds == 1 else f"{seconds} seconds"
    minutes = -(-seconds // 60)
    return "1 minute" if minutes == 1 else f"{minutes} minutes"
