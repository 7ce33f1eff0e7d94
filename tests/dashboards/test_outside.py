"""What leaves the clinic: no small number in it, and none to be had from what is shown."""

import csv
import io
import re
from datetime import date

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from sessions_app.charts.band_table import BandTable
from sessions_app.charts.chart import Cell
from sessions_app.charts.stacked_weeks import BarWeek, StackedWeeks
from sessions_app.dashboards.clinic_dashboard import QUESTIONS, QUESTIONS_OUTSIDE, shared_of
from sessions_app.dashboards.csv_text import INSIDE, OUTSIDE
from sessions_app.dashboards.network.withholding import HIDDEN
from sessions_app.dashboards.outside import outside
from sessions_app.dashboards.panel import Panel, Table
from sessions_app.dashboards.panels.over_time import Sums
from sessions_app.dashboards.scope import Scope, first_at_first
from sessions_app.outcomes.answers import withheld
from sessions_app.protocols import registry
from sessions_app.vocabulary.scales import Scale
from tests.dashboards.ward import a_ward
from tests.reckoning import least_and_most
from tests.universe import ClientAs, Universe

numbers = st.sampled_from([0, 0, 1, 2, 3, 4, 5, 7, 12, 40])
Lines = list[list[int]]


def a_table(rows: Lines, *, whole: bool) -> Table:
    """A table of counts; with ``whole``, the last column is the sum of the others."""
    told = [[*row, sum(row)] if whole else row for row in rows]
    head = ("Row", *(f"C{n}" for n in range(len(told[0]))))
    lines = (tuple(map(Cell, (f"row {n}", *map(str, row)))) for n, row in enumerate(told))
    return Table("T", head, tuple(lines), counted="n = 40 sessions.")


def one(panel: Panel) -> Panel:
    return outside([panel], panel.code)


def shown(panel: Panel) -> list[list[str]]:
    (table,) = panel.flat
    assert isinstance(table, Table)
    return [[cell.words for cell in row[1:]] for row in table.rows]


lines_of = st.integers(2, 4).flatmap(
    lambda wide: st.lists(st.lists(numbers, min_size=wide, max_size=wide), min_size=1, max_size=6)
)


def widths(rows: Lines, told: list[list[str]], *, sums: bool) -> list[float]:
    """How far each hidden count may range for a reader who knows every sum, down and along."""
    hidden = [
        (i, j) for i, row in enumerate(rows) for j, _ in enumerate(row) if told[i][j] == HIDDEN
    ]
    equations, right = [], []
    for j in range(len(rows[0])):
        equations.append([1.0 if place[1] == j else 0.0 for place in hidden])
        right.append(sum(rows[i][j] for i, at in hidden if at == j))
    for i, row in enumerate(rows):
        if sums and told[i][-1] != HIDDEN:
            equations.append([1.0 if place[0] == i else 0.0 for place in hidden])
            right.append(sum(row[j] for at, j in hidden if at == i))
    found = []
    for n in range(len(hidden)):
        least, most = least_and_most(n, equations, right, (0, 999))
        found.append(most - least)
    return found


@pytest.mark.sqlite  # numbers of no database
@pytest.mark.slow
@given(rows=lines_of, whole=st.booleans())
@settings(max_examples=40)
def test_no_hidden_row_of_a_table_can_be_had_from_its_sums(rows: Lines, *, whole: bool) -> None:
    told = shown(one(Panel("c", "Q?", "A.", (a_table(rows, whole=whole),))))
    small = [any(0 < n < 5 for n in row) for row in rows]
    for is_small, row in zip(small, told, strict=True):
        assert not is_small or set(row) == {HIDDEN}
        assert not {"1", "2", "3", "4"} & set(row)
    if sum(any(row) for row in rows) < 2:
        return  # the only row with anything in it is its own sum
    there = [n for row, said in zip(rows, told, strict=True) if HIDDEN in said for n in row]
    for number, wide in zip(there, widths(rows, told, sums=whole), strict=True):
        assert wide > 0.9 or number == 0


@pytest.mark.sqlite  # numbers of no database
@pytest.mark.slow
@given(cells=st.lists(st.lists(numbers, min_size=4, max_size=4), min_size=4, max_size=4))
@settings(max_examples=40)
def test_no_hidden_cell_of_a_table_of_bands_can_be_had_from_its_sums(cells: Lines) -> None:
    chart = BandTable(
        title="T", bands=("0", "1", "2", "3"), counts=tuple(map(tuple, cells)), scale="pain",
        higher_is_better=False, axis_words="x",
    )  # fmt: skip
    if chart.lacking:
        return
    told = shown(one(Panel("c", "Q?", "A.", (chart,))))
    inner = [row[:-1] for row in told]
    hidden = [(i, j) for i in range(4) for j in range(4) if inner[i][j] == HIDDEN]
    equations, right = [], []
    for axis in (0, 1):
        for n in range(4):
            equations.append([1.0 if place[axis] == n else 0.0 for place in hidden])
            right.append(sum(cells[i][j] for i, j in hidden if (i, j)[axis] == n))
    everything = all(inner[i][j] == HIDDEN for i in range(4) for j in range(4) if cells[i][j])
    for n in range(len(hidden)):
        low, high = least_and_most(n, equations, right, (1, 999))
        assert everything or high - low > 0.9
    assert all(inner[i][j] == HIDDEN for i in range(4) for j in range(4) if 0 < cells[i][j] < 5)


@pytest.mark.parametrize(
    ("words", "hidden"),
    [
        ("3", True), ("5", False), ("0", False), ("+1.87", False), ("2.0", False), ("4 %", False),
        ("3 (30 %)", True), ("12 (40 %)", False), ("1 % to 4 %", False), ("+1.6 to +2.2", False),
        ("42 sessions from 12 patients; 2 missing", True), ("–", False),
        ("42 sessions from 12 patients; 0 missing", False), ("needs 10 patients; you have 3", True),
    ],
)  # fmt: skip
def test_what_counts_as_a_small_number(words: str, *, hidden: bool) -> None:
    table = Table("T", ("A", "B", "C"), ((Cell("x"), Cell(words), Cell("77")),))
    (row,) = shown(one(Panel("c", "Q?", "A.", (table,))))
    assert (row == [HIDDEN, HIDDEN]) is hidden
    assert (row == [words, "77"]) is not hidden


def test_where_something_is_hidden_no_sentence_tells_a_sum() -> None:
    table = a_table([[3, 40], [7, 9]], whole=False)
    found = one(Panel("c", "Q?", "Given: 49 of 59.", (table,), notes=("As it is.",)))
    (only,) = found.flat
    assert (found.answer, only.counted) == ("", "")
    assert found.notes == (withheld(4, 4), "As it is.")
    clean = Panel("c", "Q?", "Given: 49 of 59.", (a_table([[30, 40], [7, 9]], whole=False),))
    assert one(clean).answer == "Given: 49 of 59."


@pytest.mark.slow
def test_no_question_of_a_clinic_lets_a_small_count_out(universe: Universe) -> None:
    """Over a ward drawn by lot: no count of 1 to 4 is left in any table or sentence."""
    a_ward(universe, 5)
    scope = Scope((universe.birchwood,), first_at_first(universe.today), universe.today)
    for code in QUESTIONS:
        found = shared_of(code, scope, {course.name for course in registry.offered()})
        for part in found.flat:
            assert isinstance(part, Table), code
            for row in part.rows:
                assert not any(cell.href for cell in row), code
                assert not {"1", "2", "3", "4"} & {cell.words for cell in row[1:]}, code
        said = " ".join((found.answer, *(part.counted for part in found.flat)))
        assert not re.search(r"\b[1-4] (session|patient|course)", said), code


def test_an_arm_that_is_small_anywhere_is_hidden_everywhere() -> None:
    """Else 382 sessions less those of the other arms, each from another file, were its four."""

    def of_arms(title: str, **counts: int) -> Table:
        rows = tuple((Cell(name), Cell(str(n))) for name, n in counts.items())
        return Table(title, ("Protocol and arm", "Sessions"), rows)

    panels = [
        Panel("one", "Q?", "", (of_arms("one", A=148, B=94, C=4, D=60),)),
        Panel("two", "Q?", "", (of_arms("two", A=148, B=94, C=9, D=60),)),
    ]
    for code in ("one", "two"):
        told = shown(outside(panels, code, {"A", "B", "C", "D"}))
        assert told == [["148"], ["94"], [HIDDEN], [HIDDEN]]
    # D does not stand there, so there another one is hidden with C, and so everywhere.
    across = Table("X", ("Label", "A", "B", "C"), ((*map(Cell, ("All", "148", "94", "5")),),))
    panels.append(Panel("across", "Q?", "", (across,)))
    assert shown(outside(panels, "across", {"A", "B", "C", "D"})) == [["148", HIDDEN, HIDDEN]]
    told = shown(outside(panels, "two", {"A", "B", "C", "D"}))
    assert told == [["148"], [HIDDEN], [HIDDEN], [HIDDEN]]


@pytest.mark.parametrize(
    ("head", "cells", "few"),
    [
        (("Sessions", "Missing"), ("89", "4"), False), (("Sessions", "Missing"), ("4", "0"), True),
        (("Patients", "Sessions"), ("4", "60"), True),
        (("Patients", "Sessions"), ("5", "60"), False),
        (("From", "Mean"), ("60 sessions from 4 patients; 0 missing", "–"), True),
        (("From", "Mean"), ("60 sessions from 9 patients; 3 missing", "–"), False),
        (("Sessions", "30 % less: patients"), ("60", "3 (30 %)"), False),
    ],
)  # fmt: skip
def test_an_arm_is_small_by_its_patients_or_by_all_its_counts(
    head: tuple[str, ...], cells: tuple[str, ...], *, few: bool
) -> None:
    table = Table("T", ("Arm", *head), ((*map(Cell, ("A", *cells)),),))
    other = Table("O", ("Arm", "N"), ((Cell("A"), Cell("50")), (Cell("B"), Cell("70"))))
    panels = [Panel("t", "Q?", "", (table,)), Panel("o", "Q?", "", (other,))]
    hidden = [[HIDDEN], [HIDDEN]]
    assert shown(outside(panels, "o", {"A", "B"})) == (hidden if few else [["50"], ["70"]])


def test_weeks_stand_with_what_was_planned_and_reasons_beside_them() -> None:
    weeks = (
        BarWeek(date(2026, 1, 5), (30, 2, 5)), BarWeek(date(2026, 1, 12), (40, 9, 0)),
        BarWeek(date(2026, 1, 19), (20, 6, 6)),
    )  # fmt: skip
    chart = StackedWeeks(title="T", series=("Given", "Asleep", "Unwell"), weeks=weeks)
    by_week, why = one(Panel("c", "Q?", "A.", (chart,))).flat
    assert isinstance(by_week, Table)
    assert isinstance(why, Table)
    assert [[cell.words for cell in row] for row in by_week.rows] == [
        ["5 Jan 2026", "37", "30", "7"], ["12 Jan 2026", "49", "40", "9"],
        ["19 Jan 2026", "32", "20", "12"],
    ]  # fmt: skip
    assert [[cell.words for cell in row] for row in why.rows] == [
        ["Asleep", "17"], ["Unwell", "11"], ["All not given", "28"],
    ]  # fmt: skip


def test_a_weeks_mean_of_fewer_than_ten_patients_stays_inside(universe: Universe) -> None:
    assert QUESTIONS_OUTSIDE["over_time"] is not QUESTIONS["over_time"]
    assert {code for code in QUESTIONS if QUESTIONS[code] is not QUESTIONS_OUTSIDE[code]} == {
        "over_time"
    }
    five, ten = Sums(patients=9, sessions=20, rise=-20), Sums(patients=10, sessions=20, rise=-20)
    assert five.mean(Scale.PAIN) == 1
    assert five.mean(Scale.PAIN, least=10) is None
    assert ten.mean(Scale.PAIN, least=10) == 1


@pytest.mark.parametrize("code", QUESTIONS)
def test_the_first_line_says_for_whom_it_is(
    universe: Universe, client_as: ClientAs, code: str
) -> None:
    where, browser = reverse("dashboards:csv", args=[code]), client_as("supervisor")
    for asked, first in (({}, INSIDE), ({"share": "1"}, OUTSIDE)):
        answer = browser.get(where, asked)
        lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
        assert lines[0] == [first]
        assert ("share-" in answer.headers["Content-Disposition"]) is ("share" in asked)
