"""Facts: asked and not so, amounts in any unit, and which of several decides."""

from decimal import Decimal

import pytest

from sessions_app.safety.facts import Fact
from sessions_app.vocabulary.body_sites import BodySite
from sessions_app.vocabulary.conditions import FactKind
from tests.safety.making import TODAY, ago, fact, facts, platelets

K = FactKind
NOT_SO = fact(K.STOMA, value=0)


@pytest.mark.parametrize(
    ("given", "absent"),
    [
        (NOT_SO, True),
        (fact(K.STOMA), False),
        (fact(K.CONSENT, value=0), False),
        (platelets(0), False),
        (fact(K.UNSTABLE_SPINE, value=0, unit="points"), False),
    ],
    ids=["not so", "so", "consent withdrawn", "no platelets", "SINS 0"],
)
def test_only_a_hazard_without_a_value_can_be_not_so(given: Fact, absent: bool) -> None:
    assert given.is_absent is absent


@pytest.mark.parametrize(
    ("given", "tells"),
    [
        (platelets(5), True),
        (platelets(None), False),
        (fact(K.STOMA), True),
        (fact(K.CONSENT), True),
        (fact(K.UNSTABLE_SPINE), True),
        (fact(K.FRACTURE_RISK), True),
        (fact(K.TEMPERATURE), False),
    ],
)
def test_a_laboratory_value_says_nothing_without_its_value(given: Fact, tells: bool) -> None:
    assert given.tells is tells


@pytest.mark.parametrize(
    ("kind", "value", "unit", "amount"),
    [
        (K.PLATELETS, "34", "per_nl", "34000"),
        (K.PLATELETS, "34000", "per_ul", "34000"),
        (K.PLATELETS, "34", "", "34"),
        (K.PLATELETS, "34", "celsius", "34"),
        (K.NEUTROPHILS, "0.5", "per_nl", "500"),
        (K.HAEMOGLOBIN, "8", "g_per_dl", "8"),
        (K.HAEMOGLOBIN, "80", "g_per_l", "8"),
        (K.TEMPERATURE, "37.5", "celsius", "37.5"),
        (K.TEMPERATURE, "99.5", "fahrenheit", "37.5"),
        (K.TEMPERATURE, "32", "fahrenheit", "0"),
        (K.BLOOD_PRESSURE, "89", "mmhg", "89"),
        (K.UNSTABLE_SPINE, "7", "points", "7"),
        (K.PLATELETS, None, "per_nl", None),
        (K.CONSENT, "1", "", None),
        (K.STOMA, "0", "", None),
    ],
)
def test_the_amount_is_told_in_the_base_unit(kind, value, unit, amount) -> None:
    told = fact(kind, value=value, unit=unit).amount
    assert (told is None) is (amount is None)
    if told is not None:
        assert round(told, 9) == Decimal(amount)


@pytest.mark.parametrize(
    ("worse", "better"),
    [
        (platelets(9_000), platelets(90_000)),
        (fact(K.PLATELETS, value=9, unit="per_nl"), platelets(9_500)),
        (
            fact(K.TEMPERATURE, value=39, unit="celsius"),
            fact(K.TEMPERATURE, value=37, unit="celsius"),
        ),
        (
            fact(K.UNSTABLE_SPINE, value=9, unit="points"),
            fact(K.UNSTABLE_SPINE, value=6, unit="points"),
        ),
        (fact(K.CONSENT, value=0), fact(K.CONSENT, value=1)),
        (fact(K.CONSENT, value=0), fact(K.CONSENT)),
    ],
    ids=["count", "two units", "fever", "points", "consent", "consent without a value"],
)
def test_of_two_on_one_day_the_worse_decides(worse: Fact, better: Fact) -> None:
    assert worse.badness > better.badness
    for known in (facts(worse, better), facts(better, worse)):
        assert known.deciding(worse.kind, TODAY) == worse


def test_consent_without_a_value_is_as_good_as_consent_given() -> None:
    assert fact(K.CONSENT).badness == fact(K.CONSENT, value=1).badness


@pytest.mark.parametrize(
    ("each", "value"),
    [
        ((), None),
        ((platelets(None),), None),
        ((platelets(9, days=3), platelets(60, days=1)), 60),
        ((platelets(60, days=3), platelets(9, days=1)), 9),
        ((platelets(60, days=1), platelets(9, days=-1)), 9),
        ((platelets(9, days=1), platelets(60, days=-1)), 9),
        ((platelets(9, days=0), platelets(60, days=1)), 9),
        ((platelets(5, days=3), platelets(60, days=1), platelets(50, days=-1)), 50),
        ((platelets(60, days=-1), platelets(50, days=-9)), 50),
        ((platelets(50, days=-1), platelets(60, days=-9)), 50),
        ((platelets(9, days=3), platelets(None, days=1)), 9),
    ],
)
def test_the_newest_up_to_today_decides_or_a_worse_one_ahead(each, value) -> None:
    decides = facts(*each).deciding(K.PLATELETS, TODAY)
    assert (decides.value if decides else None) == value


def test_a_fact_of_today_is_not_ahead_and_one_of_tomorrow_is() -> None:
    assert [fact(K.STOMA, days=days).is_ahead(TODAY) for days in (1, 0, -1)] == [
        *(False, False),
        True,
    ]


def test_what_is_not_so_is_said_and_is_not_of_the_kind() -> None:
    so = fact(K.STOMA, days=9)
    known = facts(NOT_SO, so)
    assert known.said(K.STOMA) == (so, NOT_SO)
    assert known.of(K.STOMA) == (so,)
    assert known.said(K.DEVICE) == known.of(K.DEVICE) == ()


def test_facts_of_several_kinds_come_kind_by_kind_oldest_first() -> None:
    old, new, port = fact(K.STOMA, days=9), fact(K.STOMA), fact(K.DEVICE, days=5)
    assert facts(new, port, old).of(K.STOMA, K.DEVICE) == (old, new, port)
    assert facts(new, port, old).of(K.DEVICE, K.STOMA) == (port, old, new)


def test_patient_facts_are_the_same_in_any_order() -> None:
    one, other = platelets(9), fact(K.STOMA, days=9)
    assert facts(one, other) == facts(other, one)
    assert facts(one, other).facts == (other, one)


def test_the_key_is_the_id_or_all_that_is_said() -> None:
    named = Fact(K.STOMA, frozenset(), None, "", TODAY, None, "chart", "an-id")
    assert named.key == "an-id"
    told = fact(K.DEVICE, BodySite.HAND_LEFT, BodySite.FACE, days=1, until=ago(-3))
    assert told.key == "device|2026-11-20|None||2026-11-24|chart|face|hand_left"
    keys = {
        told.key,
        fact(K.DEVICE, BodySite.FACE, days=1, until=ago(-3)).key,
        fact(K.DEVICE, BodySite.HAND_LEFT, BodySite.FACE, days=2, until=ago(-3)).key,
        fact(K.DEVICE, BodySite.HAND_LEFT, BodySite.FACE, days=1).key,
        fact(K.STENT, BodySite.HAND_LEFT, BodySite.FACE, days=1, until=ago(-3)).key,
    }
    assert len(keys) == 5


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (platelets(34_000), "34,000/µL"),
        (fact(K.PLATELETS, value=34, unit="per_nl"), "34 ×10⁹/L"),
        (fact(K.TEMPERATURE, value="37.50", unit="celsius"), "37.5 °C"),
        (fact(K.CONSENT, value=0), "withdrawn or refused"),
        (fact(K.CONSENT, value=1), "given"),
        (NOT_SO, "asked: not so"),
        (fact(K.STOMA), ""),
        (fact(K.PLATELETS, value=34, unit="cups"), "34 cups"),
    ],
)
def test_a_value_is_told_as_it_was_written(given: Fact, words: str) -> None:
    assert given.value_words == words
