"""The weeks along the foot of a chart, named by their first day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sessions_app.charts import svg
from sessions_app.charts.lettering import Taken, width
from sessions_app.charts.scales import every
from sessions_app.charts.svg import Drawing
from sessions_app.vocabulary.months import MONTHS


def day(of: date) -> str:
    """Write «3 Nov», whatever the language of the machine."""
    return f"{of.day} {MONTHS[of.month - 1]}"


def whole_day(of: date) -> str:
    """Write «3 Nov 2025»."""
    return f"{day(of)} {of.year}"


def moment(of: datetime) -> str:
    """Write «3 Nov 2025, 14:10»."""
    return f"{whole_day(of)}, {of:%H:%M}"


@dataclass(frozen=True, slots=True)
class Slots:
    """Places for the weeks from the first to the last, those without a number too."""

    first: date
    count: int
    left: float
    right: float

    @classmethod
    def of(cls, starts: Sequence[date], left: float, right: float) -> "Slots":
        """Return the places of these weeks."""
        first, last = min(starts), max(starts)
        return cls(first, (last - first).days // 7 + 1, left, right)

    @property
    def apart(self) -> float:
        """The room of one week."""
        return (self.right - self.left) / self.count

    def named(self, starts: Iterable[date]) -> list[tuple[float, date]]:
        """Return the weeks to be named, evenly, and where."""
        step = every(self.count, self.right - self.left, width("30 Sep") + 10)
        known = sorted(set(starts))
        return [(self(one), one) for one in known if (one - self.first).days // 7 % step == 0]

    def __call__(self, start: date) -> float:
        """Return the middle of a week's place."""
        return self.left + ((start - self.first).days / 7 + 0.5) * self.apart


def foot(
    days: Iterable[tuple[float, date]], baseline: float, width_of_sheet: float
) -> list[Drawing]:
    """Return the days as labels below the axis, as many as fit; the year below the first of each.

    ``days`` are places with their day, from left to right.
    """
    drawn, taken, year = [], Taken(), 0
    for place, of in days:
        words = day(of)
        half = width(words) / 2
        x = min(max(place, half), width_of_sheet - half)
        if not taken.take(x - half - 5, 0, x + half + 5, 1):
            continue
        drawn.append(svg.line((place, baseline - 17), (place, baseline - 13), "ch-tick"))
        lines = (words,) if of.year == year else (words, str(of.year))
        drawn.append(svg.text((x, baseline), lines, "ch-quiet", "middle"))
        year = of.year
    return drawn
