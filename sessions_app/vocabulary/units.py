"""The units in which laboratories and thermometers print, and what they are in the base unit."""

from decimal import Decimal
from typing import Self

from sessions_app.vocabulary.coded import Coded


class Unit(Coded):
    """A unit of measurement. A value v is ``(v - offset) * factor`` in the kind's base unit.

    Base units: cells per microlitre, degrees Celsius, grams per decilitre, millimetres of mercury,
    points of a score.
    """

    factor: Decimal
    offset: Decimal

    def __new__(
        cls, code: str, label: str = "", meaning: str = "", factor: str = "1", offset: str = "0"
    ) -> Self:
        """Make the member from its row: code, label, meaning, factor, offset."""
        member = cls._worded(code, label, meaning)
        whole, _, part = factor.partition("/")
        member.factor, member.offset = Decimal(whole) / Decimal(part or 1), Decimal(offset)
        return member

    PER_NL = "per_nl", "10⁹/L", "Thousands per microlitre; 45 means 45,000/µL.", "1000"
    PER_UL = "per_ul", "/µL", "Per microlitre."
    CELSIUS = "celsius", "°C", "Degrees Celsius."
    FAHRENHEIT = "fahrenheit", "°F", "Degrees Fahrenheit.", "5/9", "32"
    G_PER_DL = "g_per_dl", "g/dL", "Grams per decilitre."
    G_PER_L = "g_per_l", "g/L", "Grams per litre.", "0.1"
    MMHG = "mmhg", "mmHg", "Millimetres of mercury."
    POINTS = "points", "points", "Points of a clinician's score."

    def to_base(self, value: Decimal) -> Decimal:
        """Return a value of this unit in the base unit."""
        return (value - self.offset) * self.factor

    def from_base(self, amount: Decimal) -> Decimal:
        """Return an amount of the base unit in this unit."""
        return amount / self.factor + self.offset

    def written(self, value: Decimal) -> str:
        """Return a value with this unit as one reads it: «45,000/µL», «45 ×10⁹/L», «37.5 °C»."""
        joint = "" if self.label.startswith("/") else " ×" if self.label[0].isdigit() else " "
        return f"{value.normalize():,f}{joint}{self.label}"
