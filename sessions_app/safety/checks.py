"""The checks that most rules are made of: a fact is so, at its sites, with these limits."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from sessions_app.safety.facts import Fact
from sessions_app.safety.handling import NOTHING, Handling
from sessions_app.safety.rule import Check, Hit
from sessions_app.safety.situation import Situation
from sessions_app.safety.wording import Sentence, named, told
from sessions_app.vocabulary.body_sites import ALL_SITES, BodySite
from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.techniques import Technique

Widen = Callable[[frozenset[BodySite]], frozenset[BodySite]]
Handle = Callable[[frozenset[BodySite]], Handling]


def as_named(sites: frozenset[BodySite]) -> frozenset[BodySite]:
    """Leave the sites as they were recorded."""
    return sites


def no_handling(_sites: frozenset[BodySite]) -> Handling:
    """Ask for nothing beside the pressure."""
    return NOTHING


@dataclass(frozen=True, slots=True)
class Limits:
    """What a fact of a kind limits.

    ``ceiling`` holds at its sites, widened by ``widen``; ``elsewhere`` at all others. Where a place
    belongs to the fact and is not recorded, ``unplaced`` holds everywhere: not knowing where is
    never read as nowhere. ``handle`` says what is kept beside it, given the sites.
    """

    ceiling: int | None = None
    elsewhere: int | None = None
    unplaced: int | None = None
    forbidden: frozenset[Technique] = frozenset()
    widen: Widen = as_named
    handle: Handle = no_handling
    fixed: frozenset[BodySite] = field(default=frozenset())


def sites_of(facts: tuple[Fact, ...], widen: Widen = as_named) -> frozenset[BodySite]:
    """Return all sites that the facts name, each fact's widened by itself."""
    return frozenset[BodySite]().union(*(widen(fact.sites) for fact in facts))


@dataclass(frozen=True, slots=True)
class Present:
    """The check «a fact of these kinds is so», however old: age never loosens it."""

    kinds: tuple[FactKind, ...]
    limits: Limits
    lifelong: bool
    needs: frozenset[FactKind]

    def __call__(self, situation: Situation) -> list[Hit]:
        """Return one hit over all such facts, none where there is none."""
        facts = situation.facts.of(*self.kinds)
        return [hit(facts, self.limits, situation, lifelong=self.lifelong)] if facts else []


def present(*kinds: FactKind, limits: Limits | None = None, lifelong: bool = False) -> Check:
    """Return the check «a fact of these kinds is so»."""
    return Present(kinds, limits or Limits(), lifelong, frozenset(kinds))


def hit(
    facts: tuple[Fact, ...], limits: Limits, situation: Situation, *, lifelong: bool = False
) -> Hit:
    """Return what follows from facts of kinds that all have a place, or all have none."""
    today, placed = situation.today, facts[0].kind.needs_sites
    sites = sites_of(facts, limits.widen) | limits.fixed
    if not placed and not limits.fixed and limits.ceiling is not None:
        sites = ALL_SITES
    ceiling, elsewhere = limits.ceiling, limits.elsewhere
    somewhere = limits.unplaced is not None and not all(fact.sites for fact in facts)
    if somewhere and limits.unplaced is not None:
        elsewhere = limits.unplaced if elsewhere is None else min(elsewhere, limits.unplaced)
    if elsewhere is not None and (not sites or elsewhere == ceiling):
        sites, ceiling, elsewhere = ALL_SITES, elsewhere, None
    return Hit(
        said=Sentence(_placed if placed else _unplaced, facts, today, lifelong),
        facts=facts,
        sites=sites,
        ceiling=ceiling,
        elsewhere=elsewhere,
        forbidden=limits.forbidden,
        handling=limits.handle(ALL_SITES if somewhere else sites),
    )


def _placed(facts: tuple[Fact, ...], today: date, lifelong: bool) -> str:
    kinds = ", ".join(dict.fromkeys(fact.kind.label for fact in facts))
    return f"{kinds}: {told(facts, today, lifelong=lifelong)}."


def _unplaced(facts: tuple[Fact, ...], today: date, lifelong: bool) -> str:
    return f"{capital(named(facts, today, lifelong=lifelong))}."


def capital(text: str) -> str:
    """Return a text with its first letter large, the rest as it is."""
    return text[:1].upper() + text[1:]
