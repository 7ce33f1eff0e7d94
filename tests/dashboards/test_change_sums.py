"""The sums made in SQL are the sums one gets by counting, patient by patient, by pure functions."""

from collections import Counter
from collections.abc import Iterable
from math import sqrt

import pytest

from sessions_app.dashboards.change_sums import ChangeSums, ScaleSums, change_sums
from sessions_app.dashboards.scope import Scope, first_at_first
from sessions_app.enrolments import actions as enrolments
from sessions_app.outcomes.bands import ScorePairs
from sessions_app.outcomes.responders import ResponderSums, Threshold, hits
from sessions_app.outcomes.student_t import student_t_quantile
from sessions_app.outcomes.summary import MINIMUM_PATIENTS, Moments, PatientSums
from sessions_app.vocabulary.reasons import MissingReason
from sessions_app.vocabulary.scales import Scale
from tests.dashboards.drawing import SCALES, admit
from tests.dashboards.ward import Told, a_ward, by_patient, in_scope, scopes
from tests.universe import Universe, care, ratings, still_touch


def usual(universe: Universe) -> Scope:
    return Scope((universe.birchwood,), first_at_first(universe.today), universe.today)


def of_arm(universe: Universe, protocol: str, arm: str, scale: Scale) -> ScaleSums:
    arms = change_sums(usual(universe)).arms
    return arms.get(universe.arm(protocol, arm), {}).get(scale, ScaleSums())


def counted(rows: list[Told], scale: Scale) -> tuple[Moments, int, Counter[MissingReason]]:
    """Count rows one by one: the moments, the sessions without both scores, and why."""
    reasons = Counter(reason for row in rows for reason in row.missing(scale))
    missing = sum(row.pair(scale) is None for row in rows)
    return Moments.of(by_patient(rows, scale).values()), missing, reasons


def responded(rows: Iterable[Told], threshold: Threshold) -> ResponderSums:
    """Count who had clearly less pain, patient by patient."""
    pairs: dict[object, list[tuple[int, int]]] = {}
    for row in rows:
        if pair := row.pair(Scale.PAIN):
            pairs.setdefault(row.patient, []).append(pair)
    return ResponderSums.of(hits(threshold, each) for each in pairs.values())


def told(sums: dict[Scale, ScaleSums], scale: Scale) -> tuple[Moments, int, Counter[MissingReason]]:
    found = sums.get(scale, ScaleSums())
    return found.moments, found.missing, found.missing_by_reason


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 20080916])
def test_the_sums_of_a_ward_drawn_by_lot_are_those_counted_one_by_one(
    universe: Universe, seed: int
) -> None:
    rows = a_ward(universe, seed)
    for name, scope in scopes(universe).items():
        _is_as_counted(change_sums(scope), scope, rows, name)


def _is_as_counted(found: ChangeSums, scope: Scope, rows: list[Told], name: str) -> None:
    arms = {row.arm for row in rows}
    for scale in SCALES:
        here = in_scope(scope, rows, scale)
        assert told(found.whole, scale) == counted(here, scale), name
        for arm in arms:
            of_it = [row for row in here if row.arm == arm]
            assert told(found.arms.get(arm, {}), scale) == counted(of_it, scale), name
    of_pain = in_scope(scope, rows, Scale.PAIN)
    pairs = [pair for row in of_pain if (pair := row.pair(Scale.PAIN))]
    assert found.pain_pairs == ScorePairs.of(Scale.PAIN, pairs), name
    for threshold in Threshold:
        whole = found.whole.get(Scale.PAIN, ScaleSums())
        assert whole.responded(threshold) == responded(of_pain, threshold), name
        for arm, sums in found.arms.items():
            of_it = [row for row in of_pain if row.arm == arm]
            mine = sums.get(Scale.PAIN, ScaleSums())
            assert mine.responded(threshold) == responded(of_it, threshold), name
    others = Counter(row.arm for row in in_scope(scope, rows) if not row.counted)
    assert found.left_out == others, name


@pytest.mark.slow
def test_the_mean_and_its_interval_are_those_of_the_formula(universe: Universe) -> None:
    """clinical.md, section 7: cluster-robust, patients are the clusters, t with G - 1."""
    rows = [row for row in a_ward(universe, 7) if row.counted]
    changes: dict[object, list[int]] = {}
    for row in rows:
        if (gained := row.change(Scale.PAIN)) is not None:
            changes.setdefault(row.patient, []).append(gained)
    everything = [one for each in changes.values() for one in each]
    mean, g = sum(everything) / len(everything), len(changes)
    spread = sum(sum(one - mean for one in each) ** 2 for each in changes.values())
    half = student_t_quantile(0.975, g - 1) * sqrt(g / (g - 1) * spread) / len(everything)
    found = change_sums(usual(universe)).whole[Scale.PAIN].change
    assert (found.patients, found.sessions) == (g, len(everything))
    assert (found.mean, found.low, found.high) == pytest.approx((mean, mean - half, mean + half))


@pytest.mark.parametrize("patients", [0, 1, MINIMUM_PATIENTS - 1, MINIMUM_PATIENTS])
def test_nothing_is_shown_of_fewer_than_ten_patients(universe: Universe, patients: int) -> None:
    for number in range(patients):
        course = admit(universe, "foot-10", "massage")
        universe.log(course, before=ratings(pain=5), after=ratings(pain=number % 5))
    change = of_arm(universe, "foot-10", "massage", Scale.PAIN).change
    assert change.is_shown is (patients >= MINIMUM_PATIENTS)
    assert change.patients == patients


def test_a_score_that_is_missing_is_counted_once_with_each_of_its_reasons(
    universe: Universe,
) -> None:
    course = admit(universe, "foot-10", "massage")
    asleep, declined = MissingReason.ASLEEP, MissingReason.DECLINED
    for before, after in ((5, asleep), (declined, asleep), (asleep, asleep), (0, 0)):
        universe.log(course, before=ratings(pain=before), after=ratings(pain=after))
    sums = of_arm(universe, "foot-10", "massage", Scale.PAIN)
    assert (sums.missing, sums.moments.sessions) == (3, 1)
    assert sums.missing_by_reason == {asleep: 3, declined: 1}


def test_a_patient_with_two_courses_in_one_arm_is_one_patient(universe: Universe) -> None:
    course = admit(universe, "rest", "touch")
    universe.log(course)
    ended = {"ended_on": universe.today, "reason": "begun anew", "by": universe.therapist}
    enrolments.end(course, **ended)
    again = enrolments.enrol(
        patient=course.patient, arm_id=course.arm_id, starts_on=universe.today, checklist={},
        by=universe.therapist,
    )  # fmt: skip
    universe.log(again)
    moments = of_arm(universe, "rest", "touch", Scale.PAIN).moments
    assert (moments.sessions, moments.patients) == (3, 2)


def test_a_patient_on_two_arms_is_one_of_all_patients(universe: Universe) -> None:
    before = change_sums(usual(universe)).whole[Scale.PAIN].moments
    course = admit(universe, "rest", "touch")
    universe.log(course, before=ratings(pain=6), after=ratings(pain=5))
    enrolments.end(course, ended_on=universe.today, reason="other arm", by=universe.therapist)
    arm_id = universe.arm("rest", "massage")
    other = enrolments.enrol(
        patient=course.patient, arm_id=arm_id, starts_on=universe.today,
        checklist=universe.checklist(arm_id), by=universe.therapist,
    )  # fmt: skip
    universe.log(other, before=ratings(pain=6), after=ratings(pain=2))
    moments = change_sums(usual(universe)).whole[Scale.PAIN].moments
    assert moments == before + Moments.of([PatientSums(2, 5)])


@pytest.mark.parametrize(
    ("arm", "by", "left_out"),
    [
        ("massage", "volunteer", 1), ("massage", "therapist", 0), ("massage", "supervisor", 0),
        ("touch", "volunteer", 0),
    ],
)  # fmt: skip
def test_a_session_of_another_role_is_given_but_stands_in_no_mean(
    universe: Universe, arm: str, by: str, left_out: int
) -> None:
    arm_id, before = universe.arm("rest", arm), change_sums(usual(universe))
    member = getattr(universe, by)
    after = ratings(pain=MissingReason.ASLEEP, mood=6)
    universe.log(admit(universe, "rest", arm), care=still_touch(), by=member, after=after)
    found = change_sums(usual(universe))
    assert found.left_out[arm_id] == left_out
    counted = 1 - left_out
    assert found.arms[arm_id][Scale.PAIN].missing == counted
    mood = found.arms[arm_id][Scale.MOOD].moments.sessions
    assert mood == before.arms[arm_id][Scale.MOOD].moments.sessions + counted


def test_another_clinics_sessions_are_in_no_sum(universe: Universe) -> None:
    there = Scope((universe.harbour,), first_at_first(universe.today), universe.today)
    harbour = change_sums(there)
    assert [one[Scale.PAIN].moments.sessions for one in harbour.arms.values()] == [1]
    universe.log(universe.bruno_course, care=care())
    assert change_sums(there) == harbour
    both = Scope((universe.birchwood, universe.harbour), there.first, there.last)
    here = change_sums(usual(universe)).whole[Scale.PAIN].moments
    assert change_sums(both).whole[Scale.PAIN].moments == here + harbour.whole[Scale.PAIN].moments


def test_a_session_in_progress_has_no_share_in_the_change(universe: Universe) -> None:
    before = change_sums(usual(universe))
    universe.start(universe.bruno_course)
    assert change_sums(usual(universe)) == before
