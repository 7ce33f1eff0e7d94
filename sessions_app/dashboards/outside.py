"""A question of the clinic as it may be shared outside: no count of fewer than 5 patients.

Each table is judged by what stands in it. A row is small where a count in it is 1 to 4: of
patients where the row tells them, and of sessions, courses or events by the count itself. Of a
small row no number is shown; and where one row alone would be hidden, the next smallest goes with
it. So a reader who knows every sum down a column, and every sum along a row, can exchange two
hidden rows and contradict nothing. Where the rows are parts of a whole in both ways (weeks and
reasons; bands before and after) the figures are protected one by one (outcomes/suppression.py),
and where that needs a sum that stands elsewhere, none is shown. Means of fewer than 10 patients
are hidden by the questions themselves.

A sentence with a small number, and every sentence of a question in which something is hidden,
gives way to the sentence of what is not shown: it may tell a sum. What this does not do: two files
of different days or filters may tell more together than either.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from sessions_app.charts.band_table import BandTable
from sessions_app.charts.chart import Cell, Chart, Row
from sessions_app.charts.stacked_weeks import StackedWeeks
from sessions_app.dashboards.panel import Panel, Table
from sessions_app.outcomes.answers import withheld
from sessions_app.outcomes.suppression import is_small, protect

HIDDEN = "not shown"
_COUNTS = re.compile(r"(?<![\d.,+\N{MINUS SIGN}-])\d+(?![\d.,]*\d)(?!\s*%)")
"""Whole numbers without a sign that are no share."""
_SPAN = re.compile(r"\S+\s*%? to \S+(\s*%)?")


def outside(panel: Panel) -> Panel:
    """Return a question with no small number in it, nor what would give one away."""
    tables, hidden, figures = [], 0, 0
    for part in panel.flat:
        table, out = _protected(part)
        tables.append(table)
        hidden += out
        figures += sum(_is_count(cell) for row in table.rows for cell in row[1:]) + out
    said = withheld(hidden, figures)
    answer = panel.answer if not hidden and not _tells_small(panel.answer) else ""
    if hidden:
        tables = [replace(one, counted="") for one in tables]
    return Panel(
        code=panel.code,
        question=panel.question,
        answer=answer,
        parts=tuple(tables),
        notes=(*((said,) if said else ()), *panel.notes),
        badge=panel.badge,
    )


def _protected(part: Chart | Table) -> tuple[Table, int]:
    """Return a part as a table that may be shared, and how many figures it hides."""
    counted = "" if _tells_small(part.counted) else part.counted
    if isinstance(part, Table):
        return _by_rows(replace(part, counted=counted))
    plain = Table(part.title, part.head(), part.table, counted)
    if isinstance(part, BandTable) and part.table:
        return _by_cells(plain, [[_number(cell) for cell in row[1:-1]] for row in part.table])
    if isinstance(part, StackedWeeks) and part.table:
        return _by_cells(plain, [[_number(cell) for cell in row[1:]] for row in part.table])
    return _by_rows(plain)


def _by_cells(table: Table, counts: list[list[int]]) -> tuple[Table, int]:
    """Protect each count of a table whose rows and columns both have a sum."""
    found = protect(counts)
    sums = (*found.rows, *found.columns, found.total)
    if None in sums:
        found_cells: Sequence[Sequence[int | None]] = [
            [None if number else 0 for number in row] for row in counts
        ]
    else:
        found_cells = found.cells
    rows = []
    for row, cells in zip(table.rows, found_cells, strict=True):
        told = [Cell(HIDDEN if number is None else str(number)) for number in cells]
        last = row[len(told) + 1 :]
        rest = [Cell(HIDDEN if None in cells else one.words) for one in last]
        rows.append((Cell(row[0].words), *told, *rest))
    out = sum(number is None for cells in found_cells for number in cells)
    return replace(table, rows=tuple(rows)), out


def _by_rows(table: Table) -> tuple[Table, int]:
    """Hide every number of the small rows, and of one more where it would be one alone."""
    small = {n for n, row in enumerate(table.rows) if _is_small(row)}
    others = [n for n, row in enumerate(table.rows) if n not in small and _weight(row)]
    if len(small) == 1 and others:
        small.add(min(others, key=lambda n: (_weight(table.rows[n]), n)))
    rows = tuple(
        (Cell(row[0].words), *(_cell(cell, hide=n in small) for cell in row[1:]))
        for n, row in enumerate(table.rows)
    )
    out = sum(_is_count(cell) for n in small for cell in table.rows[n][1:])
    return replace(table, rows=rows), out


def _cell(cell: Cell, *, hide: bool) -> Cell:
    """Return a cell without its link; of a hidden row, without anything that tells a number."""
    hide = hide and any(sign.isdigit() for sign in cell.words)
    return Cell(HIDDEN if hide else cell.words)


def _is_small(row: Row) -> bool:
    return any(_tells_small(cell.words) for cell in row[1:])


def _weight(row: Row) -> int:
    """The sum of a row's counts: 0 where it has none."""
    return sum(number for cell in row[1:] for number in _counts(cell.words))


def _tells_small(words: str) -> bool:
    return any(is_small(number) for number in _counts(words))


def _counts(words: str) -> Iterator[int]:
    """The whole numbers of a cell or a sentence; a span of shares or changes is none."""
    return (int(found) for found in _COUNTS.findall(_SPAN.sub("", words)))


def _is_count(cell: Cell) -> bool:
    return any(True for _ in _counts(cell.words))


def _number(cell: Cell) -> int:
    return int(cell.words) if cell.words.isdigit() else 0
