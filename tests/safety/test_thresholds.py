"""A clinic may be stricter than the catalogue, and looser no further than the floor."""

from decimal import Decimal

import pytest

from sessions_app.safety.catalogue import CATALOGUE, THRESHOLDS, rule
from sessions_app.safety.situation import Situation
from sessions_app.safety.thresholds import Bounds, Threshold
from tests.safety.making import TODAY, facts, platelets

HIGHER = Threshold("count", "Count", "/µL", Decimal(20), Decimal(10), stricter="higher")
LOWER = Threshold("fever", "Fever", "°C", Decimal(37), Decimal(38), stricter="lower")

EXPECTED = {
    "platelets_very_low": (10_000, 10_000, "higher"),
    "platelets_low": (20_000, 20_000, "higher"),
    "platelets_lowered": (50_000, 50_000, "higher"),
    "platelets_stale_days": (7, 14, "lower"),
    "mirels": (9, 9, "lower"),
    "sins": (7, 7, "lower"),
    "healing_weeks": (6, 6, "higher"),
    "field_weeks": (6, 3, "higher"),
    "drug_hours": (48, 48, "higher"),
    "fever": ("37.5", 38, "lower"),
    "cold": (36, 36, "higher"),
    "neutrophils_stop": (500, 500, "higher"),
    "neutrophils_confirm": (1000, 1000, "higher"),
    "severe_pain": (7, 8, "lower"),
    "worse_pain": (2, 3, "lower"),
    "pain_rose": (1, 1, "lower"),
    "opioid_minutes": (60, 30, "higher"),
    "systolic": (90, 85, "higher"),
    "haemoglobin": (8, 7, "higher"),
    "training_hours": (500, 24, "higher"),
}
"""Default, floor, and which way is stricter, as the rule table has them."""


@pytest.mark.parametrize(
    ("threshold", "value", "loose", "held"),
    [
        (HIGHER, 25, False, 25),
        (HIGHER, 20, False, 20),
        (HIGHER, 15, False, 15),
        (HIGHER, 10, False, 10),
        (HIGHER, "9.9", True, 10),
        (LOWER, 36, False, 36),
        (LOWER, "37.5", False, "37.5"),
        (LOWER, 38, False, 38),
        (LOWER, "38.1", True, 38),
    ],
)
def test_a_value_past_the_floor_is_held_at_it(threshold, value, loose, held) -> None:
    assert threshold.is_too_loose(Decimal(value)) is loose
    assert threshold.held(Decimal(value)) == Decimal(held)
    assert Bounds({threshold.key: Decimal(value)}).of(threshold) == Decimal(held)


def test_what_a_clinic_has_not_set_is_the_default() -> None:
    assert Bounds().of(HIGHER) == 20
    assert Bounds({"fever": Decimal(36)}).of(HIGHER) == 20


def test_the_catalogues_thresholds_are_those_of_the_rule_table() -> None:
    told = {key: (each.default, each.floor, each.stricter) for key, each in THRESHOLDS.items()}
    assert told == {
        key: (Decimal(default), Decimal(floor), way)
        for key, (default, floor, way) in EXPECTED.items()
    }


def test_each_threshold_belongs_to_one_rule_and_is_told_in_words() -> None:
    listed = [threshold for each in CATALOGUE for threshold in each.thresholds]
    assert len({threshold.key for threshold in listed}) == len(listed)
    assert all(THRESHOLDS[one.key] is one and one.label and one.unit for one in listed)
    assert not [one.key for one in listed if one.is_too_loose(one.default)]


@pytest.mark.parametrize(
    ("threshold", "value", "problem"),
    [
        (HIGHER, 9, "looser than the floor of the rules, which no clinic passes: set at least 10"),
        (HIGHER, 10, ""),
        (HIGHER, 20, ""),
        (HIGHER, 100, ""),
        (HIGHER, 101, "101 /µL is very far from the default, 20 /µL. Check the digits"),
        (LOWER, 39, "looser than the floor of the rules, which no clinic passes: set at most 38"),
        (LOWER, 38, ""),
        (LOWER, 37, ""),
        (LOWER, "7.4", ""),
        (LOWER, "7.3", "7.3 °C is very far from the default, 37 °C. Check the digits"),
        (LOWER, 0, "very far from the default"),
        (LOWER, -1, "very far from the default"),
        (LOWER, "0.1", "very far from the default"),
    ],
)
def test_what_a_clinic_cannot_set_is_told_with_the_reason(threshold, value, problem) -> None:
    told = threshold.problem_with(Decimal(value))
    assert bool(told) is bool(problem)
    assert problem in told


def test_a_bound_that_may_lie_at_nought_is_no_value_all_the_same() -> None:
    loose = Threshold("rise", "Rise", "points", Decimal(0), Decimal(3), stricter="lower")
    assert "very far" in loose.problem_with(Decimal(0))


@pytest.mark.parametrize(
    ("unit", "value", "words"),
    [
        ("days", 1, "1 day"), ("days", 2, "2 days"), ("days", "0.5", "0.5 days"),
        ("of 10", 1, "1 of 10"), ("/µL", "50000.0", "50,000 /µL"), ("°C", "37.50", "37.5 °C"),
    ],
)  # fmt: skip
def test_a_value_is_told_with_its_unit(unit: str, value: int | str, words: str) -> None:
    told = Threshold("key", "Label", unit, Decimal(3), Decimal(5), stricter="lower")
    assert told.words(Decimal(value)) == words
    assert told.floor_words == f"at most {told.words(Decimal(5))}"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "Count: 20 /µL, the default."),
        (20, "Count: 20 /µL, the default."),
        ("20.0", "Count: 20 /µL, the default."),
        (25, "Count: 25 /µL in this clinic, 20 /µL by default."),
        (15, "Count: 15 /µL in this clinic, 20 /µL by default."),
        (5, "Count: 10 /µL in this clinic, 20 /µL by default."),
    ],
)
def test_what_holds_is_told_beside_its_default(value: int | str | None, words: str) -> None:
    settings = {} if value is None else {"count": Decimal(value)}
    assert Bounds(settings).words(HIGHER) == words


def test_a_finding_tells_the_numbers_that_it_turns_on() -> None:
    asked = Situation(
        facts(platelets(9_000)), TODAY, Bounds({"platelets_very_low": Decimal(15_000)})
    )
    (found,) = rule("H1").speak(asked)
    told = "Platelets below which only still hands, by order: 15,000 /µL in this clinic"
    assert found.settings == [f"{told}, 10,000 /µL by default."]


@pytest.mark.parametrize("key", ["pain_rose", "worse_pain", "drug_hours", "fever"])
def test_the_default_itself_can_always_be_set(key: str) -> None:
    assert THRESHOLDS[key].problem_with(THRESHOLDS[key].default) == ""
