"""What a rule is: its words and its source, and the check that turns a situation into findings."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from sessions_app.safety.facts import Fact
from sessions_app.safety.findings import Finding
from sessions_app.safety.handling import NOTHING, Handling
from sessions_app.safety.orders import Lift
from sessions_app.safety.situation import Situation
from sessions_app.safety.thresholds import Threshold
from sessions_app.safety.wording import Sentence
from sessions_app.vocabulary.body_sites import BodySite
from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.severity import Evidence, Level
from sessions_app.vocabulary.techniques import Technique


class Hit(NamedTuple):
    """That a rule applies: the patient's facts in one sentence, and the limits that follow.

    ``level`` is the rule's usual one unless it is said here.
    """

    said: str | Sentence
    facts: tuple[Fact, ...] = ()
    sites: frozenset[BodySite] = frozenset()
    ceiling: int | None = None
    elsewhere: int | None = None
    forbidden: frozenset[Technique] = frozenset()
    handling: Handling = NOTHING
    level: Level | None = None

    @property
    def message(self) -> str:
        """The patient's facts in one sentence."""
        return str(self.said)


Check = Callable[[Situation], Iterable[Hit]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the rule table.

    ``levels`` are those it may speak at, the usual one first. ``wording`` says in plain words when
    it applies. ``version`` rises with every change of what it finds or says; answers are stored
    with it. ``reviewed_on`` is the day somebody last held it against its source; ``unverified``
    that part of it is told from memory. ``asks`` are the facts that it needs to know before a
    session; ``lift`` is what a clinician's order can do about it, None for nothing. ``needs`` are
    the kinds of which one has to be so, or it says nothing; empty where that is not known.
    """

    id: str
    version: int
    title: str
    topic: str
    levels: tuple[Level, ...]
    wording: str
    reason: str
    adaptation: str
    source: str
    evidence: Evidence
    reviewed_on: date
    check: Check
    reads: tuple[FactKind, ...] = ()
    asks: tuple[FactKind, ...] = ()
    thresholds: tuple[Threshold, ...] = ()
    lift: Lift | None = None
    unverified: bool = False
    needs: frozenset[FactKind] = frozenset()
    _words: tuple[Any, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Take over from the check which facts it needs, where the check says so."""
        object.__setattr__(self, "needs", getattr(self.check, "needs", self.needs))
        words = (self.id, self.version, self.title, self.reason, self.adaptation)
        stands_on = (self.source, self.evidence, self.unverified, self.thresholds)
        object.__setattr__(self, "_words", words + stands_on)

    def speak(self, situation: Situation) -> list[Finding]:
        """Return this rule's findings: its own words, and what the patient's facts add."""
        return [Finding(*self._words, *self._told(hit, situation)) for hit in self.check(situation)]

    def _told(self, hit: Hit, situation: Situation) -> tuple[Any, ...]:
        return (hit.level or self.levels[0], *hit[:-1], situation.bounds)
