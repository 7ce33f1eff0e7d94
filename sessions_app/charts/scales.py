"""From numbers to places on the sheet, and the round numbers that stand on an axis."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, floor, isfinite, log10

SCORE_TICKS = (0, 2, 4, 6, 8, 10)
SCORE = (0.0, 10.0)
"""A score's axis is always whole: a part of it would make a small change look big."""


@dataclass(frozen=True, slots=True)
class Linear:
    """A straight scale from ``low``–``high`` to ``start``–``end``; what lies outside is clipped."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """Return the place of a number."""
        if self.high == self.low:
            return (self.start + self.end) / 2
        share = (value - self.low) / (self.high - self.low)
        return self.start + min(max(share, 0.0), 1.0) * (self.end - self.start)


def step(extent: float, most: int) -> float:
    """Return the smallest round step (1, 2 or 5 times a power of ten) with at most so many."""
    rough = extent / max(1, most)
    if not isfinite(rough) or rough < 1e-9:
        return 1.0
    power = 10.0 ** floor(log10(rough))
    return next(s * power for s in (1, 2, 5, 10) if s * power >= rough * (1 - 1e-9))


def ticks(low: float, high: float, most: int = 6, *, whole: bool = False) -> tuple[float, ...]:
    """Return round numbers that enclose ``low``–``high``: about ``most`` of them, two at least."""
    low, high = min(low, high), max(low, high)
    one = step(high - low, most)
    one = max(1.0, one) if whole else one
    first, last = floor(low / one + 1e-9), ceil(high / one - 1e-9)
    if last <= first:
        last = first + 1
    return tuple(round(n * one, 10) + 0.0 for n in range(first, last + 1))


def axis(
    values: Iterable[float], *, score: bool = False, counts: bool = False, most: int = 6
) -> tuple[float, ...]:
    """Return the ticks of an upright axis: 0 to 10 for a score, else from 0 to a round number.

    Counts have whole ticks, however few they are.
    """
    if score:
        return SCORE_TICKS
    known = [0.0, *values]
    return ticks(min(known), max(known), most, whole=counts or max(map(abs, known)) >= 2)


def every(count: int, room: float, needed: float, steps: Sequence[int] = (1, 2, 4, 8, 13)) -> int:
    """Return each how-manieth of ``count`` neighbours can carry a label of the ``needed`` width."""
    apart = room / max(1, count)
    fits = next((s for s in steps if s * apart >= needed), None)
    return fits or max(1, ceil(needed / apart)) if apart else 1
