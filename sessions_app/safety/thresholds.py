"""The numbers that a rule turns on, and what a clinic may set them to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

FARTHEST = 5
"""How many times the default a value may be, or which part of it, on the strict side.

Our design: it catches a slip of the pen (500,000 for 50,000; 3.8 for 38), not a judgement.
"""


@dataclass(frozen=True, slots=True)
class Threshold:
    """One number of a rule.

    ``stricter`` says which way makes the rule speak sooner; ``floor`` is the loosest value that a
    clinic may set. ``unit`` is in words, for people.
    """

    key: str
    label: str
    unit: str
    default: Decimal
    floor: Decimal
    stricter: Literal["higher", "lower"]

    def is_too_loose(self, value: Decimal) -> bool:
        """Say whether a value lies on the loose side of the floor."""
        return value < self.floor if self.stricter == "higher" else value > self.floor

    def held(self, value: Decimal) -> Decimal:
        """Return the value, or the floor where it is looser than that."""
        return self.floor if self.is_too_loose(value) else value

    @property
    def floor_words(self) -> str:
        """How far a clinic may go, in words: «at least 50,000 /µL»."""
        way = "at least" if self.stricter == "higher" else "at most"
        return f"{way} {self.words(self.floor)}"

    def words(self, value: Decimal) -> str:
        """Return a value with its unit, without idle noughts: «50,000 /µL», «37.5 °C»."""
        whole = value == value.to_integral_value()
        plain = value.to_integral_value() if whole else value.normalize()
        unit = self.unit[:-1] if value == 1 and self.unit.endswith("s") else self.unit
        return f"{plain:,f} {unit}"

    def problem_with(self, value: Decimal) -> str:
        """Return why a clinic cannot set this value, in one sentence; empty where it can."""
        if self.is_too_loose(value):
            return (
                f"{self.words(value)} is looser than the floor of the rules, which no clinic "
                f"passes: set {self.floor_words}."
            )
        higher = self.stricter == "higher"
        farthest = self.default * FARTHEST if higher else self.default / FARTHEST
        if value <= 0 or (value > farthest if higher else value < farthest):
            return (
                f"{self.words(value)} is very far from the default, {self.words(self.default)}. "
                "Check the digits and the unit."
            )
        return ""


@dataclass(frozen=True, slots=True)
class Bounds:
    """A clinic's own settings, by the keys of thresholds; what is not set is the default."""

    settings: Mapping[str, Decimal] = field(default_factory=dict)

    def of(self, threshold: Threshold) -> Decimal:
        """Return what holds for a threshold: never looser than its floor."""
        return threshold.held(self.settings.get(threshold.key, threshold.default))

    def words(self, threshold: Threshold) -> str:
        """Return what holds for a threshold beside its default, in one line."""
        held, default = self.of(threshold), threshold.default
        if held == default:
            return f"{threshold.label}: {threshold.words(held)}, the default."
        told = f"{threshold.words(held)} in this clinic, {threshold.words(default)} by default"
        return f"{threshold.label}: {told}."
