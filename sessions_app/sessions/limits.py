"""Today's limits in the form that pages show them: the strictest first, one line for each kind."""

from dataclasses import dataclass

from sessions_app.safety.findings import ceiling_words
from sessions_app.safety.verdict import Verdict
from sessions_app.vocabulary.body_sites import BodySite, in_few_words
from sessions_app.vocabulary.pressure import NO_CONTACT, Pressure

MANY = 4
"""More sites than this take a phone's lines from the scores."""


@dataclass(frozen=True)
class LimitRow:
    """All sites of one limit: their names, the limit in words, its kind, how many."""

    label: str
    words: str
    kind: str
    count: int

    @property
    def is_long(self) -> bool:
        """Say whether its sites may be counted first: many, and each may be touched."""
        return self.kind == "upto" and self.count > MANY


def general_ceiling(verdict: Verdict) -> int:
    """Return the ceiling that holds where no stricter one does."""
    return max(limit.ceiling for limit in verdict.limits.values())


def general_words(verdict: Verdict) -> str:
    """Return the general ceiling in words."""
    return ceiling_words(general_ceiling(verdict))


def avoid_rows(verdict: Verdict) -> list[LimitRow]:
    """Return the sites that are stricter than the general ceiling, strictest first."""
    general = general_ceiling(verdict)
    by_ceiling: dict[int, list[BodySite]] = {}
    for site in BodySite:
        ceiling = verdict.limits[site].ceiling
        if ceiling < general:
            by_ceiling.setdefault(ceiling, []).append(site)
    return [
        LimitRow("; ".join(in_few_words(sites)), ceiling_words(ceiling), _kind(ceiling), len(sites))
        for ceiling, sites in sorted(by_ceiling.items())
    ]


def _kind(ceiling: int) -> str:
    if ceiling == NO_CONTACT:
        return "none"
    return "still" if ceiling == Pressure.RESTING else "upto"
