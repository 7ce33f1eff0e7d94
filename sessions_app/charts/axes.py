"""The quiet parts of a chart: the words above it, the lines behind it, the numbers beside it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sessions_app.charts import svg
from sessions_app.charts.chart import Size
from sessions_app.charts.lettering import LINE_HEIGHT, SIZE, wrapped
from sessions_app.charts.scales import Linear
from sessions_app.charts.svg import Drawing

FOOT = 42
"""The room of the days below an axis: the day, and below the first its year."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The rectangle in which numbers stand, on a sheet of a width and a height."""

    left: float
    top: float
    right: float
    bottom: float


def heading(words: str, size: Size) -> tuple[float, Drawing]:
    """Return the words over the axis, from the left edge, and the height they take."""
    lines = wrapped(words, size.width - 4, 3)
    if not lines:
        return 4.0, svg.NOTHING
    return len(lines) * LINE_HEIGHT + 8, svg.text((2, SIZE), lines, "ch-axis-words")


def grid(
    frame: Frame, place: Linear, ticks: Iterable[float], words: Callable[[float], str]
) -> Drawing:
    """Return the lines behind the numbers, and the number of each at the left."""
    drawn = []
    for tick in ticks:
        y = place(tick)
        class_ = "ch-zero" if tick == 0 else "ch-grid"
        drawn.append(svg.line((frame.left, y), (frame.right, y), class_))
        drawn.append(svg.text((frame.left - 6, y + 4.5), words(tick), "ch-quiet", "end"))
    return svg.group("ch-axis", *drawn)


def tick_words(ticks: Iterable[float], unit: str = "") -> Callable[[float], str]:
    """Return how the numbers of an axis are written: with as many places as all of them need."""
    places = 0
    while places < 3 and any(abs(one - round(one, places)) > 1e-9 for one in ticks):
        places += 1

    def words(value: float) -> str:
        text = f"{abs(value):.{places}f}"
        return ("\N{MINUS SIGN}" if value < 0 else "") + text + unit

    return words
