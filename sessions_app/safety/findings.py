"""What a rule answers: a finding, and the limit of each site that follows."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
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


_DEFAULTS = Bounds()


class Finding(NamedTuple):
    """One reminder: which rule, why, from which source, on which of the patient's facts.

    ``ceiling`` limits ``sites``; ``elsewhere`` limits all other sites. None sets no limit.
    ``handling`` is kept beside it. ``lifted`` holds the ceilings that an order in force has raised,
    ``orders`` the ids of those orders, ``ordered`` by whom and until when, if they changed
    anything. ``thresholds`` are the rule's, ``bounds`` what this clinic has set. ``unverified``
    says that a threshold or limit is told from memory and waits for a clinician's check.
    """

    rule: str
    version: int
    level: Level
    title: str
    said: str | Sentence
    reason: str
    adaptation: str
    source: str
    evidence: Evidence
    sites: frozenset[BodySite] = frozenset()
    ceiling: int | None = None
    elsewhere: int | None = None
    forbidden_techniques: frozenset[Technique] = frozenset()
    facts: tuple[Fact, ...] = ()
    handling: Handling = NOTHING
    lifted: Mapping[BodySite, int] = MappingProxyType({})
    orders: tuple[str, ...] = ()
    ordered: tuple[str, ...] = ()
    unverified: bool = False
    thresholds: tuple[Threshold, ...] = ()
    bounds: Bounds = _DEFAULTS

    @property
    def message(self) -> str:
        """The patient's facts in one sentence."""
        return str(self.said)

    @property
    def settings(self) -> list[str]:
        """The numbers that the rule turns on, in words: what holds here beside the default."""
        return [self.bounds.words(one) for one in self.thresholds]

    @property
    def is_everywhere(self) -> bool:
        """Whether it sets one ceiling on the whole body."""
        return self.ceiling is not None and not self.lifted and len(self.sites) == len(ALL_SITES)

    def ceilings_up_to(self, highest: int) -> Iterator[tuple[Iterable[BodySite], int]]:
        """Yield sites that it sets one ceiling on, with the ceiling, up to the highest asked."""
        for sites, ceiling in ((self.sites, self.ceiling), (None, self.elsewhere)):
            if ceiling is None or (ceiling > highest and not self.lifted):
                continue
            where = ALL_SITES - self.sites if sites is None else sites
            if not self.lifted:
                yield where, int(ceiling)
                continue
            for site in where:
                if (here := self.lifted.get(site, ceiling)) <= highest:
                    yield (site,), int(here)

    def ceiling_of(self, site: BodySite) -> int | None:
        """Return the ceiling that this finding sets on the site, None if it sets none."""
        raised = self.lifted.get(site)
        if raised is not None:
            return raised
        return self.ceiling if site in self.sites else self.elsewhere
