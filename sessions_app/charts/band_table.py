"""Before against after in bands: how many sessions began where and ended where."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt

from sessions_app.charts import axes, marks, patterns, svg
from sessions_app.charts.chart import Cell, Chart, Row, Size
from sessions_app.charts.figures import NOTHING, counted
from sessions_app.charts.lettering import LINE_HEIGHT, SIZE, shortened, width
from sessions_app.charts.svg import Drawing

_NUMBER = 20
"""The room of the count below its square."""


@dataclass(frozen=True, kw_only=True)
class BandTable(Chart):
    """Counts by band before (rows) and band after (columns), from low scores to high ones.

    A count of None is too small to be shown. ``hrefs`` are the pages with the rows behind a cell.
    """

    bands: tuple[str, ...]
    counts: tuple[tuple[int | None, ...], ...]
    higher_is_better: bool
    scale: str = ""
    axis_words: str = ""
    hrefs: tuple[tuple[str, ...], ...] = ()

    def __post_init__(self) -> None:
        """Refuse a table that is not as wide as it is high, or counts below 0."""
        wide = len(self.bands)
        if len(self.counts) != wide or any(len(one) != wide for one in self.counts):
            raise ValueError("A band table has a row and a column for each band.")
        if any((count or 0) < 0 for one in self.counts for count in one):
            raise ValueError("A count is never below 0.")
        if self.hrefs and [len(one) for one in self.hrefs] != [wide] * wide:
            raise ValueError("Each count has its own page, or none has.")

    def too_little(self) -> str:
        """Ask for one session with both scores."""
        return "" if self._highest or self._hides else "No session has both scores yet."

    def own_summary(self) -> str:
        """Say how many ended in a better band, in the same, in a worse one."""
        if self._hides:
            return "Some counts are too small to be shown, so no total is given."
        better, same, worse = (self._sum(way) for way in ("better", "same", "worse"))
        of = counted(better + same + worse, "session")
        return (
            f"Of {of}, {better} ended in a better band than before, {same} in the same band, "
            f"{worse} in a worse one."
        )

    def notes(self) -> tuple[str, ...]:
        """Say what the squares mean."""
        if self.too_little():
            return ()
        told = "The area of a square is its count. Full: better after; open: the same band; "
        hidden = (f"{NOTHING}: too few to be shown.",) if self._hides else ()
        return (f"{told}striped: worse after.", *hidden)

    def head(self) -> tuple[str, ...]:
        """Name the columns."""
        return ("Before", *(f"After {band}" for band in self.bands), "All")

    def rows(self) -> tuple[Row, ...]:
        """Return the counts, a row for each band before."""
        drawn = []
        for n, (band, counts) in enumerate(zip(self.bands, self.counts, strict=True)):
            cells = [Cell(_written(c), self._href(n, m)) for m, c in enumerate(counts)]
            whole = NOTHING if None in counts else str(sum(c or 0 for c in counts))
            drawn.append((Cell(band), *cells, Cell(whole)))
        return tuple(drawn)

    def body(self, size: Size, uid: str) -> tuple[float, Drawing]:
        """Draw a square for each count."""
        high, words = axes.heading(self.axis_words, size)
        names = min(90.0, max(width(band) for band in self.bands)) + 12
        left = max(names, width("before")) + 4
        side = min(92.0, (size.width - left - 4) / len(self.bands))
        top = high + 2 * LINE_HEIGHT + 8
        drawn = [words, patterns.definitions(uid, ("stripes",), marks.hue(self.scale))]
        drawn += self._names(left, top, side)
        for n, counts in enumerate(self.counts):
            for m, count in enumerate(counts):
                corner = (left + m * side, top + n * (side * 0.7 + _NUMBER))
                drawn.append(self._cell((n, m), count, corner, side, uid))
        height = top + len(self.bands) * (side * 0.7 + _NUMBER) + 6
        return height, svg.together(drawn)

    def _names(self, left: float, top: float, side: float) -> Iterator[Drawing]:
        """Name the bands: after above the columns, before at the left of the rows."""
        wide, tall = side * len(self.bands), side * 0.7 + _NUMBER
        yield svg.text((left + wide / 2, top - LINE_HEIGHT - 8), "after", "ch-quiet", "middle")
        yield svg.text((2, top - LINE_HEIGHT + 8), "before", "ch-quiet")
        for n, band in enumerate(self.bands):
            x, y = left + (n + 0.5) * side, top + n * tall
            column, name = shortened(band, side - 4), shortened(band, left - 10)
            yield svg.text((x, top - 8), column, "ch-strong", "middle")
            yield svg.text((left - 8, y + tall / 2 + 4.5), name, "ch-strong", "end")
            yield svg.line((left, y), (left + wide, y), "ch-grid")

    def _cell(
        self, at: tuple[int, int], count: int | None, corner: svg.Point, side: float, uid: str
    ) -> Drawing:
        x, y, tall = corner[0] + side / 2, corner[1], side * 0.7
        number = svg.text((x, y + tall + SIZE), _written(count), "ch-number", "middle")
        if not count:
            return number
        edge = max(2.0, (tall - 10) * sqrt(count / self._highest))
        way = self._way(*at)
        fill = f"{uid}-stripes" if way == "worse" else None
        box = (x - edge / 2, y + (tall - edge) / 2 + 3)
        square = svg.rect(box, edge, edge, f"ch-square ch-square--{way}", fill)
        told = f"Before {self.bands[at[0]]}, after {self.bands[at[1]]}: {counted(count, 'session')}"
        cell = (corner[0] + 2, corner[1] + 2)
        room = svg.rect(cell, side - 4, tall + _NUMBER - 4, "ch-hit")
        mark = svg.group(marks.hue(self.scale), room, square, number)
        return svg.point(mark, told, self._href(*at))

    def _way(self, before: int, after: int) -> str:
        if before == after:
            return "same"
        return "better" if (after > before) == self.higher_is_better else "worse"

    def _sum(self, way: str) -> int:
        cells = ((n, m, c) for n, row in enumerate(self.counts) for m, c in enumerate(row))
        return sum(c or 0 for n, m, c in cells if self._way(n, m) == way)

    @property
    def _highest(self) -> int:
        return max((count or 0 for one in self.counts for count in one), default=0)

    @property
    def _hides(self) -> bool:
        return any(count is None for one in self.counts for count in one)

    def _href(self, before: int, after: int) -> str:
        return self.hrefs[before][after] if self.hrefs else ""


def _written(count: int | None) -> str:
    return NOTHING if count is None else str(count)
