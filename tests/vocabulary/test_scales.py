"""Scales, and how facts are recorded."""

from decimal import Decimal

import pytest

from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.scales import RATED, Scale
from sessions_app.vocabulary.units import Unit


@pytest.mark.parametrize(
    ("scale", "low", "high", "better"),
    [
        (Scale.PAIN, 0, 10, False),
        (Scale.MOOD, 0, 10, True),
        (Scale.RELAXATION, 0, 10, True),
        (Scale.SLEEP, 0, 10, True),
        (Scale.HEART_RATE, 20, 250, None),
        (Scale.RESPIRATORY_RATE, 4, 80, None),
    ],
)
def test_range_and_direction(scale: Scale, low: int, high: int, better: bool | None) -> None:
    assert (scale.minimum, scale.maximum, scale.higher_is_better) == (low, high, better)
    assert [scale.allows(score) for score in (low - 1, low, high, high + 1)] == [
        *(False, True),
        *(True, False),
    ]


@pytest.mark.parametrize("scale", Scale)
def test_both_ends_have_words_and_there_is_a_question(scale: Scale) -> None:
    assert scale.low_word
    assert scale.high_word
    assert scale.low_word != scale.high_word
    assert scale.question
    assert bool(scale.unit) == (scale not in RATED)


def test_zero_is_a_score_on_every_rated_scale() -> None:
    assert all(scale.allows(0) for scale in RATED)


def test_only_measurements_have_units_and_only_consents_have_answers() -> None:
    measured = {kind for kind in FactKind if kind.unit_choices}
    answered = {kind for kind in FactKind if kind.value_choices}
    assert measured == {
        FactKind.PLATELETS,
        FactKind.NEUTROPHILS,
        FactKind.HAEMOGLOBIN,
        FactKind.TEMPERATURE,
        FactKind.BLOOD_PRESSURE,
        FactKind.FRACTURE_RISK,
        FactKind.UNSTABLE_SPINE,
    }
    assert answered == {FactKind.CONSENT, FactKind.SENSITIVE_CONSENT}
    assert {kind for kind in FactKind if kind.has_value} == measured | answered


def test_a_score_may_be_missing_where_the_risk_itself_is_told() -> None:
    optional = {kind for kind in FactKind if kind.has_value and not kind.value_required}
    assert optional == {FactKind.FRACTURE_RISK, FactKind.UNSTABLE_SPINE}


@pytest.mark.parametrize(
    ("value", "unit", "base"),
    [
        ("99.5", Unit.FAHRENHEIT, "37.5"),
        ("100.4", Unit.FAHRENHEIT, "38"),
        ("80", Unit.G_PER_L, "8"),
        ("0.5", Unit.PER_NL, "500"),
    ],
)
def test_a_value_is_turned_into_the_base_unit_and_back(value: str, unit: Unit, base: str) -> None:
    amount = unit.to_base(Decimal(value))
    assert round(amount, 9) == Decimal(base)
    assert round(unit.from_base(amount), 9) == Decimal(value)


def test_validity_is_in_days_and_lymph_nodes_count_for_life() -> None:
    assert FactKind.LYMPH_NODES.default_validity_days is None
    assert FactKind.PLATELETS.default_validity_days == 7
    assert FactKind.CONSENT.default_validity_days == 365


def test_forty_five_per_nanolitre_is_forty_five_thousand_per_microlitre() -> None:
    assert 45 * Unit.PER_NL.factor == 45_000 * Unit.PER_UL.factor


@pytest.mark.parametrize(
    ("count", "unit", "can_be"),
    [
        ("0", "per_nl", True),
        ("3000", "per_nl", True),
        ("3000.001", "per_nl", False),
        ("45000", "per_nl", False),
        ("3000000", "per_ul", True),
        ("3000000.001", "per_ul", False),
        ("-1", "per_ul", False),
    ],
)
def test_a_platelet_count_is_believed_up_to_three_million_per_microlitre(
    count: str, unit: str, can_be: bool
) -> None:
    assert FactKind.PLATELETS.believes(Decimal(count), Unit(unit)) is can_be


def test_every_measurement_has_a_highest_value_and_a_unit_of_factor_one() -> None:
    for kind in FactKind:
        assert (kind.recorded.most > kind.recorded.least) is bool(kind.unit_choices)
        assert not kind.unit_choices or 1 in {unit.factor for unit in kind.unit_choices}


def test_a_count_is_written_as_one_reads_it() -> None:
    assert Unit.PER_NL.written(Decimal("45000")) == "45,000 ×10⁹/L"
    assert Unit.PER_UL.written(Decimal("4.5E+4")) == "45,000/µL"
    assert Unit.PER_UL.written(Decimal("0")) == "0/µL"


def test_a_fact_is_valid_for_two_usual_spans_at_most() -> None:
    assert FactKind.PLATELETS.longest_validity_days == 14
    assert FactKind.LYMPH_NODES.longest_validity_days == 730


def test_sites_are_narrowed_only_where_they_are_asked_for() -> None:
    narrowed = [kind for kind in FactKind if kind.sites_offered is not None]
    assert narrowed == [FactKind.LYMPH_NODES]
    assert all(kind.needs_sites for kind in narrowed)
