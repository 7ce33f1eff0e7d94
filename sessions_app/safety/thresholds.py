"""The numbers that a rule turns on, and what a clinic may set them to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal


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


@dataclass(frozen=True, slots=True)
class Bounds:
    """A clinic's own settings, by the keys of thresholds; what is not set is the default."""

    settings: Mapping[str, Decimal] = field(default_factory=dict)

    def of(self, threshold: Threshold) -> Decimal:
        """Return what holds for a threshold: never looser than its floor."""
        return threshold.held(self.settings.get(threshold.key, threshold.default))
