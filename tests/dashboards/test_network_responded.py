"""Who had clearly less pain, in all clinics together: shares by arm, and what of them is told."""

import csv
import io
import uuid
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from sessions_app.clinics import actions as clinics
from sessions_app.clinics.models import Clinic
from sessions_app.dashboards.change_sums import change_sums
from sessions_app.dashboards.network import responded
from sessions_app.dashboards.network.figures import NetworkFigures, Planned
from sessions_app.dashboards.network.scope import NetworkScope
from sessions_app.dashboards.network.withholding import Withheld
from sessions_app.dashboards.panel import Panel, Table
from sessions_app.dashboards.scope import Scope, first_at_first
from sessions_app.outcomes.completeness import Completeness
from sessions_app.outcomes.funnel import UnitSums
from sessions_app.outcomes.resampling import Pair
from sessions_app.outcomes.responders import Threshold, responders
from sessions_app.outcomes.shares import ShareSums
from sessions_app.outcomes.summary import Moments, PatientSums
from sessions_app.protocols import registry
from sessions_app.rollups import folding
from sessions_app.vocabulary.roles import Role
from sessions_app.vocabulary.scales import Scale
from tests.dashboards.drawing import admit
from tests.dashboards.test_network import an_invented_arm
from tests.universe import Universe, ratings

Patients = dict[Pair, int]
"""How many have so many sessions that began high, and so many of them with clearly less."""
PAIN, BY_PERCENT, BY_POINTS = Scale.PAIN, Threshold.THIRTY_PERCENT, Threshold.TWO_POINTS
HERE = (Clinic(slug="a", name="A"), Clinic(slug="b", name="B"))
NOT_SHOWN, FEW = ["not shown", "–"], ["fewer than 10 patients", "–"]


@pytest.fixture(autouse=True)
def invented_arms(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if "universe" not in request.fixturenames:
        monkeypatch.setattr(registry, "course", an_invented_arm)


def network(*arms: tuple[Patients, Patients], lower: int = 40) -> NetworkFigures:
    """Two clinics with these arms; in each, so many patients more have one session that began low.

    Of an arm it is told who had 30 % less, and who had 2 points less.
    """
    moments, shares, of_arms = {}, {}, {}
    for number, told in enumerate(arms, 1):
        arm = uuid.UUID(int=number)
        shares |= {(arm, one): ShareSums.of(of) for one, of in zip(Threshold, told, strict=True)}
        each = [n for (n, _), patients in told[0].items() for _ in range(patients)]
        sums = [PatientSums(n, n) for n in [*each, *[1] * lower]]
        moments[arm, PAIN] = Moments.of(sums)
        every = moments[arm, PAIN].sessions
        of_arms[arm, PAIN] = Completeness(every, every)
    whole = sum(of_arms.values(), Completeness())
    patients = sum(one.patients for one in moments.values())
    units = {(HERE[0].pk, PAIN): UnitSums.of_alike(1, patients, patients, patients, patients)}
    scope = NetworkScope(HERE, date(2026, 2, 2))
    there = {(HERE[0].pk, PAIN): whole}
    return NetworkFigures(scope, moments, shares, units, of_arms, there, Planned({}, {}, {}))


def asked(found: NetworkFigures) -> Panel:
    return responded.panel(found, Withheld(found))


def rows(panel: Panel) -> list[list[str]]:
    (table,) = panel.parts
    assert isinstance(table, Table)
    return [[cell.words for cell in row] for row in table.rows]


LARGE: tuple[Patients, Patients] = {(2, 1): 30, (2, 0): 20}, {(2, 1): 40, (2, 0): 10}


def test_an_arm_has_its_shares_with_patients_and_sessions() -> None:
    found = asked(network(LARGE))
    told = ["X, arm-1", "50", "100", "30 (30 %)", "23 % to 37 %", "40 (40 %)", "34 % to 46 %"]
    assert rows(found) == [told]
    assert found.answer == (
        "By arm, of the sessions that began with pain of 4 or more: 30 % ended with at least 30 % "
        "less (1 arm); 40 % ended with at least 2 points less (1 arm)."
    )
    assert "Not shown" not in " ".join(found.notes)
    assert "cluster-robust variance" in found.notes[0]


def test_several_arms_are_told_from_the_least_to_the_most() -> None:
    more: Patients = {(1, 1): 45, (1, 0): 5}
    found = asked(network(LARGE, (more, more), ({(3, 3): 9}, {(3, 3): 9})))
    assert found.answer == (
        "By arm, of the sessions that began with pain of 4 or more: 30 % to 90 % ended with at "
        "least 30 % less (2 arms); 40 % to 90 % ended with at least 2 points less (2 arms)."
    )
    assert [row[3:] for row in rows(found)][2] == FEW * 2


@pytest.mark.parametrize(
    ("arm", "lower", "hidden"),
    [
        # Two sessions have 2 points less and not 30 %: both thresholds told would tell of them.
        (({(1, 1): 20, (1, 0): 20}, {(1, 1): 22, (1, 0): 18}), 40, {3}),
        # Three sessions had no less: by 2 points at least they follow from the sessions.
        (({(1, 1): 20, (1, 0): 20}, {(1, 1): 37, (1, 0): 3}), 40, {5}),
        # Three had 30 % less.
        (({(1, 1): 3, (1, 0): 37}, {(1, 1): 20, (1, 0): 20}), 40, {3}),
        # Two patients never began at 4 or more: the number of the others goes, the shares stay.
        (({(2, 1): 30, (2, 0): 20}, {(2, 1): 40, (2, 0): 10}), 0, set()),
    ],
)
def test_what_would_tell_of_a_few_is_not_shown(
    arm: tuple[Patients, Patients], lower: int, hidden: set[int]
) -> None:
    found = asked(network(arm, lower=lower))
    (row,) = rows(found)
    assert {n for n in (3, 5) if row[n] == "not shown"} == hidden
    assert ("Not shown: " in found.notes[0]) == bool(hidden)


def test_patients_who_never_began_high_are_not_given_away() -> None:
    """Two of 52: 50 would tell of them; the shares and the sessions stay."""
    there = network(LARGE, lower=0)
    arm = uuid.UUID(int=1)
    twice = Moments.of([PatientSums(2, 2)] * 50 + [PatientSums(5, 5)] * 2)
    every = {(arm, PAIN): Completeness(twice.sessions, twice.sessions)}
    of_clinic = {(HERE[0].pk, PAIN): every[arm, PAIN]}
    units = {(HERE[0].pk, PAIN): UnitSums.of_alike(1, 52, 52, 52, 52)}
    found = NetworkFigures(
        there.scope, {(arm, PAIN): twice}, there.responded, units, every, of_clinic, there.planned
    )
    (row,) = rows(asked(found))
    assert row[1:4] == ["not shown", "100", "30 (30 %)"]


def test_where_nothing_may_be_told_it_says_so() -> None:
    few: Patients = {(1, 1): 12, (1, 0): 1}
    found = asked(network((few, few)))
    assert found.answer == "How many sessions ended with clearly less pain is not shown."
    (row,) = rows(found)
    assert row[3:] == NOT_SHOWN * 2
    without = asked(network(({}, {})))
    assert without.answer.startswith("No arm has 10 patients with a session that began at 4")


def both(universe: Universe) -> None:
    clinics.add_member(
        clinic=universe.harbour, user=universe.supervisor.user, role=Role.SUPERVISOR,
        at=universe.now,
    )  # fmt: skip


@pytest.mark.parametrize("folded", [True, False])
def test_the_share_is_that_of_the_clinic_s_own_page(
    universe: Universe, client_as: Callable[[str], Client], *, folded: bool
) -> None:
    both(universe)
    for number in range(16):
        course = admit(universe, "open", "massage")
        for day, before, after in ((1, 8, 4), (2, 6, 6 - number % 2 * 3), (3, 2, 0)):
            universe.log(
                course, performed_at=universe.now - timedelta(days=day),
                before=ratings(pain=before), after=ratings(pain=after),
            )  # fmt: skip
    if folded:
        folding.fold(universe.now)
    scope = Scope((universe.birchwood,), first_at_first(universe.today), universe.today)
    sums = change_sums(scope).arms[universe.arm("open", "massage")][PAIN]
    mine = responders(BY_POINTS, sums.responded(BY_POINTS))
    where = reverse("dashboards:network_csv", args=["responded"])
    text = client_as("supervisor").get(where, {"protocol": "open"}).content.decode("utf-8-sig")
    _, told = [line for line in csv.reader(io.StringIO(text)) if len(line) == 7]
    assert told[1:4] == ["16", "32", f"{mine.hits} (75 %)"]
    assert (mine.hits, mine.sessions, mine.session_share) == (24, 32, 0.75)
    assert told[4] == "61 % to 89 %"
