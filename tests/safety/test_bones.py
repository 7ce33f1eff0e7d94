"""B1, B2, B3: bone metastases."""

import pytest

from sessions_app.safety.assess import assess, limits
from sessions_app.safety.situation import PlannedSession
from sessions_app.vocabulary.body_sites import ALL_SITES, BodySite
from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.severity import Level
from sessions_app.vocabulary.techniques import Technique
from tests.safety.making import TODAY, ago, fact, facts, found, only, platelets

BONE = FactKind.BONE_METASTASIS
HIP = fact(BONE, BodySite.HIP_LEFT, BodySite.SPINE_THORACIC, days=18, source="CT report")
UNKNOWN = fact(BONE, days=18)
ON_HIP = PlannedSession(pressures={BodySite.HIP_LEFT: 0, BodySite.HAND_LEFT: 1})


def test_named_sites_are_out_of_contact_and_the_rest_is_light() -> None:
    by_site = limits(facts(HIP), TODAY)
    assert (by_site[BodySite.HIP_LEFT].ceiling, by_site[BodySite.HIP_LEFT].reasons) == (-1, ("B1",))
    assert by_site[BodySite.HIP_RIGHT].ceiling == 2
    assert by_site[BodySite.HIP_RIGHT].reasons == ("B1", "PC")


def test_the_reminder_names_sites_date_and_source() -> None:
    finding = only(found("B1", HIP))
    assert finding.level is Level.CONFIRM
    assert finding.message == (
        "Bone metastasis: thoracic spine · left hip (3 Nov 2026; CT report)."
    )
    assert finding.facts == (HIP,)
    assert finding.forbidden_techniques == {Technique.JOINT_ROTATION, Technique.TRIGGER_POINT}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (fact(BONE, BodySite.HIP_LEFT, days=1, until=ago(0)), "(20 Nov 2026; chart)"),
        (
            fact(BONE, BodySite.HIP_LEFT, days=9, until=ago(1)),
            "last confirmed on 12 Nov 2026, ask whether still so",
        ),
        (
            fact(BONE, BodySite.HIP_LEFT, days=-2),
            "dated 23 Nov 2026, which is still to come: check the date",
        ),
    ],
    ids=["last day", "past its date", "dated ahead"],
)
def test_age_and_future_dates_never_lift_the_limit(given, words: str) -> None:
    assert words in only(found("B1", given)).message
    assert limits(facts(given), TODAY)[BodySite.HIP_LEFT].ceiling == -1


def test_sites_add_up_over_several_facts() -> None:
    finding = only(found("B1", HIP, fact(BONE, BodySite.STERNUM)))
    assert finding.sites == {BodySite.HIP_LEFT, BodySite.SPINE_THORACIC, BodySite.STERNUM}
    assert len(finding.facts) == 2


@pytest.mark.parametrize(
    ("planning", "level", "word"),
    [(True, Level.STOP, "Planned"), (False, Level.CONFIRM, "Touched")],
)
def test_touching_a_site_to_avoid_stops_a_plan_and_flags_a_record(planning, level, word) -> None:
    elsewhere = fact(BONE, BodySite.STERNUM)
    verdict = assess(facts(HIP, elsewhere), ON_HIP, TODAY, planning=planning)
    b2 = only(f for f in verdict.findings if f.rule == "B2")
    assert (b2.level, b2.sites, b2.facts) == (level, {BodySite.HIP_LEFT}, (HIP,))
    assert b2.message == f"{word} at a site to avoid: left hip."
    (broken,) = verdict.breaks
    assert (broken.site, broken.chosen, broken.limit) == (BodySite.HIP_LEFT, 0, -1)
    assert broken.words == "left hip: pressure 0, limit no contact (B1)"


@pytest.mark.parametrize("plan", [None, PlannedSession(pressures={BodySite.HAND_LEFT: 2})])
def test_a_session_that_keeps_off_is_not_flagged(plan) -> None:
    verdict = assess(facts(HIP), plan, TODAY)
    assert "B2" not in {finding.rule for finding in verdict.findings}
    assert verdict.breaks == ()


def test_unknown_sites_stop_and_leave_no_site_to_touch() -> None:
    finding = only(found("B3", UNKNOWN))
    assert finding.level is Level.STOP
    assert finding.message == "Bone metastasis: place not recorded (3 Nov 2026; chart)."
    assert {at.ceiling for at in limits(facts(UNKNOWN), TODAY).values()} == {-1}
    assert finding.sites == ALL_SITES


def test_named_and_unknown_sites_together_speak_both() -> None:
    assert only(found("B1", HIP, UNKNOWN)).facts == (HIP,)
    assert only(found("B3", HIP, UNKNOWN)).facts == (UNKNOWN,)


@pytest.mark.parametrize("rule_id", ["B1", "B2", "B3"])
def test_without_bone_metastasis_nothing_is_said(rule_id: str) -> None:
    assert found(rule_id, platelets(80_000), fact(FactKind.OTHER_METASTASIS)) == []
