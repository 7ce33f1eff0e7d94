"""What the rules answer: findings, the limit of each site, and where a session goes past it."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from sessions_app.safety.facts import Fact
from sessions_app.vocabulary.body_sites import BodySite
from sessions_app.vocabulary.pressure import NO_CONTACT, Pressure
from sessions_app.vocabulary.severity import Evidence, Level
from sessions_app.vocabulary.techniques import Technique


def ceiling_words(ceiling: int) -> str:
    """Return a ceiling in words: -1 no contact, 0 still hands only, 1 to 5 up to that pressure."""
    if ceiling == NO_CONTACT:
        return "no contact"
    if ceiling == Pressure.RESTING:
        return "still hands only"
    return f"up to pressure {ceiling}"


@dataclass(frozen=True, slots=True)
class SiteLimit:
    """How firmly one site may be touched at most, and the ids of the rules that set it."""

    ceiling: int
    reasons: tuple[str, ...]

    @property
    def words(self) -> str:
        """The ceiling in words."""
        return ceiling_words(self.ceiling)

    def allows(self, pressure: int) -> bool:
        """Return whether this pressure, 0 included, stays within the limit."""
        return pressure <= self.ceiling


@dataclass(frozen=True, slots=True)
class Finding:
    """One reminder: which rule, why, from which source, on which of the patient's facts.

    ``ceiling`` limits ``sites``; ``elsewhere`` limits all other sites. None sets no limit.
    """

    rule: str
    version: int
    level: Level
    title: str
    message: str
    reason: str
    adaptation: str
    source: str
    evidence: Evidence
    sites: frozenset[BodySite] = frozenset()
    ceiling: int | None = None
    elsewhere: int | None = None
    forbidden_techniques: frozenset[Technique] = frozenset()
    facts: tuple[Fact, ...] = ()

    def ceiling_of(self, site: BodySite) -> int | None:
        """Return the ceiling that this finding sets on the site, None if it sets none."""
        return self.ceiling if site in self.sites else self.elsewhere


@dataclass(frozen=True, slots=True)
class Break:
    """One way in which a session goes past the limits: a site too firm, or a technique left out.

    For a site ``chosen`` is its pressure and ``limit`` the ceiling; for a technique both are None.
    """

    what: BodySite | Technique
    chosen: int | None
    limit: int | None
    rules: tuple[str, ...]

    @property
    def site(self) -> BodySite | None:
        """The site, if this is about a site."""
        return self.what if isinstance(self.what, BodySite) else None

    @property
    def technique(self) -> Technique | None:
        """The technique, if this is about a technique."""
        return self.what if isinstance(self.what, Technique) else None

    @property
    def words(self) -> str:
        """The break in one plain phrase."""
        by = ", ".join(self.rules)
        if self.limit is None:
            return f"{self.what.label}: to be left out ({by})"
        return (
            f"{self.what.label}: pressure {self.chosen}, limit {ceiling_words(self.limit)} ({by})"
        )


@dataclass(frozen=True, slots=True)
class Verdict:
    """All that is to be shown: findings, strongest first; a limit for every site; the breaks."""

    findings: tuple[Finding, ...]
    limits: Mapping[BodySite, SiteLimit]
    breaks: tuple[Break, ...] = ()

    @property
    def level(self) -> Level:
        """The strongest level among the findings; for information if there is none."""
        return max((f.level for f in self.findings), key=lambda at: at.rank, default=Level.INFORM)

    @property
    def stops(self) -> tuple[Finding, ...]:
        """The findings that stop a session from being started: stop and emergency."""
        return tuple(f for f in self.findings if f.level.rank >= Level.STOP.rank)

    @property
    def confirms(self) -> tuple[Finding, ...]:
        """The findings that ask the therapist to confirm an adaptation."""
        return tuple(f for f in self.findings if f.level is Level.CONFIRM)

    def digest(self) -> str:
        """Return 16 hex digits that stay the same as long as the same is shown.

        Over rule ids and versions, the facts behind each, and the breaks: what was confirmed is
        held against what is found at saving.
        """
        shown = [f"{f.rule}.{f.version}:{sorted(x.key for x in f.facts)}" for f in self.findings]
        broken = [f"{b.what}:{b.chosen}:{b.limit}:{b.rules}" for b in self.breaks]
        return sha256("\n".join([*sorted(shown), *sorted(broken)]).encode()).hexdigest()[:16]
