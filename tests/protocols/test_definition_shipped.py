"""The shipped protocols say what the trials' abstracts say."""

import re

import pytest

from sessions_app.outcomes.adherence import Schedule
from sessions_app.protocols.definition import DEFINITIONS, ProtocolDefinition, load, load_all
from sessions_app.vocabulary.body_sites import PRESETS, BodySite
from sessions_app.vocabulary.pressure import Pressure
from sessions_app.vocabulary.roles import Role
from sessions_app.vocabulary.scales import Scale
from sessions_app.vocabulary.techniques import SIMPLE_TOUCH, Technique
from sessions_app.vocabulary.timepoints import TimePoint

SHIPPED = load_all()
BEFORE, DURING, AFTER = TimePoint.BEFORE, TimePoint.DURING, TimePoint.AFTER
NEXT_DAY = TimePoint.NEXT_DAY
each = pytest.mark.parametrize("one", SHIPPED, ids=lambda one: one.code)


def shipped(code: str) -> ProtocolDefinition:
    return load(DEFINITIONS / f"{code}.toml")


def asked(one: ProtocolDefinition, *, required: bool) -> set[tuple[Scale, TimePoint]]:
    chosen = (measure for measure in one.measures if measure.required is required)
    return {(measure.scale, point) for measure in chosen for point in measure.time_points}


def test_four_protocols_are_shipped() -> None:
    assert [one.code for one in SHIPPED] == ["foot-10", "jane-bone", "open", "rest"]


@pytest.mark.parametrize(
    ("code", "schedule", "arms"),
    [
        ("rest", Schedule(6, 14, 24, 30, 25, 35), ["massage", "touch"]),
        ("jane-bone", Schedule(3, 3, 16, 45, 37, 50), ["massage", "attention"]),
        ("foot-10", Schedule(3, 3, 16, 10, 5, 15), ["massage"]),
        ("open", Schedule(), ["massage"]),
    ],
)
def test_dose_and_arms(code: str, schedule: Schedule, arms: list[str]) -> None:
    one = shipped(code)
    assert one.schedule == schedule
    assert [arm.code for arm in one.arms] == arms


def test_rest_touch_is_still_hands_on_the_ten_places_by_volunteers() -> None:
    arm = shipped("rest").arm("touch")
    assert Role.VOLUNTEER in arm.roles
    assert arm.techniques == SIMPLE_TOUCH
    assert arm.sites == PRESETS["kutner_touch_ten"].sites
    assert (arm.minutes_per_site, arm.max_pressure) == (3, Pressure.RESTING)


def test_rest_massage_is_given_anywhere_by_therapists() -> None:
    arm = shipped("rest").arm("massage")
    assert arm.roles == {Role.THERAPIST, Role.SUPERVISOR}
    assert arm.techniques == {Technique.EFFLEURAGE, Technique.PETRISSAGE, Technique.TRIGGER_POINT}
    assert arm.sites is None
    assert arm.usual_sites == PRESETS["kutner_usual"].sites


def test_rest_asks_pain_and_mood_and_offers_the_counts() -> None:
    around = (BEFORE, AFTER)
    rest = shipped("rest")
    assert asked(rest, required=True) == {(s, p) for s in (Scale.PAIN, Scale.MOOD) for p in around}
    counted = (Scale.HEART_RATE, Scale.RESPIRATORY_RATE)
    assert asked(rest, required=False) == {(scale, p) for scale in counted for p in around}


def test_rest_checks_what_the_trial_checked() -> None:
    rest = shipped("rest")
    included = ["adult", "language", "advanced-cancer", "pain", "survival", "consent"]
    excluded = ["recent-massage", "anticoagulant", "platelets", "unstable-spine"]
    assert [question.code for question in rest.eligibility] == included
    assert [question.code for question in rest.exclusions] == excluded


def test_jane_asks_the_next_day_too_and_offers_during() -> None:
    jane = shipped("jane-bone")
    three = (Scale.PAIN, Scale.MOOD, Scale.RELAXATION)
    points = {(scale, p) for scale in three for p in (BEFORE, AFTER, NEXT_DAY)}
    assert asked(jane, required=True) == points | {(Scale.SLEEP, NEXT_DAY)}
    assert asked(jane, required=False) == {(scale, DURING) for scale in three}


def test_jane_massage_is_full_body_but_offers_no_intimate_site_first() -> None:
    arm = shipped("jane-bone").arm("massage")
    assert arm.sites is None
    assert {BodySite.HAND_LEFT, BodySite.CALF_RIGHT, BodySite.NECK_BACK} <= arm.usual_sites
    on_purpose = ("face", "breast", "chest", "abdomen", "groin", "buttock", "sternum")
    assert not [site for site in arm.usual_sites if site.startswith(on_purpose)]


def test_jane_attention_is_company_without_touch() -> None:
    arm = shipped("jane-bone").arm("attention")
    assert not arm.hands_on
    assert (arm.techniques, arm.sites, arm.max_pressure) == (frozenset(), frozenset(), None)


def test_jane_prints_no_result() -> None:
    jane = shipped("jane-bone")
    assert "none are shown" in jane.evidence_caveat
    assert not re.search(r"\d\.\d+ points|P [<=]|95 ?%", jane.summary + jane.evidence_caveat)


@each
def test_volunteers_give_simple_touch_only(one: ProtocolDefinition) -> None:
    given = [arm.techniques for arm in one.arms if Role.VOLUNTEER in arm.roles]
    assert all(techniques == SIMPLE_TOUCH for techniques in given)


@each
def test_the_caveat_is_carried_by_every_protocol(one: ProtocolDefinition) -> None:
    words = "uilt from the published abstracts and summaries; have a clinician check the paper"
    assert f"{words} before use" in one.evidence_caveat


@each
def test_every_protocol_with_a_trial_cites_it(one: ProtocolDefinition) -> None:
    assert bool(one.citation) == bool(one.doi) == (one.code != "open")


@each
def test_no_forbidden_word_is_printed(one: ProtocolDefinition) -> None:
    said = [one.title, one.summary, one.evidence_caveat]
    said += [arm.instructions + arm.who_may_give_text for arm in one.arms]
    said += [question.text for question in one.eligibility + one.exclusions]
    forbidden = r"\b(safe|effect|cures?|detox|proven|certified|lasts|due)\b"
    assert not re.search(forbidden, " ".join(said), re.IGNORECASE)
