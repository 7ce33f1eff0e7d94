"""The invented patients: as many as promised, believable, and the same again."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from sessions_app.demo.places import PLACES
from sessions_app.demo.population import HALF_A_YEAR
from sessions_app.demo.stories import MASSAGE, TOUCH, Arm, known
from sessions_app.outcomes.adherence import GivenSession
from sessions_app.outcomes.labels import Label, labels
from sessions_app.outcomes.published import PUBLISHED, PublishedResult
from sessions_app.safety.assess import assess
from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.records import PatientStatus
from sessions_app.vocabulary.roles import Role
from sessions_app.vocabulary.scales import Scale
from sessions_app.vocabulary.techniques import SIMPLE_TOUCH
from tests.demo import drawn

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
EVERY_MOMENT = pytest.mark.parametrize("now", drawn.MOMENTS.values(), ids=drawn.MOMENTS)


@EVERY_MOMENT
def test_there_are_about_120_patients_and_900_sessions(now: datetime) -> None:
    told = drawn.stories(now)
    assert len(told) == 120
    assert 860 <= sum(1 for _ in drawn.sessions(told)) <= 960


@EVERY_MOMENT
@pytest.mark.parametrize("printed", PUBLISHED, ids=lambda one: f"{one.arm} {one.scale}")
def test_mean_changes_lie_near_the_published_ones(now: datetime, printed: PublishedResult) -> None:
    arm = (printed.protocol, printed.arm)
    mean = drawn.mean_change(drawn.stories(now), arm, printed.scale)
    assert mean == pytest.approx(printed.mean_change, abs=0.35)


@EVERY_MOMENT
def test_nothing_was_recorded_before_the_half_year_or_after_now(now: datetime) -> None:
    for story in drawn.stories(now):
        first = now - timedelta(days=HALF_A_YEAR + 2)
        moments = [story.registered_at, *(fact.recorded_at for fact in story.facts)]
        moments += [course.enrolled_at for course in story.courses]
        for course in story.courses:
            for one in course.sessions:
                moments += [one.performed_at]
                moments += [] if one.under_way else [one.recorded_at]
                moments += [later.measured_at + timedelta(minutes=4) for later in one.follow_ups]
        moments += [story.left_at] if story.left_at else []
        assert first <= min(moments), story.chart_number
        assert max(moments) <= now, story.chart_number


@EVERY_MOMENT
def test_one_session_is_under_way_and_others_wait_for_their_gap(now: datetime) -> None:
    every = [one for *_, one in drawn.sessions(drawn.stories(now))]
    assert sum(one.under_way for one in every) == 1
    fresh = [one for one in every if now - one.performed_at <= timedelta(hours=4)]
    assert len(fresh) >= 4
    assert not [one for one in fresh if one.not_given]


@pytest.mark.parametrize("hash_seed", ["1", "2"])
def test_the_same_seed_and_moment_tell_the_same_in_every_process(hash_seed: str) -> None:
    code = (
        "import django; django.setup(); from tests.demo import drawn; "
        "print(drawn.fingerprint(drawn.stories()))"
    )
    surroundings = os.environ | {
        "PYTHONHASHSEED": hash_seed,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT, env=surroundings, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == drawn.fingerprint(drawn.stories())


def test_another_seed_tells_something_else() -> None:
    assert drawn.fingerprint(drawn.stories()) != drawn.fingerprint(drawn.stories(seed=1))


def test_scores_are_missing_and_sessions_not_given_about_as_often_as_in_life() -> None:
    told = drawn.stories()
    missing = [first.missing or second.missing for _, _, first, second in drawn.pairs(told)]
    assert 0.04 <= sum(map(bool, missing)) / len(missing) <= 0.08
    reasons = [one.not_given for *_, one in drawn.sessions(told)]
    assert 0.12 <= sum(map(bool, reasons)) / len(reasons) <= 0.18
    assert len(set(reasons)) >= 8


def test_scores_are_whole_numbers_in_the_range_of_their_scale() -> None:
    for _, _, one in drawn.sessions(drawn.stories()):
        for ratings in (one.before, one.after):
            for scale, rating in ratings.items():
                assert rating.value is None or scale.allows(rating.value)
    before = [first.value for _, scale, first, _ in drawn.pairs(drawn.stories()) if scale == "pain"]
    assert min(score for score in before if score is not None) >= 4


def test_zero_is_among_the_scores_after_a_session() -> None:
    after = [second.value for _, scale, _, second in drawn.pairs(drawn.stories())]
    assert 0 in after


def test_only_sessions_meant_to_break_a_limit_break_one() -> None:
    broken = 0
    for story, _, one in drawn.sessions(drawn.stories()):
        if one.not_given is None:
            facts, day = known(story.facts, one.performed_at), one.performed_at.date()
            verdict = assess(facts, one.care.planned(), day, planning=False)
            assert not (one.staged and (verdict.breaks or verdict.stops))
            broken += any("G1" not in each.rules for each in verdict.breaks)
    assert 5 <= broken <= 30


@EVERY_MOMENT
def test_frail_patients_mostly_get_the_whole_half_hour_and_it_is_said_why(now: datetime) -> None:
    frail, longer = 0, 0
    for story, _, one in drawn.sessions(drawn.stories(now)):
        facts = known(story.facts, one.performed_at)
        if one.not_given is None and facts.of(FactKind.CACHEXIA):
            breaks = assess(facts, one.care.planned(), one.performed_at.date()).breaks
            frail += 1
            longer += any("G1" in each.rules for each in breaks)
    assert frail >= 22
    assert 0.83 * frail < longer < frail


def test_volunteers_keep_their_hands_still() -> None:
    by_volunteers = [
        one
        for *_, one in drawn.sessions(drawn.stories())
        if one.giver.role is Role.VOLUNTEER and one.not_given is None
    ]
    assert len(by_volunteers) > 100
    assert all(one.care.techniques == SIMPLE_TOUCH for one in by_volunteers)
    assert not any(any(one.care.pressures.values()) for one in by_volunteers)


@pytest.mark.parametrize("arm", [MASSAGE, TOUCH])
def test_sessions_on_the_trial_s_arms_keep_its_schedule(arm: Arm) -> None:
    schedule = drawn.PROTOCOLS["rest"].schedule
    found: list[Label] = []
    for story, course in drawn.courses(drawn.stories()):
        given = [
            GivenSession(one.performed_at, one.care.minutes)
            for one in course.sessions
            if course.arm == arm and one.not_given is None
        ]
        zone = ZoneInfo(story.place.time_zone)
        for each in labels(schedule, None, None, course.starts_on, given, zone):
            found += each
    assert found.count(Label.IN_WINDOW) / (len(found) or 1) > 0.95
    assert Label.BEYOND_NUMBER not in found


def test_every_kind_of_fact_is_told_and_some_have_ended() -> None:
    facts = [fact for story in drawn.stories() for fact in story.facts]
    assert {fact.kind for fact in facts} >= {
        FactKind.BONE_METASTASIS,
        FactKind.OTHER_METASTASIS,
        FactKind.LYMPH_NODES,
        FactKind.DEVICE,
        FactKind.PLATELETS,
        FactKind.MYELOSUPPRESSIVE_THERAPY,
        FactKind.LIMB_CLOT_SIGNS,
        FactKind.CONSENT,
    }
    assert any(fact.ended_on for fact in facts)
    assert any(story.none_of for story in drawn.stories())
    for story in drawn.stories():
        assert not {fact.kind for fact in story.facts} & set(story.none_of)
    consented = sum(
        any(fact.kind is FactKind.CONSENT for fact in story.facts) for story in drawn.stories()
    )
    assert 115 <= consented < 120


def test_patients_in_care_have_a_room_of_their_own_and_no_chart_number_comes_twice() -> None:
    told = drawn.stories()
    assert len({(one.place.slug, one.chart_number) for one in told}) == len(told)
    running = [one for one in told for course in one.courses if course.ended_on is None]
    beds = [(one.place.slug, one.ward, one.room) for one in running if one.room != "visit"]
    assert len(beds) == len(set(beds))


def test_cancers_fit_the_patient_who_has_them() -> None:
    for story in drawn.stories():
        assert story.illness.woman in (None, story.name.woman)
        assert story.left_at is None or story.left_as is not PatientStatus.ACTIVE
        if any(course.arm[0] == "jane-bone" for course in story.courses):
            assert story.illness.bones, "bone pain wants a cancer that spreads to bone"


def test_two_clinics_keep_summer_time_and_one_does_not() -> None:
    summer, winter = datetime(2026, 7, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)
    zones = [ZoneInfo(place.time_zone) for place in PLACES]
    changing = [summer.astimezone(z).utcoffset() != winter.astimezone(z).utcoffset() for z in zones]
    assert changing == [True, True, False]


@pytest.mark.parametrize("scale", [Scale.PAIN, Scale.MOOD])
def test_massage_moves_scores_further_than_still_touch_as_printed(scale: Scale) -> None:
    told = drawn.stories()
    assert drawn.mean_change(told, MASSAGE, scale) > drawn.mean_change(told, TOUCH, scale)
