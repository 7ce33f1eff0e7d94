"""What a rule is: its words and its source, and the check that turns facts into findings."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from sessions_app.safety.facts import Fact, PatientFacts, PlannedSession
from sessions_app.safety.findings import Finding
from sessions_app.vocabulary.body_sites import BodySite
from sessions_app.vocabulary.severity import Evidence, Level
from sessions_app.vocabulary.techniques import Technique

Check = Callable[[PatientFacts, date], Iterable[Finding]]
"""Facts and today's date in, findings out."""

PlanCheck = Callable[[PatientFacts, PlannedSession, bool], Iterable[Finding]]
"""Facts, the session, and whether it is only planned (True) or was already given (False)."""


def nothing(_facts: PatientFacts, _today: date) -> Iterable[Finding]:
    """Find nothing: the standing check of a rule that speaks about a session alone."""
    return ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the rule table.

    ``levels`` are those it may speak at, the usual one first. ``wording`` says in plain words when
    it applies. ``version`` rises with every change of what it finds or says; answers are stored
    with it. ``reviewed_on`` is the day somebody last held it against its source.
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
    check_plan: PlanCheck | None = None

    def finding(
        self,
        message: str,
        facts: tuple[Fact, ...],
        *,
        sites: frozenset[BodySite] = frozenset(),
        ceiling: int | None = None,
        elsewhere: int | None = None,
        forbidden: frozenset[Technique] = frozenset(),
        level: Level | None = None,
    ) -> Finding:
        """Return this rule's finding with its own words, and what the patient's facts add."""
        return Finding(
            rule=self.id,
            version=self.version,
            level=level or self.levels[0],
            title=self.title,
            message=message,
            reason=self.reason,
            adaptation=self.adaptation,
            source=self.source,
            evidence=self.evidence,
            sites=sites,
            ceiling=ceiling,
            elsewhere=elsewhere,
            forbidden_techniques=forbidden,
            facts=facts,
        )
