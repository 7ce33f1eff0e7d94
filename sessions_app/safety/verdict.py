"""The answer for one session: findings, a limit for every site, and where it goes past them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from sessions_app.safety.findings import Finding, SiteLimit, ceiling_words
from sessions_app.safety.handling import Handling, together
from sessions_app.safety.orders import Order
from sessions_app.safety.situation import Situation
from sessions_app.vocabulary.body_sites import BodySite
from sessions_app.vocabulary.records import Position, Product
from sessions_app.vocabulary.severity import Level
from sessions_app.vocabulary.techniques import Technique


@dataclass(frozen=True, slots=True)
class Break:
    """One way in which a session goes past what is to be kept.

    For a site ``chosen`` is its pressure and ``limit`` the ceiling; for a duration ``what`` is None
    and both are minutes; for a technique, a position or a product both are None.
    """

    what: BodySite | Technique | Position | Product | None
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
    def label(self) -> str:
        """What it is about, in words."""
        return "Duration" if self.what is None else self.what.label

    @property
    def limit_words(self) -> str:
        """What was chosen and what is to be kept."""
        if self.limit is None:
            return "to be left out"
        if self.what is None:
            return f"{self.chosen} minutes, at most {self.limit}"
        return f"pressure {self.chosen}, limit {ceiling_words(self.limit)}"

    @property
    def words(self) -> str:
        """The break in one plain phrase."""
        return f"{self.label}: {self.limit_words} ({', '.join(self.rules)})"


@dataclass(frozen=True, slots=True)
class Verdict:
    """All that is to be shown: findings, strongest first; a limit for every site; the breaks.

    ``asked`` and ``orders`` are what the answer was given to; two verdicts are the same where they
    say the same.
    """

    findings: tuple[Finding, ...]
    limits: Mapping[BodySite, SiteLimit]
    breaks: tuple[Break, ...] = ()
    asked: Situation | None = field(default=None, compare=False, repr=False)
    orders: tuple[Order, ...] = field(default=(), compare=False, repr=False)

    @property
    def handling(self) -> Handling:
        """What is to be kept beside the pressures: joints, position, heat, product, minutes."""
        return together(finding.handling for finding in self.findings)

    @property
    def level(self) -> Level:
        """The strongest level among the findings; for information if there is none."""
        return max((f.level for f in self.findings), key=lambda at: at.rank, default=Level.INFORM)

    @property
    def stops(self) -> tuple[Finding, ...]:
        """The findings that stop a session from being started: stop and emergency."""
        return tuple(f for f in self.findings if f.level.rank >= Level.STOP.rank)

    @property
    def emergencies(self) -> tuple[Finding, ...]:
        """The findings on which help is to be called now."""
        return tuple(f for f in self.findings if f.level is Level.EMERGENCY)

    @property
    def confirms(self) -> tuple[Finding, ...]:
        """The findings that ask the therapist to confirm an adaptation."""
        return tuple(f for f in self.findings if f.level is Level.CONFIRM)

    def digest(self) -> str:
        """Return 16 hex digits that stay the same as long as the same is shown.

        Over rule ids and versions, the facts behind each, and the breaks: what was confirmed is
        held against what is found at saving.
        """
        shown = [
            f"{f.rule}.{f.version}:{sorted(x.key for x in f.facts)}{sorted(f.orders)}"
            for f in self.findings
        ]
        broken = [f"{b.what}:{b.chosen}:{b.limit}:{b.rules}" for b in self.breaks]
        return sha256("\n".join([*sorted(shown), *sorted(broken)]).encode()).hexdigest()[:16]
