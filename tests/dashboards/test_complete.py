"""How complete the data are: the sums made in SQL are those of the pure functions on plain rows."""

from datetime import datetime, timedelta

import pytest

from sessions_app.dashboards.complete_sums import ScaleComplete, complete_sums
from sessions_app.dashboards.links import Links
from sessions_app.dashboards.panel import Table
from sessions_app.dashboards.panels import complete
from sessions_app.dashboards.scope import Scope, first_at_first
from sessions_app.outcomes.completeness import (
    Completeness,
    RatedBy,
    SensitivitySums,
    WithoutAfter,
    is_late,
)
from sessions_app.outcomes.summary import Moments, PatientSums
from sessions_app.vocabulary.reasons import MissingReason
from sessions_app.vocabulary.scales import Scale
from tests.dashboards.drawing import SCALES, admit
from tests.dashboards.ward import Told, a_ward, by_patient, in_scope, scopes
from tests.universe import Universe, ratings


def completeness(universe: Universe, rows: list[Told], scale: Scale) -> Completeness:
    found = Completeness()
    for row in rows:
        before, after = row.before[scale].missing, row.after[scale].missing
        found += Completeness(
            1, int(row.pair(scale) is not None), int(is_late(row.at, recorded(universe, row))),
            {before: 1} if before else {}, {after: 1} if after else {},
        )  # fmt: skip
    return found


def recorded(universe: Universe, row: Told) -> datetime:
    """Return when a session was written down: those of the world soon after, the others now."""
    first = (one.recorded_at for one in universe.sessions.values() if one.performed_at == row.at)
    return next(first, universe.now + timedelta(minutes=5))


def what_if(rows: list[Told], scale: Scale) -> SensitivitySums:
    whole = by_patient(rows, scale)
    gaps: dict[object, WithoutAfter] = {}
    for row in rows:
        before, after = row.before[scale].value, row.after[scale].value
        if before is not None and after is None:
            gaps[row.patient] = gaps.get(row.patient, WithoutAfter()) + WithoutAfter(1, before)
    everyone = {**dict.fromkeys(gaps), **dict.fromkeys(whole)}
    pairs = [
        (whole.get(one, PatientSums(0, 0)), gaps.get(one, WithoutAfter()))  # type: ignore[call-overload]
        for one in everyone
    ]
    return SensitivitySums.of(scale, pairs)


def raters(rows: list[Told], scale: Scale) -> dict[RatedBy, Moments]:
    found = {
        who: Moments.of(by_patient(rows, scale, lambda row, w=who: row.rated(scale) is w).values())
        for who in RatedBy
    }
    return {who: moments for who, moments in found.items() if moments.sessions}


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 20080916])
def test_the_sums_are_those_counted_one_by_one(universe: Universe, seed: int) -> None:
    rows = a_ward(universe, seed)
    for name, scope in scopes(universe).items():
        found = complete_sums(scope)
        for scale in SCALES:
            here = in_scope(scope, rows, scale)
            sums = found.get(scale, ScaleComplete())
            assert sums.found == completeness(universe, here, scale), name
            assert sums.what_if == what_if(here, scale), name
            assert sums.raters == raters(here, scale), name


def usual(universe: Universe) -> Scope:
    return Scope((universe.birchwood,), first_at_first(universe.today), universe.today)


def shown(universe: Universe) -> complete.Panel:
    scope = usual(universe)
    return complete.panel(scope, Links(scope, may_follow=True))


@pytest.mark.parametrize(("more", "hidden"), [(0, True), (6, True), (7, False)])
def test_means_need_ten_patients(universe: Universe, more: int, hidden: bool) -> None:
    universe.log(universe.ada_course, after=ratings(pain=MissingReason.ASLEEP, mood=5))
    for _ in range(more):  # beside the three of the world
        universe.log(admit(universe, "rest", "massage"))
    panel = shown(universe)
    raters = panel.parts[-1]
    assert isinstance(raters, Table)
    words = [cell.words for row in raters.rows for cell in row]
    assert ("needs 10 patients" in words) is hidden
    plot = next(one for one in panel.flat if "what if" in one.title)
    told = f"Pain: needs 10 patients with both scores; you have {3 + more}."
    assert plot.lacking == (told if hidden else "")  # type: ignore[union-attr]


def test_much_missing_is_said_beside_the_question(universe: Universe) -> None:
    assert shown(universe).badge == ""
    universe.log(universe.bruno_course, after=ratings(pain=MissingReason.ASLEEP, mood=5))
    panel = shown(universe)
    assert panel.badge == complete.MUCH
    assert panel.answer.startswith("Pain: both scores are there for 3 of 4 given sessions (75 %)")
    assert "More than a fifth lack a score" in panel.answer


def test_one_in_five_is_not_yet_much(universe: Universe) -> None:
    universe.log(universe.bruno_course)
    universe.log(universe.bruno_course, after=ratings(pain=MissingReason.ASLEEP, mood=5))
    assert shown(universe).badge == ""


def test_an_empty_time_says_so(universe: Universe) -> None:
    before = universe.today - timedelta(days=400)
    scope = Scope((universe.birchwood,), before, before)
    panel = complete.panel(scope, Links(scope, may_follow=True))
    assert panel.answer == "No session was given in this time."
    assert panel.parts == ()
