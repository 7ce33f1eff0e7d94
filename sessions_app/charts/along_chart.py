"""Mean scores along a course: by the number of the session, or by the week. The axis is whole."""

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from sessions_app.charts import axes, marks, svg
from sessions_app.charts.chart import Chart, Row, Size, row
from sessions_app.charts.figures import counted, decimal, known, sentence
from sessions_app.charts.lettering import LINE_HEIGHT, SIZE, Taken, shortened, spread, width
from sessions_app.charts.scales import SCORE, SCORE_TICKS, Linear
from sessions_app.charts.svg import Drawing, Point

LEAST_NUMBERS = 2


@dataclass(frozen=True, slots=True)
class AtNumber:
    """The mean score at one number of the course, or None where too few patients reached it."""

    number: int
    mean: float | None
    patients: int


@dataclass(frozen=True)
class Line:
    """One scale: its name, its code for mark and hue, and its means."""

    label: str
    scale: str
    at: tuple[AtNumber, ...]

    @cached_property
    def shown(self) -> tuple[tuple[AtNumber, float], ...]:
        """The numbers that have a mean, the first one first."""
        ordered = sorted(self.at, key=lambda one: one.number)
        told = ((one, known(one.mean)) for one in ordered)
        return tuple((one, float(mean)) for one, mean in told if mean is not None)


@dataclass(frozen=True, kw_only=True)
class AlongChart(Chart):
    """A line for each scale. ``counts`` is what the numbers count: «Session», «Week»."""

    lines: tuple[Line, ...]
    counts: str
    axis_words: str

    @cached_property
    def drawn_lines(self) -> tuple[Line, ...]:
        """The lines with a mean at two numbers at least."""
        return tuple(one for one in self.lines if len(one.shown) >= LEAST_NUMBERS)

    def too_little(self) -> str:
        """Ask for one line with two numbers."""
        if self.drawn_lines:
            return ""
        most = max((len(one.shown) for one in self.lines), default=0)
        what = f"{self.counts.lower()} numbers with a mean"
        return f"Needs two {what}; there {'is one' if most else 'are none'}."

    def own_summary(self) -> str:
        """Say of each line its first and its last mean."""
        return sentence("; ".join(map(self._said, self.drawn_lines)))

    def _said(self, line: Line) -> str:
        (first, one), (last, other) = line.shown[0], line.shown[-1]
        what = self.counts.lower()
        told = f"{decimal(one, 2)} at {what} {first.number} and {decimal(other, 2)}"
        return f"{line.label}: {told} at {what} {last.number}"

    def head(self) -> tuple[str, ...]:
        """Name the columns: a mean and its patients for each line that has any mean."""
        told = (one for one in self.lines if one.shown)
        return (self.counts, *(f"{one.label}{what}" for one in told for what in ("", ", patients")))

    def rows(self) -> tuple[Row, ...]:
        """Return the numbers at which any mean is shown."""
        told = [one for one in self.lines if one.shown]
        numbers = sorted({at.number for one in told for at, _ in one.shown})
        return tuple(row(str(number), *self._cells(told, number)) for number in numbers)

    def _cells(self, lines: list[Line], number: int) -> list[str]:
        cells = []
        for line in lines:
            at = next((one for one in line.at if one.number == number), AtNumber(number, None, 0))
            cells += [decimal(known(at.mean), 2), str(at.patients)]
        return cells

    def body(self, size: Size, uid: str) -> tuple[float, Drawing]:
        """Draw each line with its name at its end."""
        high, words = axes.heading(self.axis_words, size)
        tall = 160 if size.narrow else 200
        right = size.width - max(width(line.label) for line in self.drawn_lines) - 18
        frame = axes.Frame(24, high + 8, max(right, size.width / 3), high + 8 + tall)
        place = Linear(*SCORE, frame.bottom, frame.top)
        numbers = sorted({at.number for line in self.drawn_lines for at, _ in line.shown})
        across = Linear(numbers[0], numbers[-1], frame.left + 14, frame.right - 10)
        drawn = [words, axes.grid(frame, place, SCORE_TICKS, axes.tick_words(SCORE_TICKS))]
        for line in self.drawn_lines:
            drawn.append(self._line(line, across, place))
        drawn += self._names(place, frame, size)
        drawn += self._foot(numbers, across, frame)
        return frame.bottom + 40, svg.together(drawn)

    def _line(self, line: Line, across: Linear, place: Linear) -> Drawing:
        """Join neighbours; the line breaks where a number has no mean."""
        at: list[Point] = [(across(one.number), place(mean)) for one, mean in line.shown]
        joined = [
            svg.path(ends, "ch-run")
            for ends, (one, other) in zip(pairwise(at), pairwise(line.shown), strict=True)
            if other[0].number == one[0].number + 1
        ]
        each = (
            svg.point(marks.mark(spot, line.scale, radius=4), self._told(line, one, mean))
            for spot, (one, mean) in zip(at, line.shown, strict=True)
        )
        return svg.group(marks.hue(line.scale), *joined, *each)

    def _told(self, line: Line, at: AtNumber, mean: float) -> str:
        people = counted(at.patients, "patient")
        return f"{self.counts} {at.number}: {line.label.lower()} {decimal(mean, 2)}, {people}"

    def _names(self, place: Linear, frame: axes.Frame, size: Size) -> list[Drawing]:
        """Name each line at the right, near its last mean."""
        wanted = [place(line.shown[-1][1]) + 4.5 for line in self.drawn_lines]
        ys = spread(wanted, LINE_HEIGHT + 1, frame.top + SIZE, frame.bottom)
        room = size.width - frame.right - 8
        return [
            svg.text((frame.right + 6, y), shortened(line.label, room), "ch-strong")
            for line, y in zip(self.drawn_lines, ys, strict=True)
        ]

    def _foot(self, numbers: list[int], across: Linear, frame: axes.Frame) -> list[Drawing]:
        """Write as many of the numbers as there is room for, and what they count."""
        taken, drawn = Taken(), []
        for number in numbers:
            x, words = across(number), str(number)
            if taken.words(x, 0, words):
                drawn.append(svg.text((x, frame.bottom + 17), words, "ch-quiet", "middle"))
        middle = ((frame.left + frame.right) / 2, frame.bottom + 34)
        return [*drawn, svg.text(middle, self.counts.lower(), "ch-quiet", "middle")]
