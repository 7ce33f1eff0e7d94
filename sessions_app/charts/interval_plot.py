"""Mean changes with their intervals, beside what a trial printed. Improvement is to the right."""

from dataclasses import dataclass, replace

from sessions_app.charts import axes, interval_lines, svg
from sessions_app.charts.chart import Chart, Row, Size, row
from sessions_app.charts.figures import NOTHING, PERCENT, known, sentence, signed, span
from sessions_app.charts.interval_lines import Line, Sheet
from sessions_app.charts.lettering import LINE_HEIGHT, SIZE, shortened, width, wrapped
from sessions_app.charts.scales import Linear, ticks
from sessions_app.charts.svg import Drawing

_GAP = 18


@dataclass(frozen=True, slots=True)
class Published:
    """A trial's arm, as an oriented change, with the words to name it by."""

    label: str
    mean: float
    low: float | None = None
    high: float | None = None
    as_printed: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One row: a mean change with its interval, improvement positive; None where it is hidden.

    ``of_patients`` is the mean of the patients' own means; ``n`` says from how many it comes;
    ``name`` is what its line is called instead of «Here».
    """

    label: str
    mean: float | None = None
    low: float | None = None
    high: float | None = None
    of_patients: float | None = None
    published: Published | None = None
    n: str = ""
    scale: str = ""
    hidden_because: str = ""
    href: str = ""
    name: str = ""

    @property
    def lines(self) -> tuple[Line, ...]:
        """What is drawn for the row, one line each."""
        mean = known(self.mean)
        here = Line("here", "Here", mean, known(self.low), known(self.high))
        if mean is None:
            here = Line("here", "Here", words=self.hidden_because or "not shown")
        if self.name:
            here = replace(here, name=self.name)
        parts = [here]
        if mean is not None and known(self.of_patients) is not None:
            parts.append(Line("patients", "Mean of patients' means", self.of_patients))
        if (trial := self.published) is not None:
            ends = known(trial.low), known(trial.high)
            parts.append(Line("published", trial.label, known(trial.mean), *ends, "not printed"))
        return tuple(parts)


@dataclass(frozen=True, kw_only=True)
class IntervalPlot(Chart):
    """Mean changes of several scales or arms on one axis."""

    changes: tuple[Change, ...]
    axis_words: str = "Mean change from before to after, points; improvement is to the right"
    places: int = 2

    def too_little(self) -> str:
        """Ask for one row with a mean; what hides them is said in their own words, row by row."""
        if any(known(one.mean) is not None for one in self.changes):
            return ""
        hidden = [one for one in self.changes if one.hidden_because]
        reasons = dict.fromkeys(one.hidden_because for one in hidden)
        if len(reasons) == 1:
            return sentence(*(reason[:1].upper() + reason[1:] for reason in reasons))
        rows = (f"{one.label}: {one.hidden_because}" for one in hidden)
        return sentence(*rows) or "There is no mean to show yet."

    def own_summary(self) -> str:
        """Say each mean with its interval."""
        shown = [one for one in self.changes if known(one.mean) is not None]
        return sentence("; ".join(self._said(one) for one in shown))

    def _said(self, one: Change) -> str:
        between = span(known(one.low), known(one.high), self.places)
        mean = signed(one.mean, self.places)
        return f"{one.label}: mean change {mean}" + (
            f" (95{PERCENT} interval {between})" if between else ""
        )

    def notes(self) -> tuple[str, ...]:
        """Give what the trials printed in their own signs."""
        told = ((one.label, one.published) for one in self.changes)
        return tuple(
            f"{label}, {trial.label}, as printed: {trial.as_printed}."
            for label, trial in told
            if trial is not None and trial.as_printed
        )

    def head(self) -> tuple[str, ...]:
        """Name the columns."""
        return (
            "Measure",
            "From",
            "Mean change",
            f"95{PERCENT} interval",
            "Mean of patients' means",
            "Published",
        )

    def rows(self) -> tuple[Row, ...]:
        """Return the rows as they are drawn."""
        return tuple(self._row(one) for one in self.changes)

    def _row(self, one: Change) -> Row:
        mean, trial = known(one.mean), one.published
        between = span(known(one.low), known(one.high), self.places) if mean is not None else ""
        printed = ""
        if trial is not None:
            ends = span(trial.low, trial.high, self.places)
            printed = f"{trial.label}: {signed(trial.mean, self.places)}"
            printed += f" ({ends})" if ends else ""
        return row(
            one.label,
            one.n or NOTHING,
            signed(mean, self.places) if mean is not None else one.hidden_because or NOTHING,
            between or NOTHING,
            signed(one.of_patients, self.places) if mean is not None else NOTHING,
            printed or NOTHING,
            href=one.href,
        )

    def body(self, size: Size, uid: str) -> tuple[float, Drawing]:
        """Draw the rows below each other over one axis."""
        high, words = axes.heading(self.axis_words, size)
        flat = ticks(*self._reach(), 4 if size.narrow else 6)
        left = 16.0 if size.narrow else 190.0
        right = size.width - 16 if size.narrow else 462.0
        across = Linear(flat[0], flat[-1], left, right)
        sheet = self._sheet(size, across, flat)
        parts: list[Drawing] = []
        y = high + 4
        for change in self.changes:
            end, drawn = self._one(change, y, sheet)
            parts.append(drawn)
            y = end + _GAP
        foot = interval_lines.foot(y - _GAP, sheet)
        return y - _GAP + 40, svg.together((words, *parts, *foot))

    def _sheet(self, size: Size, across: Linear, flat: tuple[float, ...]) -> Sheet:
        return Sheet(size, across, flat, self.places)

    def _one(self, change: Change, top: float, sheet: Sheet) -> tuple[float, Drawing]:
        """Return where a row ends, and the row."""
        label = wrapped(change.label, sheet.size.width - 8)
        head = [svg.text((2, top + SIZE), label, "ch-strong")]
        beside = width(change.label) + width(change.n) + 24 < sheet.size.width
        y = top + LINE_HEIGHT * max(1, len(label)) + 4
        if change.n and beside:
            head.append(svg.text((sheet.size.width - 2, top + SIZE), change.n, "ch-quiet", "end"))
        elif change.n:
            words = shortened(change.n, sheet.size.width - 8)
            head.append(svg.text((2, y - 4 + SIZE), words, "ch-quiet"))
            y += LINE_HEIGHT
        end, lines = interval_lines.drawn(change.lines, change.scale, y, sheet)
        told = f"{change.label}: {self._row(change)[2].words}"
        room = svg.rect((-5, top - 2), sheet.size.width + 10, end - top + 4, "ch-hit")
        band = interval_lines.band(change.lines, y, end, sheet)
        marks = svg.point(svg.together((room, lines)), told, change.href)
        return end, svg.together((band, *head, marks))

    def _reach(self) -> tuple[float, float]:
        """Return the lowest and the highest number that is drawn; 0 always among them."""
        lines = [line for one in self.changes for line in one.lines]
        ends = [known(v) for line in lines for v in (line.mean, line.low, line.high)]
        numbers = [0.0, *(end for end in ends if end is not None)]
        return min(numbers), max(numbers)
