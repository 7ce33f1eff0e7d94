"""What a rule answers: a finding, and the limit of each site that follows."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from sessions_app.safety.facts import Fact
from sessions_app.safety.handling import NOTHING, Handling
from sessions_app.safety.thresholds import Bounds, Threshold
from sessions_app.safety.wording import Sentence
from sessions_app.vocabulary.body_sites import ALL_SITES, BodySite
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


class SiteLimit(NamedTuple):
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


_DEFAULTS = Bounds()


class Finding(NamedTuple):
    """One reminder: which rule, why, from which source, on which of the patient's facts.

    First stands what the rule says to everybody, then what it says of this patient.
    ``ceiling`` limits ``sites``; ``elsewhere`` limits all other sites. None sets no limit.
    ``handling`` is kept beside it. ``lifted`` holds the ceilings that an order in force has raised,
    ``orders`` the ids of those orders, ``ordered`` by whom and until when, if they changed
    anything. ``thresholds`` are the rule's, ``bounds`` what this clinic has set. ``unverified``
    says that a threshold or limit is told from memory and waits for a clinician's check.
    """

    rule: str
    version: int
    title: str
    reason: str
    adaptation: str
    source: str
    evidence: Evidence
    unverified: bool
    thresholds: tuple[Threshold, ...]
    level: Level
    said: str | Sentence
    facts: tuple[Fact, ...] = ()
    sites: frozenset[BodySite] = frozenset()
    ceiling: int | None = None
    elsewhere: int | None = None
    forbidden_techniques: frozenset[Technique] = frozenset()
    handling: Handling = NOTHING
    bounds: Bounds = _DEFAULTS
    lifted: Mapping[BodySite, int] = MappingProxyType({})
    orders: tuple[str, ...] = ()
    ordered: tuple[str, ...] = ()

    @property
    def message(self) -> str:
        """The patient's facts in one sentence."""
        return str(self.said)

    @property
    def settings(self) -> list[str]:
        """The numbers that the rule turns on, in words: what holds here beside the default."""
        return [self.bounds.words(one) for one in self.thresholds]

    @property
    def ceilings(self) -> list[tuple[int, frozenset[BodySite]]]:
        """The ceilings that it sets, each with its sites."""
        raised, here = self.lifted, []
        if self.ceiling is not None:
            here.append((self.ceiling, self.sites.difference(raised) if raised else self.sites))
        if self.elsewhere is not None:
            here.append((self.elsewhere, ALL_SITES.difference(self.sites, raised)))
        if raised:
            here += [(ceiling, frozenset({site})) for site, ceiling in raised.items()]
        return here

    def ceiling_of(self, site: BodySite) -> int | None:
        """Return the ceiling that this finding sets on the site, None if it sets none."""
        raised = self.lifted.get(site)
        if raised is not None:
            return raised
        return self.ceiling if site in self.sites else self.elsewhere
