"""The lines of one row of an interval plot: ours, the patients' means, the trial's."""

from collections.abc import Sequence
from dataclasses import dataclass

from sessions_app.charts import marks, svg
from sessions_app.charts.chart import Size
from sessions_app.charts.figures import signed, span
from sessions_app.charts.lettering import LINE_HEIGHT, shortened, width, wrapped
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
    """Where the numbers stand, and with how many decimals they are written."""

    size: Size
    across: Linear
    places: int

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
        middle = y + (26 if sheet.size.narrow else 12)
        parts += [*words, *(_marks(line, scale, middle, sheet) if line.mean is not None else [])]
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
    numbers = _numbers(line, sheet.places)
    if sheet.size.narrow:
        return _above(line, numbers, top, sheet)
    name = svg.text((12, top + 16.5), shortened(line.name, 160), "ch-quiet")
    if line.mean is None:
        said = wrapped(line.words, sheet.size.width - sheet.across.start, 2)
        words = svg.text((sheet.across.start, top + 16.5), said, "ch-plain")
        return LINE_HEIGHT * (len(said) - 1), [name, words]
    end = svg.text((sheet.size.width - 2, top + 16.5), numbers, _weight(line), "end")
    return 0.0, [name, end]


def _above(line: Line, numbers: str, top: float, sheet: Sheet) -> tuple[float, list[Drawing]]:
    room = sheet.size.width - 4
    if line.mean is None:
        said = wrapped(f"{line.name}: {line.words}", room, 3)
        text = svg.text((2, top + 14), said, "ch-plain")
        return LINE_HEIGHT * len(said) - sheet.step + 6, [text]
    name = shortened(line.name, room - width(numbers) - 10)
    return 0.0, [
        svg.text((2, top + 14), name, "ch-quiet"),
        svg.text((room, top + 14), numbers, _weight(line), "end"),
    ]


def _weight(line: Line) -> str:
    return "ch-strong" if line.kind == "here" else "ch-quiet"


def _numbers(line: Line, places: int) -> str:
    ends = span(line.low, line.high, places)
    return signed(line.mean, places) + (f" ({ends})" if ends else "")


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
