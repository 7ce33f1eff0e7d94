"""The numbers of the safety rules as they hold in one clinic, and how they came to hold."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from sessions_app.clinics.threshold_model import ClinicThreshold
from sessions_app.fetching import rows_of
from sessions_app.safety.catalogue import CATALOGUE, THRESHOLDS
from sessions_app.safety.rule import Rule
from sessions_app.safety.thresholds import Bounds, Threshold


def bounds_of(clinic_id: uuid.UUID) -> Bounds:
    """Return the clinic's own settings, in one query."""
    return bounds_by(rows_of(ClinicThreshold, clinic_id=clinic_id))


def bounds_by(decisions: Iterable[ClinicThreshold]) -> Bounds:
    """Return the settings that decisions of one clinic lead to: for each threshold the newest.

    What has been set looser than the floor of today's catalogue is held at the floor by `Bounds`.
    """
    in_order = sorted(decisions, key=lambda one: (one.recorded_at, one.pk))
    return Bounds({one.key: one.value for one in in_order})


@dataclass(frozen=True)
class Held:
    """One threshold in one clinic: what holds, by which decision, after which others.

    `decision` None: nobody has decided anything, the default holds.
    """

    threshold: Threshold
    rules: tuple[Rule, ...]
    value: Decimal
    decision: ClinicThreshold | None
    earlier: tuple[ClinicThreshold, ...]

    @property
    def is_default(self) -> bool:
        """Whether the value is the catalogue's own."""
        return self.value == self.threshold.default

    @property
    def words(self) -> str:
        """What holds, with its unit."""
        return self.threshold.words(self.value)

    @property
    def default_words(self) -> str:
        """The catalogue's own value, with its unit."""
        return self.threshold.words(self.threshold.default)


def held_in(decisions: Iterable[ClinicThreshold]) -> list[Held]:
    """Return every threshold of the catalogue with a clinic's decisions, given newest first."""
    told: dict[str, list[ClinicThreshold]] = {}
    for one in decisions:
        told.setdefault(one.key, []).append(one)
    return [_held(threshold, told.get(key, [])) for key, threshold in THRESHOLDS.items()]


def _held(threshold: Threshold, decisions: list[ClinicThreshold]) -> Held:
    newest = decisions[0] if decisions else None
    settings = {threshold.key: newest.value} if newest else {}
    return Held(
        threshold=threshold,
        rules=tuple(rule for rule in CATALOGUE if threshold in rule.thresholds),
        value=Bounds(settings).of(threshold),
        decision=newest,
        earlier=tuple(decisions[1:]),
    )
