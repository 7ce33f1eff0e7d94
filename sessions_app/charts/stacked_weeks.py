"""What became of the planned sessions, week by week: given, and not given by reason."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sessions_app.charts import axes, marks, patterns, stack_key, svg
from sessions_app.charts.chart import Cell, Chart, Row, Size
from sessions_app.charts.figures import NOTHING, counted, listed
from sessions_app.charts.lettering import width
from sessions_app.charts.scales import Linear, axis
from sessions_app.charts.stack_key import Part, parts_of
from sessions_app.charts.svg import Drawing
from sessions_app.charts.weeks import Slots, foot, whole_day

_KEY = 176
"""The width of the key at the right of the wide sheet."""


@dataclass(frozen=True, slots=True)
class BarWeek:
    """One week: a count for each series, or none and why; how many were planned, if known."""

    start: date
    counts: tuple[int, ...] = ()
    planned: int | None = None
    why_not: str = ""
    hrefs: tuple[str, ...] = ()
    href: str = ""


@dataclass(frozen=True, kw_only=True)
class StackedWeeks(Chart):
    """Stacked bars by week. The first series is the one that was hoped for: «given»."""

    weeks: tuple[BarWeek, ...]
    series: tuple[str, ...]
    axis_words: str = "Sessions in the week"

    def __post_init__(self) -> None:
        """Refuse a week whose counts are not those of the series."""
        for week in self.weeks:
            if week.counts and len(week.counts) != len(self.series):
                raise ValueError("A week has one count for each series, or none at all.")
            if any(count < 0 for count in week.counts) or (week.planned or 0) < 0:
                raise ValueError("A count is never below 0.")
            if week.hrefs and len(week.hrefs) != len(self.series):
                raise ValueError("Each count has its own page, or none has.")

    @cached_property
    def ordered(self) -> tuple[BarWeek, ...]:
        """The weeks, oldest first."""
        return tuple(sorted(self.weeks, key=lambda week: week.start))

    @cached_property
    def totals(self) -> tuple[int, ...]:
        """The sum of each series over all weeks."""
        told = [week.counts for week in self.weeks if week.counts]
        return tuple(sum(counts[n] for counts in told) for n in range(len(self.series)))

    @property
    def _planned(self) -> bool:
        return any(week.planned is not None for week in self.weeks)

    def too_little(self) -> str:
        """Ask for one session."""
        if any(self.totals) or any(week.planned for week in self.weeks):
            return ""
        return "No session was planned or given in these weeks."

    def own_summary(self) -> str:
        """Say how many were given, and the commonest reasons against."""
        whole, given = sum(self.totals), self.totals[0]
        said = f"{self.series[0]}: {given} of {counted(whole, 'session')}."
        rest = sorted(zip(self.totals[1:], self.series[1:], strict=True), key=lambda one: -one[0])
        why = listed(f"{name.lower()} ({n})" for n, name in rest[:2] if n)
        return f"{said} Most often otherwise: {why}." if why else said

    def notes(self) -> tuple[str, ...]:
        """Tell the weeks without counts."""
        empty = Counter(week.why_not or "no count" for week in self.weeks if not week.counts)
        gaps = "; ".join(f"{why}: {counted(n, 'week')}" for why, n in empty.items())
        return (f"A dash stands for a week without counts ({gaps}).",) if gaps else ()

    def head(self) -> tuple[str, ...]:
        """Name the columns."""
        return ("Week from", *(["Planned"] if self._planned else []), *self.series)

    def rows(self) -> tuple[Row, ...]:
        """Return the weeks, oldest first, with every series apart."""
        return tuple(self._row(week) for week in self.ordered)

    def _row(self, week: BarWeek) -> Row:
        planned = [Cell(NOTHING if week.planned is None else str(week.planned))]
        hrefs = week.hrefs or ("",) * len(self.series)
        cells = [
            Cell(str(n), href) for n, href in zip(week.counts, hrefs, strict=bool(week.counts))
        ]
        if not week.counts:
            cells = [Cell(week.why_not or NOTHING)] + [Cell(NOTHING)] * (len(self.series) - 1)
        head = Cell(whole_day(week.start), week.href)
        return (head, *(planned if self._planned else []), *cells)

    def body(self, size: Size, uid: str) -> tuple[float, Drawing]:
        """Draw a bar for each week, the key beside it or below."""
        high, words = axes.heading(self.axis_words, size)
        parts = parts_of(self.series, self.totals)
        ticks = axis([*map(self._height, self.weeks), 1], counts=True, most=5)
        written = axes.tick_words(ticks)
        left = max(width(written(tick)) for tick in ticks) + 8
        right = size.width - (4 if size.narrow else _KEY)
        frame = axes.Frame(left, high + 4, right, high + 4 + (150 if size.narrow else 200))
        place = Linear(ticks[0], ticks[-1], frame.bottom, frame.top)
        across = Slots.of([week.start for week in self.weeks], frame.left + 2, frame.right - 2)
        kinds = [part.kind for part in parts]
        drawn = [patterns.definitions(uid, kinds), words, axes.grid(frame, place, ticks, written)]
        drawn += [self._bar(week, parts, across, place, uid) for week in self.ordered]
        days = across.named(week.start for week in self.weeks)
        drawn += foot(days, frame.bottom + 20, size.width)
        below = frame.bottom + axes.FOOT
        at = (2.0, below) if size.narrow else (right + 14, frame.top)
        end, key = stack_key.drawn(parts, at, size.width, uid, planned=self._planned)
        return max(below, end), svg.together((*drawn, key))

    def _height(self, week: BarWeek) -> int:
        return max(sum(week.counts), week.planned or 0)

    def _bar(
        self, week: BarWeek, parts: tuple[Part, ...], across: Slots, place: Linear, uid: str
    ) -> Drawing:
        middle, wide = across(week.start), min(34.0, across.apart * 0.72)
        around = (middle, (place.start + place.end) / 2)
        tall = abs(place.end - place.start) + 4
        drawn = [marks.unseen(around, wide + 6, tall)] if week.href else []
        drawn += list(self._segments(week, parts, (middle - wide / 2, wide), place, uid))
        if week.planned is not None:
            y, half = place(week.planned), min(across.apart / 2, wide / 2 + 3)
            drawn.append(svg.line((middle - half, y), (middle + half, y), "ch-planned"))
        if not week.counts:
            y, half = place(0) - 5, min(4.0, wide / 2)
            drawn.append(svg.line((middle - half, y), (middle + half, y), "ch-gap"))
        names = self.head()[1:]
        said = zip(names, (cell.words for cell in self._row(week)[1:]), strict=True)
        told = ", ".join(f"{name.lower()} {number}" for name, number in said if number != "0")
        return svg.point(
            svg.together(drawn), f"Week from {whole_day(week.start)}: {told}", week.href
        )

    def _segments(
        self,
        week: BarWeek,
        parts: tuple[Part, ...],
        across: tuple[float, float],
        place: Linear,
        uid: str,
    ) -> Iterator[Drawing]:
        below = 0
        for part in parts if week.counts else ():
            count = sum(week.counts[n] for n in part.members)
            if count:
                top, bottom = place(below + count), place(below)
                fill = patterns.filling(uid, part.kind)
                class_ = f"ch-part ch-part--{part.kind}"
                yield svg.rect((across[0], top), across[1], bottom - top, class_, fill)
            below += count
