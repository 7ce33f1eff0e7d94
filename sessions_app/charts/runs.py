"""Chance or change? The rules that read a run chart; pure counting.

Shift and trend: Perla RJ, Provost LP, Murray SK. The run chart: a simple analytical tool for
learning from variation in healthcare processes. BMJ Qual Saf 2011;20:46-51,
doi 10.1136/bmjqs.2009.037895. The expected number of runs: the exact distribution of Swed FS,
Eisenhart C. Ann Math Stat 1943;14:66-87, on which the table of that paper rests, 95 % of it.
The trend rule finds little (Anhøj and Olesen 2014, doi 10.1371/journal.pone.0113825).

All rules together still speak by chance now and then: a signal is a question, never a verdict.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import comb
from statistics import median

LEAST_POINTS, SHIFT, TREND = 10, 6, 5
"""No rule is asked of fewer points; so many on one side, or in one direction, are a signal."""

TAIL = 0.025


@dataclass(frozen=True, slots=True)
class Signal:
    """A shift or a trend: from which point to which, how many count, and which way."""

    kind: str
    first: int
    last: int
    length: int
    up: bool

    @property
    def words(self) -> str:
        """The signal in words: «7 weeks above the median»."""
        if self.kind == "shift":
            return f"{self.length} weeks {'above' if self.up else 'below'} the median"
        return f"{self.length} weeks {'rising' if self.up else 'falling'}"


@dataclass(frozen=True, slots=True)
class Reading:
    """What the rules say of one series. ``fewest`` to ``most`` runs are expected of chance."""

    median: float
    runs: int
    fewest: int
    most: int
    signals: tuple[Signal, ...]
    asked: bool

    @property
    def runs_words(self) -> str:
        """The number of runs against the expected one, in words."""
        if not self.asked:
            return f"The rules for runs need {LEAST_POINTS} weeks off the median"
        expected = f"{self.runs} runs; {self.fewest} to {self.most} are expected of chance alone"
        if self.runs < self.fewest:
            return f"Fewer runs than expected: {expected}"
        return f"More runs than expected: {expected}" if self.runs > self.most else expected

    @property
    def by_chance(self) -> bool:
        """Whether chance alone could well have made this series."""
        return not self.signals and self.fewest <= self.runs <= self.most


def read(values: Sequence[float]) -> Reading:
    """Read a series. What lies on its median belongs to no side and breaks no shift."""
    if not values:
        raise ValueError("A series without a point has no median.")
    middle = median(values)
    sides = [(n, value > middle) for n, value in enumerate(values) if value != middle]
    above = sum(up for _, up in sides)
    runs = 1 + sum(a[1] != b[1] for a, b in pairwise(sides)) if sides else 0
    fewest, most = expected_runs(above, len(sides) - above)
    asked = len(sides) >= LEAST_POINTS
    signals = (*_shifts(sides), *_trends(values)) if asked else ()
    return Reading(middle, runs, fewest, most, signals, asked)


def expected_runs(above: int, below: int) -> tuple[int, int]:
    """Return the fewest and the most runs that chance makes of so many above and below.

    Fewer, and likewise more, come about by chance in at most one of forty series.
    """
    if not above or not below:
        return (1, 1) if above + below else (0, 0)
    every = comb(above + below, above)
    longest = 2 * min(above, below) + (above != below)
    chances = [_ways(runs, above, below) / every for runs in range(2, longest + 1)]
    low, sum_low = 2, chances[0]
    while sum_low <= TAIL:
        low, sum_low = low + 1, sum_low + chances[low - 1]
    high, sum_high = longest, chances[-1]
    while sum_high <= TAIL:
        high, sum_high = high - 1, sum_high + chances[high - 3]
    return low, high


def _ways(runs: int, above: int, below: int) -> int:
    """In how many ways so many points make so many runs."""
    half = runs // 2
    if runs % 2 == 0:
        return 2 * comb(above - 1, half - 1) * comb(below - 1, half - 1)
    return comb(above - 1, half) * comb(below - 1, half - 1) + comb(above - 1, half - 1) * comb(
        below - 1, half
    )


def _shifts(sides: Sequence[tuple[int, bool]]) -> list[Signal]:
    found, begun = [], 0
    for end in range(1, len(sides) + 1):
        if end == len(sides) or sides[end][1] != sides[begun][1]:
            if end - begun >= SHIFT:
                first, up = sides[begun]
                found.append(Signal("shift", first, sides[end - 1][0], end - begun, up))
            begun = end
    return found


def _trends(values: Sequence[float]) -> list[Signal]:
    """Points that go one way; of equal neighbours one counts."""
    kept = [n for n, value in enumerate(values) if n == 0 or value != values[n - 1]]
    found, begun = [], 0
    for end in range(2, len(kept) + 1):
        rises = values[kept[end - 1]] > values[kept[end - 2]]
        goes_on = end < len(kept) and (values[kept[end]] > values[kept[end - 1]]) == rises
        if not goes_on:
            if end - begun >= TREND:
                found.append(Signal("trend", kept[begun], kept[end - 1], end - begun, rises))
            begun = end - 1
    return found
