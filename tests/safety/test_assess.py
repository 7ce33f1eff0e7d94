"""Facts that decide, verdicts, breaks and digests."""

from decimal import Decimal

import pytest

from sessions_app.safety.assess import assess, limits
from sessions_app.safety.findings import Finding, ceiling_words
from sessions_app.safety.situation import PlannedSession
from sessions_app.safety.thresholds import Bounds
from sessions_app.safety.verdict import Break, Verdict
from sessions_app.vocabulary.body_sites import BodySite
from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.severity import Evidence, Level
from sessions_app.vocabulary.techniques import Technique
from tests.safety.making import TODAY, ago, fact, facts, platelets

CONSENT = fact(FactKind.CONSENT, value=1)
PORT = fact(FactKind.DEVICE, BodySite.CHEST_LEFT)
HIP = fact(FactKind.BONE_METASTASIS, BodySite.HIP_LEFT)
FIRM = PlannedSession(
    frozenset({Technique.PETRISSAGE, Technique.JOINT_ROTATION}),
    {BodySite.HIP_LEFT: 1, BodySite.HAND_LEFT: 3, BodySite.FACE: 2},
)


def test_a_fact_is_current_through_its_last_day() -> None:
    assert [fact(FactKind.DEVICE, until=ago(d)).is_current(TODAY) for d in (-1, 0, 1)] == [
        *(True, True),
        False,
    ]
    assert fact(FactKind.DEVICE).is_current(TODAY)


def test_the_newest_decides_and_on_one_day_the_worse() -> None:
    low, high, old = platelets(9_000), platelets(90_000), platelets(1_000, days=5)
    assert facts(high, low, old).deciding(FactKind.PLATELETS, TODAY) == low
    assert facts(platelets(None)).deciding(FactKind.PLATELETS, TODAY) is None
    assert facts().deciding(FactKind.CONSENT, TODAY) is None
    refused = fact(FactKind.CONSENT, value=0)
    assert facts(CONSENT, refused).deciding(FactKind.CONSENT, TODAY) == refused


def test_of_returns_the_facts_of_a_kind_oldest_first() -> None:
    older = fact(FactKind.DEVICE, BodySite.HAND_LEFT, days=9)
    assert facts(PORT, HIP, older).of(FactKind.DEVICE) == (older, PORT)


def test_with_nothing_recorded_only_consent_and_the_usual_ceiling_speak() -> None:
    verdict = assess(facts(), None, TODAY)
    assert [finding.rule for finding in verdict.findings] == ["X1", "PC"]
    assert verdict.level is Level.STOP
    assert [finding.rule for finding in verdict.stops] == ["X1"]


def test_findings_come_strongest_first() -> None:
    verdict = assess(facts(PORT, HIP, platelets(9_000)), None, TODAY)
    assert [f.rule for f in verdict.findings] == ["H1", "X1", "B1", "D1"]
    assert [f.rule for f in verdict.confirms] == ["B1", "D1"]


def test_what_the_session_breaks_comes_in_the_catalogues_order() -> None:
    verdict = assess(facts(HIP), FIRM, TODAY)
    assert [finding.rule for finding in verdict.findings] == ["B2", "X1", "B1", "PC"]


def test_breaks_name_sites_head_to_foot_then_techniques() -> None:
    verdict = assess(facts(CONSENT, HIP), FIRM, TODAY)
    assert [(b.what, b.chosen, b.limit, b.rules) for b in verdict.breaks] == [
        (BodySite.HAND_LEFT, 3, 2, ("B1", "PC")),
        (BodySite.HIP_LEFT, 1, -1, ("B1",)),
        (Technique.JOINT_ROTATION, None, None, ("B1",)),
    ]


def test_a_session_at_the_limit_breaks_nothing() -> None:
    by_site = limits(facts(HIP, PORT), TODAY)
    at_limit = {site: at.ceiling for site, at in by_site.items() if at.ceiling >= 0}
    plan = PlannedSession(frozenset({Technique.EFFLEURAGE}), at_limit, 30)
    assert assess(facts(HIP, PORT), plan, TODAY).breaks == ()


def test_the_strictest_rule_wins_and_is_named() -> None:
    nodes = fact(FactKind.LYMPH_NODES, BodySite.AXILLA_LEFT)
    by_site = limits(facts(nodes, PORT, platelets(30_000)), TODAY)
    assert by_site[BodySite.CHEST_LEFT].reasons == ("D1",)
    assert by_site[BodySite.HAND_LEFT].reasons == ("H3", "L1")
    assert by_site[BodySite.HAND_RIGHT].reasons == ("H3",)


@pytest.mark.parametrize(
    ("ceiling", "words"),
    [(-1, "no contact"), (0, "still hands only"), (1, "up to pressure 1"), (5, "up to pressure 5")],
)
def test_ceilings_in_words(ceiling: int, words: str) -> None:
    assert ceiling_words(ceiling) == words


def test_an_empty_verdict_is_for_information() -> None:
    assert Verdict((), {}).level is Level.INFORM


def test_the_digest_is_the_same_in_every_process() -> None:
    stands_on = ("Source.", Evidence.DESIGN, False, ())
    words = ("B1", 1, "Title", "Reason.", "Adaptation.", *stands_on)
    finding = Finding(*words, Level.CONFIRM, "Message.", facts=(HIP, PORT))
    broken = Break(BodySite.HIP_LEFT, 1, -1, ("B1",))
    assert Verdict((finding,), {}, (broken,)).digest() == "2f95b75efee46c4e"
    assert Verdict((finding._replace(version=2),), {}, (broken,)).digest() != "2f95b75efee46c4e"


@pytest.mark.parametrize(
    ("each", "plan"),
    [
        ((CONSENT, HIP, PORT), FIRM),
        ((CONSENT, fact(FactKind.BONE_METASTASIS, BodySite.HIP_RIGHT)), FIRM),
        ((CONSENT, HIP), None),
        (
            (CONSENT, HIP),
            PlannedSession(FIRM.techniques, {**FIRM.pressures, BodySite.HAND_LEFT: 4}),
        ),
    ],
    ids=["a fact more", "another fact", "no session", "firmer"],
)
def test_the_digest_changes_with_what_is_shown(each, plan) -> None:
    shown = assess(facts(CONSENT, HIP), FIRM, TODAY).digest()
    assert assess(facts(*each), plan, TODAY).digest() != shown


def test_a_clinics_bounds_hold_for_limits_and_verdict_alike() -> None:
    stricter = Bounds({"platelets_low": Decimal(40_000)})
    known = facts(CONSENT, platelets(30_000))
    verdict = assess(known, None, TODAY, bounds=stricter)
    assert [f.rule for f in verdict.stops] == ["H2"]
    by_site = limits(known, TODAY, bounds=stricter)
    assert by_site == verdict.limits
    assert by_site[BodySite.FACE].reasons == ("H2",)


def test_broken_techniques_come_in_the_vocabularys_order() -> None:
    plan = PlannedSession(frozenset(Technique))
    broken = [b.what for b in assess(facts(CONSENT, platelets(9_000)), plan, TODAY).breaks]
    assert broken == [one for one in Technique if one is not Technique.STILL_HOLDING]


def test_the_least_of_several_ceilings_on_a_site_holds_whatever_came_first() -> None:
    dying, metastasis = fact(FactKind.ACTIVELY_DYING), fact(FactKind.BONE_METASTASIS)
    by_site = limits(facts(dying, PORT, metastasis), TODAY)
    assert by_site[BodySite.HAND_LEFT].reasons == ("B3",)
    assert by_site[BodySite.CHEST_LEFT].reasons == ("B3", "D1", "G2")


def test_a_verdict_tells_emergencies_stops_and_what_to_confirm_apart() -> None:
    cord = fact(FactKind.CORD_SIGNS, days=0)
    verdict = assess(facts(CONSENT, cord, platelets(9_000), PORT), None, TODAY)
    assert verdict.level is Level.EMERGENCY
    assert [f.rule for f in verdict.emergencies] == ["N2"]
    assert [f.rule for f in verdict.stops] == ["N2", "H1"]
    assert [f.rule for f in verdict.confirms] == ["D1"]
    assert assess(facts(CONSENT, platelets(9_000)), None, TODAY).emergencies == ()
