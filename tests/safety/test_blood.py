"""H1 to H5: platelets, with fresh, stale, missing, contradictory and future-dated counts."""

import pytest

from sessions_app.safety.assess import assess, limits
from sessions_app.safety.situation import PlannedSession
from sessions_app.vocabulary.body_sites import ALL_SITES, BodySite
from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.severity import Level
from sessions_app.vocabulary.techniques import Technique
from tests.safety.making import TODAY, ago, fact, facts, only, platelets

CHEMO = fact(FactKind.MYELOSUPPRESSIVE_THERAPY, days=3)
KNEADING = {Technique.PETRISSAGE, Technique.TRIGGER_POINT}


def speaking(*each) -> list[str]:
    """The platelet rules that speak today."""
    return sorted(f.rule for f in assess(facts(*each), None, TODAY).findings if f.rule[0] == "H")


def finding(*each):
    """The one platelet finding."""
    return only(f for f in assess(facts(*each), None, TODAY).findings if f.rule[0] == "H")


@pytest.mark.parametrize(
    ("count", "rule", "level", "ceiling", "forbidden"),
    [
        (0, "H1", Level.STOP, 0, set(Technique) - {Technique.STILL_HOLDING}),
        (9_999, "H1", Level.STOP, 0, set(Technique) - {Technique.STILL_HOLDING}),
        ("9999.9", "H1", Level.STOP, 0, set(Technique) - {Technique.STILL_HOLDING}),
        (10_000, "H2", Level.STOP, 1, KNEADING),
        (10_001, "H2", Level.STOP, 1, KNEADING),
        (19_999, "H2", Level.STOP, 1, KNEADING),
        (20_000, "H3", Level.CONFIRM, 1, KNEADING),
        (20_001, "H3", Level.CONFIRM, 1, KNEADING),
        (49_999, "H3", Level.CONFIRM, 1, KNEADING),
        (50_000, "H3", Level.CONFIRM, 1, KNEADING),
        (50_001, "H4", Level.INFORM, None, set()),
        (250_000, "H4", Level.INFORM, None, set()),
    ],
)
def test_each_band_at_its_edges(count, rule, level, ceiling, forbidden) -> None:
    said = finding(platelets(count))
    assert (said.rule, said.level, said.ceiling) == (rule, level, ceiling)
    assert said.forbidden_techniques == forbidden
    assert said.sites == (frozenset() if ceiling is None else ALL_SITES)


@pytest.mark.parametrize(
    ("value", "unit", "rule"),
    [
        ("9.9", "per_nl", "H1"),
        (10, "per_nl", "H2"),
        (20, "per_nl", "H3"),
        (51, "per_nl", "H4"),
        (20_000, "per_ul", "H3"),
        (45, "", "H1"),
        (45, "unheard of", "H1"),
    ],
)
def test_units_are_converted_and_an_unknown_unit_is_read_low(value, unit, rule) -> None:
    assert speaking(fact(FactKind.PLATELETS, value=value, unit=unit)) == [rule]


def test_the_reminder_tells_count_date_and_source() -> None:
    assert finding(platelets(8_000)).message == "Platelets 8,000/µL (20 Nov 2026; chart)."
    assert finding(platelets(0)).message.startswith("Platelets 0/µL")
    assert finding(platelets("9999.9")).message.startswith("Platelets 9,999.9/µL")


@pytest.mark.parametrize(
    ("each", "rules"),
    [
        ((), []),
        ((CHEMO,), ["H5"]),
        ((CHEMO, platelets(80_000, days=0)), ["H4"]),
        ((CHEMO, platelets(80_000, days=6)), ["H4"]),
        ((CHEMO, platelets(80_000, days=7)), ["H4"]),
        ((CHEMO, platelets(80_000, days=8)), ["H5"]),
        ((CHEMO, platelets(80_000, days=2, until=ago(0))), ["H4"]),
        ((CHEMO, platelets(80_000, days=2, until=ago(1))), ["H5"]),
        ((CHEMO, platelets(None, days=0)), ["H5"]),
        ((CHEMO, platelets(80_000, days=-1)), ["H5"]),
        ((platelets(80_000, days=99),), []),
    ],
    ids=[
        *("nothing", "missing", "today", "6 days", "7 days", "8 days"),
        *("last day", "past", "no value", "ahead", "no chemo"),
    ],
)
def test_on_treatment_a_missing_or_old_count_is_asked_for(each, rules) -> None:
    assert speaking(*each) == rules


@pytest.mark.parametrize(
    "therapy",
    [
        fact(FactKind.MYELOSUPPRESSIVE_THERAPY, days=90, until=ago(60)),
        fact(FactKind.MYELOSUPPRESSIVE_THERAPY, days=-2),
    ],
    ids=["past its date", "dated ahead"],
)
def test_treatment_past_its_date_or_ahead_still_counts(therapy) -> None:
    said = finding(therapy)
    assert (said.rule, said.level, said.ceiling) == ("H5", Level.CONFIRM, 1)
    assert said.forbidden_techniques == KNEADING
    assert "no platelet count is recorded" in said.message


def test_the_reminder_rests_on_the_treatment_and_the_old_count() -> None:
    old = platelets(80_000, days=8)
    verdict = assess(facts(CHEMO, old), None, TODAY)
    assert set(only(f for f in verdict.findings if f.rule == "H5").facts) == {CHEMO, old}


@pytest.mark.parametrize("days", [1, 8, 60, 4_000])
def test_a_low_count_never_loosens_by_ageing(days: int) -> None:
    assert speaking(platelets(9_000, days=days)) == ["H1"]
    assert speaking(CHEMO, platelets(15_000, days=days))[0] == "H2"


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (
            platelets(9_000, days=8),
            "counted on 13 Nov 2026, 8 days ago; chart: ask for a new count",
        ),
        (
            platelets(9_000, days=3, until=ago(1)),
            "counted on 18 Nov 2026, 3 days ago; chart: ask for",
        ),
        (platelets(9_000, days=2, until=ago(1)), "counted on 19 Nov 2026, 2 days ago; chart"),
        (platelets(9_000, days=1, until=ago(1)), "counted on 20 Nov 2026, yesterday; chart"),
        (platelets(9_000, days=0, until=ago(1)), "counted on 21 Nov 2026, today; chart"),
        (platelets(9_000, days=-1), "dated 22 Nov 2026, which is still to come: check the date"),
    ],
)
def test_a_count_that_is_old_or_ahead_says_so(count, words: str) -> None:
    assert words in finding(count).message


@pytest.mark.parametrize(
    ("each", "rule"),
    [
        ((platelets(9_000, days=5), platelets(60_000, days=1)), "H4"),
        ((platelets(60_000, days=5), platelets(9_000, days=1)), "H1"),
        ((platelets(60_000, days=1), platelets(9_000, days=1)), "H1"),
        ((platelets(9_000, days=1), platelets(None, days=0)), "H1"),
        ((platelets(9_000, days=1), platelets(60_000, days=-1)), "H1"),
        ((platelets(60_000, days=1), platelets(9_000, days=-1)), "H1"),
    ],
    ids=["newer", "newer low", "same day", "newer without value", "higher ahead", "lower ahead"],
)
def test_the_newest_count_decides_and_doubt_is_read_low(each, rule) -> None:
    assert speaking(*each) == [rule]


def test_below_ten_thousand_only_still_hands_remain() -> None:
    plan = PlannedSession(
        frozenset({Technique.STILL_HOLDING, Technique.EFFLEURAGE}), {BodySite.HAND_LEFT: 0}
    )
    (broken,) = assess(facts(platelets(5_000)), plan, TODAY).breaks
    assert (broken.technique, broken.site, broken.rules) == (Technique.EFFLEURAGE, None, ("H1",))
    assert broken.words == "Effleurage: to be left out (H1)"
    assert limits(facts(platelets(5_000)), TODAY)[BodySite.HAND_LEFT].words == "still hands only"
