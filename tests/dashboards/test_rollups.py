"""The sums made in SQL are the sums one gets by counting, patient by patient."""

import random
from collections import defaultdict
from datetime import timedelta
from math import sqrt

import pytest

from sessions_app.dashboards.rollups import ArmSums, ScaleSums, arms_of
from sessions_app.enrolments import actions as enrolments
from sessions_app.outcomes.student_t import student_t_quantile
from sessions_app.outcomes.summary import MINIMUM_PATIENTS, Moments, PatientSums
from sessions_app.sessions.models import Score, Session
from sessions_app.vocabulary.reasons import MissingReason
from sessions_app.vocabulary.scales import Scale
from tests.dashboards.drawing import SCALES, Counted, admit, draw
from tests.universe import Universe, care, ratings, still_touch

ARMS = (("rest", "massage", 12), ("rest", "touch", 7), ("jane-bone", "massage", 3))
Clinic = dict[object, Counted]


def a_ward_by_lot(universe: Universe, seed: int) -> Clinic:
    """Admit patients to three arms, draw sessions for them by lot, and count each one."""
    lot: random.Random = random.Random(seed)  # noqa: S311 - no secret
    counted: Clinic = defaultdict(Counted)
    for protocol, arm, number in ARMS:
        courses = [admit(universe, protocol, arm) for _ in range(number)]
        for _ in range(number * 3):
            course = lot.choice(courses)
            draw(universe, course, counted[course.arm_id], lot)
    return counted


def in_arm(universe: Universe, protocol: str, arm: str) -> ArmSums:
    wanted = universe.arm(protocol, arm)
    return next(one for one in arms_of(universe.birchwood.pk) if one.arm_id == wanted)


def counted_first(universe: Universe) -> dict[object, ArmSums]:
    return {one.arm_id: one for one in arms_of(universe.birchwood.pk)}


@pytest.mark.parametrize("seed", [1, pytest.param(20080916, marks=pytest.mark.slow)])
def test_the_sums_of_a_ward_drawn_by_lot_are_those_counted_one_by_one(
    universe: Universe, seed: int
) -> None:
    already = counted_first(universe)
    counted = a_ward_by_lot(universe, seed)
    enrolled = {universe.arm(protocol, arm): number for protocol, arm, number in ARMS}
    for arm in arms_of(universe.birchwood.pk):
        old, new = already.get(arm.arm_id, ArmSums(arm.arm_id)), counted[arm.arm_id]
        assert arm.patients - old.patients == len(new.patients)
        assert arm.enrolled - old.enrolled == enrolled.get(arm.arm_id, 0)
        assert arm.given - old.given == new.given
        assert arm.in_progress - old.in_progress == new.in_progress
        assert arm.not_given - old.not_given == new.not_given.total()
        assert arm.reasons == dict(new.not_given)
        for scale in SCALES:
            before = old.scales.get(scale, ScaleSums()).moments
            drawn = Moments.of(PatientSums.of(one) for one in new.changes[scale].values())
            found = arm.scales.get(scale, ScaleSums())
            assert (found.moments, found.missing) == (before + drawn, new.missing[scale])


def test_the_mean_and_its_interval_are_those_of_the_formula(universe: Universe) -> None:
    """clinical.md, section 7: cluster-robust, patients are the clusters, t with G - 1."""
    lot = random.Random(7)  # noqa: S311 - no secret
    per_patient = []
    for _ in range(MINIMUM_PATIENTS + 2):
        course = admit(universe, "foot-10", "massage")
        pairs = [(lot.randint(0, 10), lot.randint(0, 10)) for _ in range(lot.randint(1, 4))]
        for before, after in pairs:
            universe.log(course, before=ratings(pain=before), after=ratings(pain=after))
        per_patient.append([before - after for before, after in pairs])
    everything = [one for changes in per_patient for one in changes]
    mean, g = sum(everything) / len(everything), len(per_patient)
    spread = sum(sum(one - mean for one in changes) ** 2 for changes in per_patient)
    half = student_t_quantile(0.975, g - 1) * sqrt(g / (g - 1) * spread) / len(everything)
    found = in_arm(universe, "foot-10", "massage").scales[Scale.PAIN].change
    assert (found.patients, found.sessions) == (g, len(everything))
    assert (found.mean, found.low, found.high) == pytest.approx((mean, mean - half, mean + half))


@pytest.mark.parametrize("patients", [MINIMUM_PATIENTS - 1, MINIMUM_PATIENTS])
def test_nothing_is_shown_of_fewer_than_ten_patients(universe: Universe, patients: int) -> None:
    for number in range(patients):
        course = admit(universe, "foot-10", "massage")
        universe.log(course, before=ratings(pain=5), after=ratings(pain=number % 5))
    change = in_arm(universe, "foot-10", "massage").scales[Scale.PAIN].change
    assert change.is_shown is (patients >= MINIMUM_PATIENTS)
    assert change.patients == patients


def test_a_score_that_is_missing_is_counted_once_with_each_of_its_reasons(
    universe: Universe,
) -> None:
    course = admit(universe, "foot-10", "massage")
    asleep, declined = MissingReason.ASLEEP, MissingReason.DECLINED
    for before, after in ((5, asleep), (declined, asleep), (asleep, asleep), (0, 0)):
        universe.log(course, before=ratings(pain=before), after=ratings(pain=after))
    sums = in_arm(universe, "foot-10", "massage").scales[Scale.PAIN]
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
    arm = in_arm(universe, "rest", "touch")
    assert (arm.patients, arm.given, arm.scales[Scale.PAIN].moments.patients) == (2, 3, 2)


def test_an_arm_with_patients_and_no_session_is_there(universe: Universe) -> None:
    admit(universe, "foot-10", "massage")
    arm = in_arm(universe, "foot-10", "massage")
    assert (arm.enrolled, arm.patients, arm.given, arm.not_given) == (1, 0, 0, 0)
    open_arm = in_arm(universe, "open", "massage")
    universe.start(admit(universe, "open", "massage"))
    assert in_arm(universe, "open", "massage").patients == open_arm.patients == 0


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
    before = in_arm(universe, "rest", arm)
    member = getattr(universe, by)
    after = ratings(pain=MissingReason.ASLEEP, mood=6)
    universe.log(admit(universe, "rest", arm), care=still_touch(), by=member, after=after)
    found = in_arm(universe, "rest", arm)
    assert (found.given, found.by_another_role) == (before.given + 1, left_out)
    assert found.patients == before.patients + 1
    counted = 1 - left_out
    assert found.scales[Scale.PAIN].missing == counted
    mood = found.scales[Scale.MOOD].moments.sessions
    assert mood == before.scales[Scale.MOOD].moments.sessions + counted


def test_another_clinics_sessions_are_in_no_sum(universe: Universe) -> None:
    harbour = arms_of(universe.harbour.pk)
    assert [(arm.patients, arm.given) for arm in harbour] == [(1, 1)]
    universe.log(universe.bruno_course, care=care())
    assert arms_of(universe.harbour.pk) == harbour


def test_a_session_in_progress_has_no_share_in_the_change(universe: Universe) -> None:
    before = in_arm(universe, "rest", "touch").scales[Scale.PAIN]
    universe.start(universe.bruno_course)
    arm = in_arm(universe, "rest", "touch")
    assert arm.scales[Scale.PAIN] == before
    assert arm.in_progress == 1


def test_a_session_beyond_a_limit_is_counted_as_flagged(universe: Universe) -> None:
    firm = care(pressures={next(iter(care().pressures)): 5})
    when = universe.now - timedelta(hours=3)
    answers = universe.answers(universe.bruno_course, firm, when=when, reason="he asked for it")
    universe.log(universe.bruno_course, care=firm, answers=answers, performed_at=when)
    assert in_arm(universe, "rest", "touch").flagged == Session.objects.beyond_limits().count() == 1
    assert Score.objects.filter(session__limit_broken=True).count() == 2
