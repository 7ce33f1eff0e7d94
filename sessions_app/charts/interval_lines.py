"""The lines of one row of an interval plot: ours, the patients' means, the trial's."""

from collections.abc import Sequence
from dataclasses import dataclass

from sessions_app.charts import marks, svg
from sessions_app.charts.axes import tick_words
from sessions_app.charts.chart import Size
from sessions_app.charts.figures import decimal, signed, span
from sessions_app.charts.lettering import LINE_HEIGHT, Taken, width, wrapped
from sessions_app.charts.scales import Linear
from sessions_app.charts.svg import Drawing


@dataclass(frozen=True, slots=True)
class Line:
    """One number with its interval, or the words that stand in its place."""

    kind: str
    name: str
    mean: float | None = None
    low: float | None = None
    high: float | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Where the numbers stand, and with how many decimals they are written.

    Changes are written with their sign; what has a ``unit`` is none, and is written with that.
    """

    size: Size
    across: Linear
    ticks: tuple[float, ...]
    places: int
    worse: str = "← worse"
    nought: str = "no change"
    better: str = "better →"
    unit: str = ""

    @property
    def step(self) -> float:
        """The height of one line: on the narrow sheet its words stand above it."""
        return 36.0 if self.size.narrow else 24.0


def drawn(lines: Sequence[Line], scale: str, top: float, sheet: Sheet) -> tuple[float, Drawing]:
    """Return where the lines of a row end, and the lines."""
    parts: list[Drawing] = []
    y = top
    for line in lines:
        extra, words = _words(line, y, sheet)
        below = extra + 18 if sheet.size.narrow else 0.0
        if line.mean is not None:
            parts += _grid(y + below, y + sheet.step + extra, sheet)
            parts += _marks(line, scale, y + below + (8 if below else 12), sheet)
        parts += words
        y += sheet.step + extra
    return y, svg.together(parts)


def band(lines: Sequence[Line], top: float, bottom: float, sheet: Sheet) -> Drawing:
    """Return the published interval as a band behind the whole row."""
    for line in lines:
        if line.kind == "published" and line.low is not None and line.high is not None:
            left, right = sheet.across(line.low), sheet.across(line.high)
            return svg.rect((left, top - 1), max(right - left, 1.5), bottom - top + 2, "ch-band")
    return svg.NOTHING


def _words(line: Line, top: float, sheet: Sheet) -> tuple[float, list[Drawing]]:
    """Return by how much a line grows for its words, and the words: its name and its numbers."""
    numbers = _numbers(line, sheet)
    if sheet.size.narrow:
        return _above(line, numbers, top, sheet)
    names = wrapped(line.name, 166, 3)
    name = svg.text((12, top + 16.5), names, "ch-quiet")
    extra = LINE_HEIGHT * max(0, len(names) - 1)
    if line.mean is None:
        said = wrapped(line.words, sheet.size.width - sheet.across.start, 2)
        words = svg.text((sheet.across.start, top + 16.5), said, "ch-plain")
        return max(extra, LINE_HEIGHT * (len(said) - 1)), [name, words]
    end = svg.text((sheet.size.width - 2, top + 16.5), numbers, _weight(line), "end")
    return extra, [name, end]


def _above(line: Line, numbers: str, top: float, sheet: Sheet) -> tuple[float, list[Drawing]]:
    room = sheet.size.width - 4
    if line.mean is None:
        said = wrapped(f"{line.name}: {line.words}", room, 3)
        text = svg.text((2, top + 14), said, "ch-plain")
        return LINE_HEIGHT * len(said) - sheet.step + 6, [text]
    beside = width(line.name) + width(numbers) + 10 <= room
    names = (line.name,) if beside else wrapped(line.name, room, 3)
    extra = 0.0 if beside else LINE_HEIGHT * len(names)
    return extra, [
        svg.text((2, top + 14), names, "ch-quiet"),
        svg.text((room, top + 14 + extra), numbers, _weight(line), "end"),
    ]


def _weight(line: Line) -> str:
    return "ch-strong" if line.kind == "here" else "ch-quiet"


def _numbers(line: Line, sheet: Sheet) -> str:
    if sheet.unit:
        told = [decimal(end, sheet.places) + sheet.unit for end in (line.mean, line.low, line.high)]
        return told[0] if line.low is None or line.high is None else _between(*told)
    ends = span(line.low, line.high, sheet.places)
    return signed(line.mean, sheet.places) + (f" ({ends})" if ends else "")


def _between(middle: str, low: str, high: str) -> str:
    return f"{middle} ({low} to {high})"


def _marks(line: Line, scale: str, y: float, sheet: Sheet) -> list[Drawing]:
    parts = []
    at = (sheet.across(line.mean or 0.0), y)
    if line.low is not None and line.high is not None:
        left, right = sheet.across(line.low), sheet.across(line.high)
        class_ = "ch-trial" if line.kind == "published" else "ch-interval"
        parts = [
            svg.line((left, y), (right, y), class_),
            *(svg.line((x, y - 6), (x, y + 6), f"{class_} ch-whole") for x in (left, right)),
        ]
    if line.kind == "published":
        x = at[0]
        return [
            svg.group("ch-theirs", *parts, svg.line((x, y - 9), (x, y + 9), "ch-trial ch-whole"))
        ]
    mark = marks.mark(at, scale, radius=5.5, full=line.kind == "here")
    return [svg.group(marks.hue(scale), *parts, mark)]


def _grid(top: float, bottom: float, sheet: Sheet) -> list[Drawing]:
    """Return the lines behind the marks of one line; they leave the words alone."""
    return [
        svg.line((x, top), (x, bottom), "ch-zero" if tick == 0 else "ch-grid")
        for tick, x in ((tick, sheet.across(tick)) for tick in sheet.ticks)
    ]


def foot(top: float, sheet: Sheet) -> list[Drawing]:
    """Return the numbers of the axis, and below them in words which side is better."""
    across, written, taken = sheet.across, tick_words(sheet.ticks, sheet.unit), Taken()
    drawn = []
    for tick in sheet.ticks:
        words = ("+" if tick > 0 and not sheet.unit else "") + written(tick)
        half = width(words) / 2
        x = min(max(across(tick), half), sheet.size.width - half)
        if taken.words(x, top + 17, words):
            drawn.append(svg.text((x, top + 17), words, "ch-quiet", "middle"))
    ends = [(across.end + 14, sheet.better, "end")]
    ends += [(across.start - 14, sheet.worse, "start")] if sheet.ticks[0] < 0 else []
    half = width(sheet.nought) / 2
    middle = min(max(across(0), half, 32.0), sheet.size.width - half)
    for x, words, anchor in (*ends, (middle, sheet.nought, "middle")):
        if taken.words(x, top + 34, words, anchor):
            drawn.append(svg.text((x, top + 34), words, "ch-quiet", anchor))
    return drawn
