"""What is to be asked before a session: whatever a rule needs and nobody has said lately.

The list is computed from the catalogue: a kind of fact is asked because a rule `asks` for it, and
is not asked while an answer still holds. What a measurement decides is asked again where it is on
record; what was never measured is not demanded of the bedside.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sessions_app.safety.catalogue import CATALOGUE
from sessions_app.safety.facts import Fact, PatientFacts
from sessions_app.safety.rule import Rule
from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.severity import Level

ABSENT_HOLDS = timedelta(days=180)
"""How long «asked, and not so» of a lifelong kind need not be asked again (our design)."""


@dataclass(frozen=True, slots=True)
class Question:
    """One kind of fact to be asked about, and which rules want to know.

    ``last`` is what was said before and is out of date now; None where nobody ever asked.
    """

    kind: FactKind
    last: Fact | None
    rules: tuple[str, ...]
    level: Level

    @property
    def is_again(self) -> bool:
        """Whether something is on record that has to be confirmed."""
        return self.last is not None and not self.last.is_absent


def questions(
    facts: PatientFacts, today: date, catalogue: Iterable[Rule] = CATALOGUE
) -> tuple[Question, ...]:
    """Return what is to be asked today: what is on record and out of date first, then the rest."""
    catalogue = tuple(catalogue)
    found = []
    for kind in FactKind:
        wanting = [rule for rule in catalogue if kind in rule.asks]
        reading = [rule for rule in catalogue if kind in rule.reads]
        last = _last(facts, kind)
        stale = last is not None and not _holds(last, today)
        if (wanting and last is None) or (stale and (wanting or _again(last, reading))):
            rules = wanting or reading
            level = max((rule.levels[0] for rule in rules), key=lambda one: one.rank)
            found.append(Question(kind, last, tuple(rule.id for rule in rules), level))
    return tuple(sorted(found, key=lambda one: (not one.is_again, -one.level.rank)))


def _again(last: Fact | None, reading: list[Rule]) -> bool:
    return last is not None and not last.is_absent and bool(reading)


def _last(facts: PatientFacts, kind: FactKind) -> Fact | None:
    """Return what was said last of a kind; of two on one day what is so before what is not."""
    return max(
        facts.said(kind), key=lambda fact: (fact.observed_on, not fact.is_absent), default=None
    )


def _holds(fact: Fact, today: date) -> bool:
    """Say whether an answer need not be asked for again."""
    if fact.is_ahead(today):
        return False
    if fact.is_absent and fact.valid_until is None:
        return today - fact.observed_on <= ABSENT_HOLDS
    return fact.is_current(today)
