"""Across therapists: the sums of SQL are those counted one by one; no ranking, nobody of few."""

import random
from collections import defaultdict
from fractions import Fraction

import pytest

from sessions_app.charts.funnel import Funnel
from sessions_app.dashboards.links import Links
from sessions_app.dashboards.panel import Beside, Panel, Table
from sessions_app.dashboards.panels import therapists
from sessions_app.dashboards.panels.therapists import units_of
from sessions_app.dashboards.scope import Scope, first_at_first
from sessions_app.outcomes.funnel import UnitSums
from sessions_app.outcomes.summary import PatientSums
from sessions_app.vocabulary.scales import Scale
from tests.dashboards.drawing import SCALES, admit
from tests.dashboards.ward import Told, a_ward, in_scope, scopes
from tests.universe import Universe, care, ratings, still_touch


def counted(rows: list[Told], scale: Scale) -> dict[str, UnitSums]:
    """Count each person's patients one by one."""
    seen: dict[str, dict[object, list[tuple[int, int]]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        if pair := row.pair(scale):
            gained = row.change(scale)
            assert gained is not None
            seen[str(row.person)][row.patient].append((gained, pair[0]))
    return {
        person: sum(
            (
                UnitSums.of_patient(PatientSums.of(g for g, _ in told), sum(b for _, b in told))
                for told in patients.values()
            ),
            UnitSums(),
        )
        for person, patients in seen.items()
    }


@pytest.mark.slow
def test_the_units_of_a_ward_drawn_by_lot_are_those_counted_one_by_one(universe: Universe) -> None:
    rows = a_ward(universe, 23)
    for name, scope in scopes(universe).items():
        for scale, units in units_of(scope).items():
            here = in_scope(scope, rows, scale)
            assert units.sums == counted(here, scale), name
            both = [row for row in here if row.pair(scale)]
            assert units.sessions == len(both), name
            assert units.patients == len({row.patient for row in both}), name
            assert units.missing == len(here) - len(both), name
    assert set(units_of(scope)) == set(SCALES)


def ask(universe: Universe) -> Panel:
    scope = Scope((universe.birchwood,), first_at_first(universe.today), universe.today)
    return therapists.panel(scope, Links(scope, may_follow=True))


def funnels(panel: Panel) -> tuple[Funnel, ...]:
    (beside,) = [one for one in panel.parts if isinstance(one, Beside)]
    return tuple(one for one in beside.charts if isinstance(one, Funnel))


def see(universe: Universe, who: str, patients: int, drop: int) -> None:
    """Let a person see so many patients, whose pain falls by about so much."""
    lot = random.Random(drop)  # noqa: S311 - invented patients
    for number in range(patients):
        course, by = admit(universe, "rest", "touch"), universe.members[who]
        done = still_touch() if who == "volunteer" else care()
        before, after = 7 + number % 3, 7 + number % 3 - drop + lot.choice((-1, 0, 1))
        universe.log(
            course, by=by, care=done, before=ratings(pain=before, mood=5),
            after=ratings(pain=after, mood=5),
        )  # fmt: skip


@pytest.mark.parametrize("patients", [8, 9])
def test_nobody_with_fewer_than_ten_patients_is_shown(universe: Universe, patients: int) -> None:
    """The volunteer has seen Bruno before."""
    see(universe, "supervisor", 10, 2)
    see(universe, "volunteer", patients, 3)
    panel = ask(universe)
    names = [cell[0].words for cell in funnels(panel)[0].table]
    if patients + 1 < 10:
        assert names == []
        assert panel.answer == "Needs 2 therapists with 10 patients each; you have 1."
        assert not any("Volunteer" in cell.words for row in table(panel).rows for cell in row)
    else:
        assert names == ["Supervisor of Birchwood Hospice", "Volunteer of Birchwood Hospice"]


def table(panel: Panel) -> Table:
    return next((one for one in panel.parts if isinstance(one, Table)), Table("", (), ()))


@pytest.mark.slow
def test_names_stand_in_their_order_whatever_their_numbers(universe: Universe) -> None:
    see(universe, "therapist", 10, 1)
    see(universe, "supervisor", 10, 4)
    panel = ask(universe)
    names = ["Supervisor of Birchwood Hospice", "Therapist of Birchwood Hospice"]
    assert [row[0].words for row in funnels(panel)[0].table] == names
    assert [row[0].words for row in table(panel).rows] == names
    assert "This is no ranking" in panel.answer
    assert "of 2 therapists" in panel.answer


def test_the_case_mix_stands_beside(universe: Universe) -> None:
    see(universe, "supervisor", 10, 2)
    see(universe, "therapist", 10, 2)
    supervisor, _ = table(ask(universe)).rows
    before = Fraction(sum(7 + n % 3 for n in range(10)), 10)
    assert [cell.words for cell in supervisor[1:]] == ["10", f"{float(before):.1f}", "10", "5.0"]


@pytest.mark.slow
def test_each_dot_leads_to_its_persons_sessions(universe: Universe) -> None:
    see(universe, "supervisor", 10, 2)
    see(universe, "therapist", 10, 2)
    for chart in funnels(ask(universe)):
        people = [unit.href for unit in chart.units]
        assert f"therapist={universe.supervisor.user_id}" in people[0]
        assert f"therapist={universe.therapist.user_id}" in people[1]
