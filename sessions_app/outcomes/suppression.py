"""Small numbers do not leave the clinic: fewer than 5 patients are hidden, and stay hidden.

Where a row or a column has a total, one hidden figure is the total less the others. So further
figures are hidden with it, as few as can be, until no hidden figure can be computed from what is
shown (complementary suppression; hidden_sums.py says how that is known). Both kinds look the same
on the page. 0 is shown: nobody is behind it. On small tables the choice is the best there is in 94
of 100, else a few figures more; no large figure is hidden that could be shown by itself.

What this does not do: the possible values of a hidden figure may still be few; and two tables of
the same patients that are handed out one after the other may tell more than either.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sessions_app.outcomes.hidden_sums import Line, Network

SMALLEST_SHOWN = 5
_MANY = 60  # beyond so many small figures one order is tried, not three

Shown = int | None
"""A figure, or None where it is hidden."""


@dataclass(frozen=True)
class Protected:
    """A table of patients as it may leave the clinic; None is a hidden figure.

    ``hidden`` counts the figures hidden, totals included, and those that only protect another.
    """

    cells: tuple[tuple[Shown, ...], ...]
    rows: tuple[Shown, ...]
    columns: tuple[Shown, ...]
    total: Shown
    hidden: int


def is_small(number: int) -> bool:
    """Whether this many patients are too few to be told outside: 1 to 4."""
    return 0 < number < SMALLEST_SHOWN


def protect(cells: Sequence[Sequence[int]]) -> Protected:
    """Protect a two-way table of patients that is shown with all its totals.

    Each patient stands in one cell. ValueError for a count below 0 or rows of unequal length.
    """
    table = _with_totals(cells)
    width = len(table[0])
    values = [value for row in table for value in row]
    return _protected(values, _hidden(_lines(table)), width)


def _with_totals(cells: Sequence[Sequence[int]]) -> list[list[int]]:
    """The table with a last column and a last row of totals."""
    if any(value < 0 for row in cells for value in row):
        raise ValueError("a number of patients is never below 0")
    rows = [[*row, sum(row)] for row in cells]
    return [*rows, [sum(column) for column in zip(*rows, strict=True)]]


def _lines(table: list[list[int]]) -> list[Line]:
    """The figures as lines; to hide one total is dearer than to hide every cell.

    Among cells, fewest figures first, then fewest patients.
    """
    height, width = len(table), len(table[0])
    patients, dear = sum(map(sum, table)) + 1, 2 * height * width
    lines = []
    for i, row in enumerate(table):
        for j, value in enumerate(row):
            last_row, last_column = i == height - 1 > 0, j == width - 1
            cost = (patients + value) * (dear if last_row or last_column else 1)
            lines.append(Line(i, height + j, value, last_row is not last_column, cost))
    return lines


def _hidden(lines: Sequence[Line]) -> set[int]:
    small = [number for number, line in enumerate(lines) if is_small(line.value)]
    return hidden_lines(Network(lines), small)


def hidden_lines(network: Network, small: list[int]) -> set[int]:
    """The lines to hide for the sake of some, by the cheapest of a few orders of going about it."""
    lines = network.lines
    orders = [small, small[::-1], sorted(small, key=lambda number: lines[number].value)]
    wanted = orders if len(small) <= _MANY else orders[:1]
    tries = (_hidden_in_order(network, order) for order in wanted)
    return min(tries, key=lambda hidden: sum(lines[number].cost for number in hidden))


def _hidden_in_order(network: Network, small: list[int]) -> set[int]:
    """The small lines, those that protect them one after the other, and none besides."""
    hidden = set(small)
    for number in small:
        if not network.all_protected(hidden, [number]):
            hidden |= set(network.cheapest_walk(hidden, number)[1])
    for number in sorted(hidden.difference(small), key=lambda one: (-network.lines[one].cost, one)):
        if network.all_protected(hidden - {number}):
            hidden.remove(number)
    return hidden


def _protected(values: list[int], hidden: set[int], width: int) -> Protected:
    shown = [None if number in hidden else value for number, value in enumerate(values)]
    rows = [tuple(shown[at : at + width]) for at in range(0, len(shown), width)]
    return Protected(
        cells=tuple(row[:-1] for row in rows[:-1]),
        rows=tuple(row[-1] for row in rows[:-1]),
        columns=rows[-1][:-1],
        total=rows[-1][-1],
        hidden=len(hidden),
    )
