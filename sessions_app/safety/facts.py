"""All that a rule may know: the patient's clinical facts and the session in hand."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sessions_app.vocabulary.body_sites import BodySite
from sessions_app.vocabulary.conditions import FactKind, PlateletUnit
from sessions_app.vocabulary.techniques import Technique

_FACTORS: dict[str, int] = {unit.value: unit.factor for unit in PlateletUnit}


@dataclass(frozen=True, slots=True)
class Fact:
    """One clinical fact, as somebody recorded it.

    ``sites`` is empty where the place is unknown or does not matter. ``value`` is a measurement in
    ``unit``, or for consent 1 (given, also None) or 0 (withdrawn or refused). ``valid_until`` is
    the last day on which the fact need not be asked again. ``source`` says where it was read.
    """

    kind: FactKind
    sites: frozenset[BodySite]
    value: Decimal | None
    unit: str
    observed_on: date
    valid_until: date | None
    source: str
    id: str = ""

    def is_current(self, today: date) -> bool:
        """Return whether the fact need not be asked again; past that it still counts."""
        return self.valid_until is None or today <= self.valid_until

    def is_ahead(self, today: date) -> bool:
        """Return whether the fact is dated in the future, which is likely a slip of the pen."""
        return self.observed_on > today

    @property
    def value_words(self) -> str:
        """The value as it was written, with its unit or in words; empty without one."""
        return self.kind.value_words(self.value, self.unit)

    @property
    def per_microlitre(self) -> Decimal | None:
        """The platelet count per µL. An unknown unit is read as /µL, the lowest reading."""
        return None if self.value is None else self.value * _FACTORS.get(self.unit, 1)

    @property
    def worth(self) -> Decimal:
        """What two facts of a kind are compared by; lower is worse, 1 where there is no value."""
        amount = self.per_microlitre if self.kind is FactKind.PLATELETS else self.value
        return Decimal(1) if amount is None else amount

    @property
    def key(self) -> str:
        """The fact's identity as text: its id, or all that it says."""
        said = (self.kind, self.observed_on, self.value, self.unit, self.valid_until, self.source)
        return self.id or "|".join(map(str, (*said, *sorted(self.sites))))


@dataclass(frozen=True, slots=True)
class PatientFacts:
    """A patient's facts that have not ended. Their order does not matter: they are sorted here."""

    facts: tuple[Fact, ...] = ()

    def __post_init__(self) -> None:
        """Sort, so that whatever order the facts came in, the answer is the same."""
        ordered = sorted(self.facts, key=lambda fact: (fact.observed_on, fact.key))
        object.__setattr__(self, "facts", tuple(ordered))

    def of(self, *kinds: FactKind) -> tuple[Fact, ...]:
        """Return the facts of these kinds, oldest first."""
        return tuple(fact for fact in self.facts if fact.kind in kinds)

    def latest(self, kind: FactKind) -> Fact | None:
        """Return the newest fact of the kind; of two on one day the worse, None if there is none.

        A measurement without a value says nothing and is passed over.
        """
        return _newest(self._telling(kind))

    def deciding(self, kind: FactKind, today: date) -> Fact | None:
        """Return the fact that decides today: the latest up to today, or a worse one dated ahead.

        A date in the future is likely a slip, so such a fact may tighten and never loosens.
        """
        told = self._telling(kind)
        past = _newest(fact for fact in told if not fact.is_ahead(today))
        ahead = [fact for fact in told if fact.is_ahead(today)]
        return min([past, *ahead] if past else ahead, key=lambda fact: fact.worth, default=None)

    def _telling(self, kind: FactKind) -> list[Fact]:
        """Return the facts of the kind that say something: a measurement needs a value."""
        return [f for f in self.of(kind) if f.value is not None or not kind.unit_choices]


def _newest(facts: Iterable[Fact]) -> Fact | None:
    """Return the newest; of two on one day the worse."""
    return max(facts, key=lambda fact: (fact.observed_on, -fact.worth), default=None)


@dataclass(frozen=True, slots=True)
class PlannedSession:
    """What is planned, or was done: techniques, pressure for each site touched, minutes."""

    techniques: frozenset[Technique] = frozenset()
    pressures: Mapping[BodySite, int] = field(default_factory=dict)
    minutes: int | None = None
