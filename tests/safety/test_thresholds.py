"""A clinic may be stricter than the catalogue, and looser no further than the floor."""

from decimal import Decimal

import pytest

from sessions_app.safety.catalogue import CATALOGUE, THRESHOLDS
from sessions_app.safety.thresholds import Bounds, Threshold

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
