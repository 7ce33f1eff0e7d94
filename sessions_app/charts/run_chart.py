"""A measure by week, with its median, and what the rules for runs say of it. No red, no green."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise

from sessions_app.charts import axes, marks, svg
from sessions_app.charts.chart import Chart, Row, Size, row
from sessions_app.charts.figures import NOTHING, counted, decimal, known
from sessions_app.charts.lettering import SIZE, Taken, width
from sessions_app.charts.runs import Reading, read
from sessions_app.charts.scales import SCORE, Linear, axis
from sessions_app.charts.svg import Drawing, Point
from sessions_app.charts.weeks import Slots, foot, whole_day

LEAST_WEEKS = 2
_LANE = 24
"""The height of one bracket over the points, with its words."""


@dataclass(frozen=True, slots=True)
class Week:
    """One week: its first day, its number or why there is none, and how many it comes from."""

    start: date
    value: float | None
    n: int | None = None
    why_not: str = ""
    href: str = ""


@dataclass(frozen=True, kw_only=True)
class RunChart(Chart):
    """A run chart. ``measure`` stands over the axis; ``score`` keeps the axis at 0 to 10."""

    weeks: tuple[Week, ...]
    measure: str
    score: bool = False
    unit: str = ""
    places: int = 1
    counts: str = "n"

    @cached_property
    def points(self) -> tuple[tuple[Week, float], ...]:
        """The weeks with a number, oldest first."""
        ordered = sorted(self.weeks, key=lambda week: week.start)
        told = ((week, known(week.value)) for week in ordered)
        return tuple((week, float(value)) for week, value in told if value is not None)

    @cached_property
    def reading(self) -> Reading:
        """What the rules say."""
        return read([value for _, value in self.points])

    def too_little(self) -> str:
        """Ask for two weeks at least."""
        if len(self.points) >= LEAST_WEEKS:
            return ""
        return f"Needs {LEAST_WEEKS} weeks with numbers; there {_are(len(self.points))}."

    def own_summary(self) -> str:
        """Say the median, and whether the weeks differ from each other more than by chance."""
        middle = f"The median of {len(self.points)} weeks is {self._middle()}"
        if not self.reading.asked:
            return f"{middle}; the rules for runs need more weeks."
        if self.reading.by_chance:
            return f"{middle}; the rules for runs show no change beyond chance."
        return f"{middle}; something may have changed: {self._why()}."

    def _why(self) -> str:
        """Name the signals: all of a few, the longest of many."""
        signals = self.reading.signals
        if len(signals) > 2:
            longest = max(signals, key=lambda one: one.length)
            return f"{len(signals)} signals, the longest {longest.words}"
        said = "; ".join(signal.words for signal in signals)
        return said or self.reading.runs_words.split(":")[0].lower()

    def notes(self) -> tuple[str, ...]:
        """Tell the number of runs, and the weeks without a number."""
        empty = (week for week in self.weeks if known(week.value) is None)
        reasons = Counter(week.why_not or "no number" for week in empty)
        gaps = "; ".join(f"{why}: {counted(n, 'week')}" for why, n in reasons.items())
        told = (f"{self.reading.runs_words}.",) if self.points else ()
        return (*told, *((f"A dash stands for a week without a number ({gaps}).",) if gaps else ()))

    def head(self) -> tuple[str, ...]:
        """Name the columns."""
        return ("Week from", self.measure, self.counts, "Signal")

    def rows(self) -> tuple[Row, ...]:
        """Return the weeks, oldest first."""
        at = {week: n for n, (week, _) in enumerate(self.points)}
        signals = self.reading.signals if self.points else ()
        return tuple(
            row(
                whole_day(week.start),
                self._words(self.points[at[week]][1]) if week in at else week.why_not or NOTHING,
                decimal(week.n),
                "; ".join(s.words for s in signals if s.first <= at.get(week, -1) <= s.last),
                href=week.href,
            )
            for week in sorted(self.weeks, key=lambda week: week.start)
        )

    def body(self, size: Size, uid: str) -> tuple[float, Drawing]:
        """Draw brackets over points over lines."""
        high, words = axes.heading(self.measure, size)
        tall = 150 if size.narrow else 190
        ticks = axis([value for _, value in self.points], score=self.score)
        written = axes.tick_words(ticks, self.unit)
        left = max(width(written(tick)) for tick in ticks) + 8
        right = size.width - max(width("median"), width(self._middle())) - 8
        across = Slots.of([week.start for week in self.weeks], left + 4, right - 4)
        noted = self._brackets(across, high, size)
        frame = axes.Frame(
            left, high + _LANE * noted[0] + 6, right, high + _LANE * noted[0] + 6 + tall
        )
        low, upper = SCORE if self.score else (ticks[0], ticks[-1])
        place = Linear(low, upper, frame.bottom, frame.top)
        at = [(across(week.start), place(value)) for week, value in self.points]
        drawn = [words, axes.grid(frame, place, ticks, written), self._median(frame, place)]
        drawn += [*self._gaps(across, frame), *self._lines(at), *self._marks(at, across.apart)]
        drawn.append(noted[1])
        drawn += foot(
            across.named(week.start for week in self.weeks), frame.bottom + 20, size.width
        )
        return frame.bottom + axes.FOOT, svg.together(drawn)

    def _words(self, value: float | None) -> str:
        return decimal(value, self.places) + (self.unit if value is not None else "")

    def _middle(self) -> str:
        """Write the median; half-way between two numbers it needs one place more."""
        middle = self.reading.median
        exact = abs(middle - round(middle, self.places)) < 1e-9
        return decimal(middle, self.places + (not exact)) + self.unit

    def _median(self, frame: axes.Frame, place: Linear) -> Drawing:
        y = place(self.reading.median)
        label = ("median", self._middle())
        return svg.together((
            svg.line((frame.left, y), (frame.right, y), "ch-median"),
            svg.text((frame.right + 5, min(y, frame.bottom - 16)), label, "ch-strong"),
        ))  # fmt: skip

    def _lines(self, at: list[Point]) -> list[Drawing]:
        """Join neighbours; the line breaks where a week has no number."""
        starts = [week.start for week, _ in self.points]
        apart = [n for n, (a, b) in enumerate(pairwise(starts), 1) if (b - a).days > 7]
        stretches = pairwise((0, *apart, len(at)))
        return [svg.path(at[a:b], "ch-run") for a, b in stretches if b - a > 1]

    def _marks(self, at: list[Point], apart: float) -> list[Drawing]:
        radius = max(1.6, min(4.0, apart * 0.35))
        noted = {n for s in self.reading.signals for n in range(s.first, s.last + 1)}
        drawn = []
        for n, ((week, value), place) in enumerate(zip(self.points, at, strict=True)):
            ring = [svg.tag("circle", cx=place[0], cy=place[1], r=radius + 3, class_="ch-ring")]
            mark = svg.group(
                "ch-hue",
                *([marks.unseen(place, min(24, max(apart, 4)), 24)] if week.href else []),
                *(ring if n in noted and apart > 5 else []),
                marks.mark(place, radius=radius),
            )
            drawn.append(svg.point(mark, self._told(week, value), week.href))
        return drawn

    def _told(self, week: Week, value: float) -> str:
        of = "" if week.n is None else f", {self.counts} {week.n}"
        return f"Week from {whole_day(week.start)}: {self._words(value)}{of}"

    def _brackets(self, across: Slots, top: float, size: Size) -> tuple[int, Drawing]:
        """Return how many lanes the brackets of the signals need, and the brackets."""
        lanes: list[Taken] = []
        drawn = []
        for signal in self.reading.signals:
            first = across(self.points[signal.first][0].start) - 4
            last = across(self.points[signal.last][0].start) + 4
            half = width(signal.words) / 2
            x = min(max((first + last) / 2, half), size.width - half)
            room = (min(first, x - half) - 6, 0, max(last, x + half) + 6, 1)
            lane = next((n for n, taken in enumerate(lanes) if taken.take(*room)), len(lanes))
            if lane == len(lanes):
                lanes.append(Taken())
                lanes[lane].take(*room)
            drawn.append(_bracket(signal.words, (first, x, last), top + _LANE * lane))
        return len(lanes), svg.together(drawn)

    def _gaps(self, across: Slots, frame: axes.Frame) -> list[Drawing]:
        half = min(4.0, across.apart * 0.3)
        xs = [(across(w.start), w) for w in self.weeks if known(w.value) is None]
        return [
            svg.point(
                svg.line((x - half, frame.bottom - 5), (x + half, frame.bottom - 5), "ch-gap"),
                f"Week from {whole_day(week.start)}: {week.why_not or 'no number'}",
            )
            for x, week in xs
        ]


def _are(number: int) -> str:
    return "is none" if not number else f"{'is' if number == 1 else 'are'} {number}"


def _bracket(words: str, at: tuple[float, float, float], top: float) -> Drawing:
    """Return a bracket over the points of a signal, its words above it."""
    first, middle, last = at
    y = top + SIZE + 6
    corners = [(first, y + 5), (first, y), (last, y), (last, y + 5)]
    return svg.group(
        "ch-signal",
        svg.path(corners, "ch-bracket"),
        svg.text((middle, y - 4), words, "ch-strong", "middle"),
    )
