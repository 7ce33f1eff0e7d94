"""The rows of a table as markup: a page has a thousand cells, too many for a template of each."""

from collections.abc import Iterable, Sequence

from sessions_app.charts import svg
from sessions_app.charts.chart import Cell
from sessions_app.charts.figures import unbroken
from sessions_app.charts.svg import Drawing

Line = tuple[Cell, Sequence[tuple[Cell, bool]]]
"""A row's head, and its other cells, each with whether its column is of numbers."""


def body(lines: Iterable[Line]) -> Drawing:
    """Return the rows of a table: a head that leads to its rows, and cells that do."""
    return svg.tag("tbody", *map(_row, lines))


def _row(line: Line) -> Drawing:
    head, cells = line
    return svg.tag("tr", svg.tag("th", _words(head), scope="row"), *map(_cell, cells))


def _cell(told: tuple[Cell, bool]) -> Drawing:
    cell, number = told
    return svg.tag("td", _words(cell), class_="number" if number else None)


def _words(cell: Cell) -> str:
    """Nothing stands behind a nought."""
    said, follows = unbroken(cell.words), cell.href and cell.words != "0"
    return svg.tag("a", said, href=cell.href) if follows else said
