"""What is known of a patient: clinical facts, as the rules read them."""

from collections.abc import Set
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import chain

from sessions_app.vocabulary.body_sites import BodySite
from sessions_app.vocabulary.conditions import FactKind

ABSENT = 0
"""The value of a fact which says that it was asked and is not so."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One clinical fact, as somebody recorded it.

    ``sites`` is empty where the place is unknown or does not matter. ``value`` is a measurement in
    ``unit``; for consent 1 (given, also None) or 0 (withdrawn or refused); for a hazard 0 where it
    was asked and is not so. ``valid_until`` is the last day on which the fact need not be asked
    again. ``source`` says where it was read.
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
    def is_absent(self) -> bool:
        """Whether it only says that its kind was asked for and is not so."""
        return self.kind.may_be_absent and self.value == ABSENT

    @property
    def tells(self) -> bool:
        """Whether it says something: a laboratory value does so only with its value."""
        return self.value is not None or not self.kind.unit_choices or not self.kind.value_required

    @property
    def value_words(self) -> str:
        """The value as it was written, with its unit or in words; empty without one."""
        return self.kind.value_words(self.value, self.unit)

    @property
    def amount(self) -> Decimal | None:
        """The measurement in its kind's base unit: /µL, °C, g/dL, mmHg, points.

        An unknown unit is read as the base unit, which for blood counts is the lowest reading.
        """
        if self.value is None:
            return None
        units = self.kind.recorded.units
        for unit in units:
            if unit == self.unit:
                return unit.to_base(self.value)
        return self.value if units else None

    @property
    def badness(self) -> Decimal:
        """What two facts of a kind are compared by: the higher is the worse."""
        amount = self.amount
        if amount is None:
            amount = Decimal(1) if self.value is None else self.value
        return amount if self.kind.recorded.worse == "high" else -amount

    @property
    def key(self) -> str:
        """The fact's identity as text: its id, or all that it says."""
        said = (self.kind, self.observed_on, self.value, self.unit, self.valid_until, self.source)
        return self.id or "|".join(map(str, (*said, *sorted(self.sites))))


@dataclass(frozen=True, slots=True)
class PatientFacts:
    """A patient's facts that have not ended. Their order does not matter: they are sorted here."""

    facts: tuple[Fact, ...] = ()
    _said: dict[FactKind, tuple[Fact, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _so: dict[FactKind, tuple[Fact, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _decided: dict[tuple[FactKind, date], Fact | None] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        """Sort, so that whatever order the facts came in, the answer is the same."""
        ordered = sorted(self.facts, key=lambda fact: (fact.observed_on, fact.id or fact.key))
        object.__setattr__(self, "facts", tuple(ordered))
        said: dict[FactKind, list[Fact]] = {}
        not_so: set[FactKind] = set()
        for fact in ordered:
            said.setdefault(fact.kind, []).append(fact)
            if fact.value is not None and fact.is_absent:
                not_so.add(fact.kind)
        for kind, told in said.items():
            self._said[kind] = tuple(told)
            so = [fact for fact in told if not fact.is_absent] if kind in not_so else told
            if so:
                self._so[kind] = tuple(so)

    @property
    def kinds(self) -> Set[FactKind]:
        """The kinds of which a fact is so."""
        return self._so.keys()

    def said(self, kind: FactKind) -> tuple[Fact, ...]:
        """Return all that was recorded of a kind, «asked, and not so» included, oldest first."""
        return self._said.get(kind, ())

    def of(self, *kinds: FactKind) -> tuple[Fact, ...]:
        """Return the facts of these kinds that are so, oldest first within a kind."""
        if len(kinds) == 1:
            return self._so.get(kinds[0], ())
        return tuple(chain.from_iterable(self._so.get(kind, ()) for kind in kinds))

    def deciding(self, kind: FactKind, today: date) -> Fact | None:
        """Return the fact that decides today: the latest up to today, or a worse one dated ahead.

        A date in the future is likely a slip, so such a fact may tighten and never loosens.
        """
        if (kind, today) not in self._decided:
            self._decided[kind, today] = self._decide(kind, today)
        return self._decided[kind, today]

    def _decide(self, kind: FactKind, today: date) -> Fact | None:
        told = self._telling(kind)
        past = _newest([fact for fact in told if not fact.is_ahead(today)])
        ahead = [fact for fact in told if fact.is_ahead(today)]
        return _worst([past, *ahead] if past else ahead)

    def _telling(self, kind: FactKind) -> list[Fact]:
        """Return the facts of the kind that say something."""
        return [fact for fact in self.of(kind) if fact.tells]


def _newest(by_day: list[Fact]) -> Fact | None:
    """Return the newest of facts that stand in the order of their days; of two the worse."""
    last = by_day[-1].observed_on if by_day else None
    return _worst([fact for fact in by_day if fact.observed_on == last])


def _worst(facts: list[Fact]) -> Fact | None:
    """Return the worst; the first of those that are equally bad."""
    if len(facts) < 2:
        return facts[0] if facts else None
    return max(facts, key=lambda fact: fact.badness)
