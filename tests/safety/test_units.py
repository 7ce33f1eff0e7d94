"""Units: to the base unit and back, and how a value is written."""

from decimal import Decimal

import pytest

from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.units import Unit


@pytest.mark.parametrize(
    ("unit", "value", "base"),
    [
        (Unit.PER_NL, "34", "34000"),
        (Unit.PER_UL, "34000", "34000"),
        (Unit.CELSIUS, "36.6", "36.6"),
        (Unit.FAHRENHEIT, "98.6", "37"),
        (Unit.FAHRENHEIT, "100.4", "38"),
        (Unit.FAHRENHEIT, "-40", "-40"),
        (Unit.G_PER_DL, "8", "8"),
        (Unit.G_PER_L, "80", "8"),
        (Unit.MMHG, "120", "120"),
        (Unit.POINTS, "9", "9"),
    ],
)
def test_to_the_base_unit_and_back(unit: Unit, value: str, base: str) -> None:
    assert round(unit.to_base(Decimal(value)), 9) == Decimal(base)
    assert round(unit.from_base(Decimal(base)), 9) == Decimal(value)


@pytest.mark.parametrize(
    ("fahrenheit", "celsius"), [("99.5", "37.5"), ("100.4", "38"), ("96.8", "36")]
)
def test_a_threshold_told_in_fahrenheit_is_met_to_the_tenth(fahrenheit, celsius) -> None:
    at, below = Decimal(fahrenheit), Decimal(fahrenheit) - Decimal("0.1")
    assert Unit.FAHRENHEIT.to_base(at) >= Decimal(celsius) > Unit.FAHRENHEIT.to_base(below)


@pytest.mark.parametrize(
    ("unit", "value", "words"),
    [
        (Unit.PER_UL, "45000", "45,000/µL"),
        (Unit.PER_NL, "45", "45 ×10⁹/L"),
        (Unit.PER_NL, "45.50", "45.5 ×10⁹/L"),
        (Unit.CELSIUS, "37.5", "37.5 °C"),
        (Unit.G_PER_DL, "10", "10 g/dL"),
        (Unit.MMHG, "120", "120 mmHg"),
    ],
)
def test_a_value_is_written_as_one_reads_it(unit: Unit, value: str, words: str) -> None:
    assert unit.written(Decimal(value)) == words


@pytest.mark.parametrize(
    ("kind", "unit", "value", "believed"),
    [
        (FactKind.HAEMOGLOBIN, Unit.G_PER_DL, "25", True),
        (FactKind.HAEMOGLOBIN, Unit.G_PER_DL, "80", False),
        (FactKind.HAEMOGLOBIN, Unit.G_PER_L, "80", True),
        (FactKind.TEMPERATURE, Unit.CELSIUS, "98.6", False),
        (FactKind.TEMPERATURE, Unit.FAHRENHEIT, "98.6", True),
        (FactKind.TEMPERATURE, Unit.FAHRENHEIT, "37", False),
        (FactKind.PLATELETS, Unit.PER_NL, "34000", False),
        (FactKind.PLATELETS, Unit.PER_UL, "34000", True),
        (FactKind.FRACTURE_RISK, Unit.POINTS, "3", False),
        (FactKind.FRACTURE_RISK, Unit.POINTS, "4", True),
        (FactKind.FRACTURE_RISK, Unit.POINTS, "13", False),
        (FactKind.UNSTABLE_SPINE, Unit.POINTS, "18", True),
        (FactKind.UNSTABLE_SPINE, Unit.POINTS, "19", False),
    ],
)
def test_a_value_in_the_wrong_unit_is_not_believed(kind, unit, value, believed) -> None:
    assert kind.believes(Decimal(value), unit) is believed
