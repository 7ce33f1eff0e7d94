"""The clinic's questions as they may be shared outside: no count of fewer than 5 patients.

A row is small where a count in it is 1 to 4: of patients where the row tells them, and of sessions,
courses or events by the count itself. Of a small row no number is shown; and where one row alone
would be hidden, the next smallest goes with it. So a reader who knows every sum down a column, and
every sum along a row, can exchange two hidden rows and contradict nothing. An arm that is small, in
its patients or in all its counts, in one table of any question is hidden in all tables of all of
them, with another one: the questions rest on the same sessions, and each is a file of its own.

Weeks stand with planned, given and not given, and the reasons beside them (tied_figures.py); bands
before and after are protected cell by cell (suppression.py). Where that would hide a sum, which may
stand in another table, none of their numbers is shown. Means of fewer than 10 patients are hidden
by the questions themselves.

A sentence with a small number, and every sentence of a question in which something is hidden,
gives way to the sentence of what is not shown: it may tell a sum. What this does not do: a small
part of a large arm, such as its sessions without a score, is protected in each table by itself; and
files of different days or filters may tell more together than each alone.
"""

import re
from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import replace

from sessions_app.charts.band_table import BandTable
from sessions_app.charts.chart import Cell, Chart, Row
from sessions_app.charts.stacked_weeks import StackedWeeks
from sessions_app.charts.weeks import whole_day
from sessions_app.dashboards.network.figures import Planned
from sessions_app.dashboards.network.withholding import HIDDEN, planned_figures
from sessions_app.dashboards.panel import Panel, Table
from sessions_app.outcomes.answers import withheld
from sessions_app.outcomes.suppression import is_small, protect
from sessions_app.outcomes.tied_figures import Key, to_hide

NOT_GIVEN_BECAUSE = "Why planned sessions were not given"
_COUNTS = re.compile(r"(?<![\d.,+\N{MINUS SIGN}-])\d+(?![\d.,]*\d)(?!\s*%)")
"""Whole numbers without a sign that are no share."""
_PATIENTS = re.compile(r"\b(\d+) patient")
_SPAN = re.compile(r"\S+\s*%? to \S+(\s*%)?")


def outside(panels: Iterable[Panel], code: str, arms: Collection[str] = ()) -> Panel:
    """Return one of the questions with no small number in it, nor what would give one away.

    ``arms`` are the names of arms; what is hidden of one is judged by all questions.
    """
    every = list(panels)
    few = _few(every, arms)
    panel = next(one for one in every if one.code == code)
    tables, hidden, figures = [], 0, 0
    for part in panel.flat:
        for table, out in _protected(part, few):
            tables.append(table)
            hidden += out
            figures += sum(_is_count(cell) for row in table.rows for cell in row[1:]) + out
    said = withheld(hidden, figures)
    if hidden:
        tables = [replace(one, counted="") for one in tables]
    return Panel(
        code=panel.code,
        question=panel.question,
        answer="" if hidden or _tells_small(panel.answer) else panel.answer,
        parts=tuple(tables),
        notes=(*((said,) if said else ()), *panel.notes),
        badge=panel.badge,
    )


def _few(panels: Iterable[Panel], arms: Collection[str]) -> frozenset[str]:
    """The arms to hide wherever they stand: small ones, and where one is alone, another with it."""
    tables = [_of_arms(_plain(part), arms) for panel in panels for part in panel.flat]
    few = {name for lines in tables for name, (_, small) in lines.items() if small}
    weights: Counter[str] = Counter()
    for lines in tables:
        weights += Counter({name: weight for name, (weight, _) in lines.items()})
    again = True
    while again:
        again = False
        for lines in tables:
            there = {name for name, (weight, _) in lines.items() if weight}
            if len(there & few) == 1 and (others := there - few):
                few.add(min(others, key=lambda name: (weights[name], name)))
                again = True
    return frozenset(few)


def _of_arms(table: Table, arms: Collection[str]) -> dict[str, tuple[int, bool]]:
    """The arms in a table, as rows or columns: the sum of their counts, and if they are small.

    An arm is small where all its counts are, or where its patients are. Some tables name it in
    several rows.
    """
    lines = [(row[0].words, table.head[1:], row[1:]) for row in table.rows]
    heads = tuple(row[0].words for row in table.rows)
    for n, name in enumerate(table.head[1:], 1):
        lines.append((name, heads, tuple(row[n] for row in table.rows)))
    found: dict[str, tuple[int, bool]] = {}
    for name, over, cells in lines:
        if name in arms:
            weight, small = found.get(name, (0, False))
            found[name] = weight + _weight(cells), small or _is_few(over, cells)
    return found


def _is_few(heads: Sequence[str], cells: Sequence[Cell]) -> bool:
    counts = [number for cell in cells for number in _counts(cell.words)]
    people = [
        int(number)
        for head, cell in zip(heads, cells, strict=True)
        for number in _PATIENTS.findall(f"{cell.words} {head[:8].lower()}")
    ]
    return is_small(max(counts, default=0)) or any(map(is_small, people))


def _plain(part: Chart | Table) -> Table:
    """A part as a table, without what it tells of all its rows where that is small."""
    if isinstance(part, Chart):
        part = Table(part.title, part.head(), part.table, part.counted)
    return replace(part, counted="" if _tells_small(part.counted) else part.counted)


def _protected(part: Chart | Table, few: frozenset[str]) -> Iterator[tuple[Table, int]]:
    """Return a part as tables that may be shared, and how many figures each hides."""
    table = _plain(part)
    if isinstance(part, BandTable) and part.table:
        yield _by_cells(table, [[_number(cell) for cell in row[1:-1]] for row in part.table])
    elif isinstance(part, StackedWeeks) and part.table:
        yield from _weeks(part)
    else:
        yield _by_rows(table, few)


def _weeks(chart: StackedWeeks) -> Iterator[tuple[Table, int]]:
    """Return what was planned, given and not in each week; and by reason what was not given."""
    told = {week.start: week.counts for week in chart.ordered}
    reasons: dict[Hashable, int] = dict(zip(chart.series[1:], chart.totals[1:], strict=True))
    planned = Planned(
        {week: counts[0] for week, counts in told.items()},
        {week: sum(counts[1:]) for week, counts in told.items()},
        reasons,
    )
    figures = list(planned_figures(planned))
    hidden = to_hide(figures)
    if any(key[0] == "weeks" for key in hidden):
        hidden = frozenset(one.key for one in figures if one.value)
    known = {one.key: HIDDEN if one.key in hidden else str(one.value) for one in figures}

    def cells(*keys: Key) -> Row:
        return tuple(Cell(known[key]) for key in keys)

    sides = ("planned", "given", "not given")
    weeks = tuple(
        (Cell(whole_day(week)), *cells(*(("week", week, side) for side in sides))) for week in told
    )
    out = sum(key[0] == "week" for key in hidden)
    yield Table(chart.title, ("Week from", "Planned", "Given", "Not given"), weeks), out
    why = tuple((Cell(name), *cells(("why", name))) for name in chart.series[1:])
    whole = (Cell("All not given"), *cells(("weeks", "not given")))
    out = sum(key[0] == "why" or key == ("weeks", "not given") for key in hidden)
    yield Table(NOT_GIVEN_BECAUSE, ("Reason", "Sessions"), (*why, whole)), out


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


def _by_rows(table: Table, few: frozenset[str]) -> tuple[Table, int]:
    """Hide every number of the small rows, and of one more where it would be one alone."""
    apart = {n for n, name in enumerate(table.head) if n and name in few}
    kept = [[cell for n, cell in enumerate(row) if n and n not in apart] for row in table.rows]
    small = {
        n
        for n, cells in enumerate(kept)
        if table.rows[n][0].words in few or any(_tells_small(cell.words) for cell in cells)
    }
    others = [n for n, cells in enumerate(kept) if n not in small and _weight(cells)]
    if len(small) == 1 and others:
        small.add(min(others, key=lambda n: (_weight(kept[n]), n)))
    rows, out = [], 0
    for n, row in enumerate(table.rows):
        hide = [n in small or at in apart for at in range(1, len(row))]
        told = zip(row[1:], hide, strict=True)
        rows.append((Cell(row[0].words), *(_cell(cell, hide=one) for cell, one in told)))
        out += sum(_is_count(cell) for cell, one in zip(row[1:], hide, strict=True) if one)
    return replace(table, rows=tuple(rows)), out


def _cell(cell: Cell, *, hide: bool) -> Cell:
    """Return a cell without its link; of a hidden row, without anything that tells a number."""
    hide = hide and any(sign.isdigit() for sign in cell.words)
    return Cell(HIDDEN if hide else cell.words)


def _weight(cells: Iterable[Cell]) -> int:
    """The sum of all counts: 0 where there is none."""
    return sum(number for cell in cells for number in _counts(cell.words))


def _tells_small(words: str) -> bool:
    return any(is_small(number) for number in _counts(words))


def _counts(words: str) -> Iterator[int]:
    """The whole numbers of a cell or a sentence; a span of shares or changes is none."""
    return (int(found) for found in _COUNTS.findall(_SPAN.sub("", words)))


def _is_count(cell: Cell) -> bool:
    return any(True for _ in _counts(cell.words))


def _number(cell: Cell) -> int:
    return int(cell.words) if cell.words.isdigit() else 0
