"""The checks that most rules are made of: a fact is so, at its sites, with these limits."""

from collections.abc import Callable, Sequence
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


Follows = tuple[frozenset[BodySite], int | None, int | None, frozenset[Technique], Handling]
"""What a hit limits, beside what it says: the fields of a `Hit` from its sites on."""

Named = Sequence[frozenset[BodySite]]
"""The sites that facts name, fact by fact; none where a fact's place is not recorded."""


@dataclass(frozen=True, slots=True)
class Present:
    """The check «a fact of these kinds is so», however old: age never loosens it.

    ``nowhere`` is what follows where no place is named, the same for every patient.
    """

    kinds: tuple[FactKind, ...]
    limits: Limits
    lifelong: bool
    needs: frozenset[FactKind]
    nowhere: Follows

    def __call__(self, situation: Situation) -> list[Hit]:
        """Return one hit over all such facts, none where there is none."""
        facts = situation.facts.of(*self.kinds)
        if not facts:
            return []
        placed = facts[0].kind.needs_sites
        named = [fact.sites for fact in facts]
        follows = _follows(named, self.limits, placed) if any(named) else self.nowhere
        return [Hit(_said(facts, placed, situation, self.lifelong), facts, *follows)]


def present(*kinds: FactKind, limits: Limits | None = None, lifelong: bool = False) -> Check:
    """Return the check «a fact of these kinds is so»; all have a place, or all have none."""
    limits = limits or Limits()
    nowhere = _follows([frozenset()], limits, kinds[0].needs_sites)
    return Present(kinds, limits, lifelong, frozenset(kinds), nowhere)


def hit(facts: tuple[Fact, ...], limits: Limits, situation: Situation) -> Hit:
    """Return what follows from facts of kinds that all have a place, or all have none."""
    placed = facts[0].kind.needs_sites
    follows = _follows([fact.sites for fact in facts], limits, placed)
    return Hit(_said(facts, placed, situation), facts, *follows)


def _follows(named: Named, limits: Limits, placed: bool) -> Follows:
    sites = limits.fixed.union(*[limits.widen(each) for each in named])
    if not placed and not limits.fixed and limits.ceiling is not None:
        sites = ALL_SITES
    ceiling, elsewhere, unplaced = limits.ceiling, limits.elsewhere, limits.unplaced
    somewhere = unplaced is not None and not all(named)
    if somewhere and unplaced is not None:
        elsewhere = unplaced if elsewhere is None else min(elsewhere, unplaced)
    if elsewhere is not None and (not sites or elsewhere == ceiling):
        sites, ceiling, elsewhere = ALL_SITES, elsewhere, None
    handling = limits.handle(ALL_SITES if somewhere else sites)
    return sites, ceiling, elsewhere, limits.forbidden, handling


def _said(
    facts: tuple[Fact, ...], placed: bool, situation: Situation, lifelong: bool = False
) -> Sentence:
    return Sentence(_placed if placed else _unplaced, facts, situation.today, lifelong)


def _placed(facts: tuple[Fact, ...], today: date, lifelong: bool) -> str:
    kinds = ", ".join(dict.fromkeys(fact.kind.label for fact in facts))
    return f"{kinds}: {told(facts, today, lifelong=lifelong)}."


def _unplaced(facts: tuple[Fact, ...], today: date, lifelong: bool) -> str:
    return f"{capital(named(facts, today, lifelong=lifelong))}."


def capital(text: str) -> str:
    """Return a text with its first letter large, the rest as it is."""
    return text[:1].upper() + text[1:]
