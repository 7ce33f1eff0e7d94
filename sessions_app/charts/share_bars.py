"""How many of all had each of several things: a bar for each, on an axis from 0 to 100 %."""

from dataclasses import dataclass

from sessions_app.charts import svg
from sessions_app.charts.chart import Cell, Chart, Row, Size
from sessions_app.charts.figures import PERCENT, decimal, sentence
from sessions_app.charts.lettering import LINE_HEIGHT, SIZE, Taken, width, wrapped
from sessions_app.charts.scales import Linear
from sessions_app.charts.svg import Drawing

TICKS = (0, 25, 50, 75, 100)
_TALL, _GAP = 14.0, 12.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One thing: how many had it. ``more`` are further cells of its row in the table.

    ``href`` leads to those that had it, ``about`` to a page about the thing itself.
    """

    label: str
    count: int
    more: tuple[str, ...] = ()
    href: str = ""
    about: str = ""


@dataclass(frozen=True, kw_only=True)
class ShareBars(Chart):
    """Bars below each other. ``whole`` is how many there are, ``of`` what they are: «sessions»."""

    bars: tuple[Bar, ...]
    whole: int
    of: str
    first: str = "Seen"
    more: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a part that is larger than the whole, and cells without a head."""
        if any(not 0 <= bar.count <= self.whole for bar in self.bars):
            raise ValueError("A part is none of less than nothing, and no more than the whole.")
        if any(len(bar.more) != len(self.more) for bar in self.bars):
            raise ValueError("Each bar has a cell for each further column.")

    def too_little(self) -> str:
        """Ask for a whole of which there can be parts."""
        return "" if self.whole and self.bars else f"There are no {self.of} yet."

    def own_summary(self) -> str:
        """Say each share."""
        said = "; ".join(f"{bar.label.lower()} in {self._words(bar)}" for bar in self.bars)
        return sentence(f"Of {self.whole} {self.of}: {said}")

    def head(self) -> tuple[str, ...]:
        """Name the columns."""
        return (self.first, self.of.capitalize(), f"Share of {self.of}", *self.more)

    def rows(self) -> tuple[Row, ...]:
        """Return the bars as they are drawn."""
        return tuple(
            (
                Cell(bar.label, bar.about),
                Cell(str(bar.count), bar.href),
                Cell(self._share(bar)),
                *map(Cell, bar.more),
            )
            for bar in self.bars
        )

    def body(self, size: Size, uid: str) -> tuple[float, Drawing]:
        """Draw the bars, each with its words before it and its number behind it."""
        left = 4.0 if size.narrow else 204.0
        room = max(width(self._words(bar)) for bar in self.bars) + 12
        across = Linear(
            0.0, 100.0, left, max(size.width - (18 if size.narrow else room), left + 60)
        )
        bars: list[Drawing] = []
        y = 4.0
        for bar in self.bars:
            end, drawn = self._bar(bar, y, across, size)
            bars.append(drawn)
            y = end + _GAP
        lines = (
            svg.line((across(t), 0), (across(t), y), "ch-grid" if t else "ch-zero") for t in TICKS
        )
        return y + 24, svg.together((*lines, *bars, *_foot(across, y, size)))

    def _bar(self, bar: Bar, top: float, across: Linear, size: Size) -> tuple[float, Drawing]:
        """Return where a bar ends, and the bar with its words: on a narrow sheet above it."""
        room = size.width - 8 if size.narrow else across.start - 12
        names = wrapped(f"{bar.label}: {self._words(bar)}" if size.narrow else bar.label, room, 3)
        lines = len(names) or 1
        share = across(self._percent(bar))
        if size.narrow:
            at, y, below = (4.0, top + SIZE), top + LINE_HEIGHT * lines + 2, 0.0
        else:
            at, y, below = (2.0, top + SIZE - 1), top, LINE_HEIGHT * (lines - 1)
        drawn = [
            svg.text(at, names, "ch-plain"),
            svg.rect((across.start, y), share - across.start, _TALL, "ch-part ch-part--full"),
        ]
        if not size.narrow:
            drawn.append(svg.text((share + 7, y + SIZE - 1), self._words(bar), "ch-strong"))
        end = y + _TALL + below
        hit = svg.rect((0, top - 3), size.width, end - top + 6, "ch-hit")
        told = f"{bar.label}: {self._words(bar)}"
        return end, svg.point(svg.together((hit, *drawn) if bar.href else drawn), told, bar.href)

    def _percent(self, bar: Bar) -> float:
        return 100 * bar.count / self.whole

    def _share(self, bar: Bar) -> str:
        return f"{decimal(self._percent(bar), 1)}{PERCENT}" if self.whole else ""

    def _words(self, bar: Bar) -> str:
        return f"{bar.count} ({self._share(bar)})"


def _foot(across: Linear, top: float, size: Size) -> list[Drawing]:
    taken, drawn = Taken(), []
    for tick in TICKS:
        words = f"{tick}{PERCENT}"
        half = width(words) / 2
        x = min(max(across(tick), half), size.width - half)
        if taken.words(x, top + 17, words):
            drawn.append(svg.text((x, top + 17), words, "ch-quiet", "middle"))
    return drawn
