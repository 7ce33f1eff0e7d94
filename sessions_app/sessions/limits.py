"""Today's limits in the form that pages show them: the strictest first, one line for each kind."""

from dataclasses import dataclass

from sessions_app.safety.findings import ceiling_words
from sessions_app.safety.verdict import Verdict
from sessions_app.vocabulary.body_sites import BodySite
from sessions_app.vocabulary.pressure import NO_CONTACT, Pressure


@dataclass(frozen=True)
class LimitRow:
    """All sites of one limit: their names, the limit in words, and its kind."""

    label: str
    words: str
    kind: str


def general_ceiling(verdict: Verdict) -> int:
    """Return the ceiling that holds where no stricter one does."""
    return max(limit.ceiling for limit in verdict.limits.values())


def general_words(verdict: Verdict) -> str:
    """Return the general ceiling in words."""
    return ceiling_words(general_ceiling(verdict))


def avoid_rows(verdict: Verdict) -> list[LimitRow]:
    """Return the sites that are stricter than the general ceiling, strictest first."""
    general = general_ceiling(verdict)
    by_ceiling: dict[int, list[str]] = {}
    for site in BodySite:
        ceiling = verdict.limits[site].ceiling
        if ceiling < general:
            by_ceiling.setdefault(ceiling, []).append(site.label)
    return [
        LimitRow("; ".join(labels), ceiling_words(ceiling), _kind(ceiling))
        for ceiling, labels in sorted(by_ceiling.items())
    ]


def _kind(ceiling: int) -> str:
    if ceiling == NO_CONTACT:
        return "none"
    return "still" if ceiling == Pressure.RESTING else "upto"
