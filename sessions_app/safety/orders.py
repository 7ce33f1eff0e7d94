"""A clinician's order: what it names it lifts, as far as the rule says an order can."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sessions_app.safety.findings import Finding
from sessions_app.safety.wording import day
from sessions_app.vocabulary.body_sites import BodySite
from sessions_app.vocabulary.severity import Level


@dataclass(frozen=True, slots=True)
class Lift:
    """How far an order can lift a rule: up to a pressure, and only at these sites if any are named.

    ``up_to`` -1 lifts no site: the order lets the session begin and changes no limit.
    """

    up_to: int
    sites: frozenset[BodySite] = frozenset()


@dataclass(frozen=True, slots=True)
class Order:
    """What a clinician ordered: for which rules, where, up to which pressure, until when."""

    id: str
    rules: frozenset[str]
    sites: frozenset[BodySite]
    up_to: int
    name: str
    role: str
    ordered_on: date
    expires_on: date

    def holds(self, today: date) -> bool:
        """Say whether it is in force on a day; its last day is included."""
        return self.ordered_on <= today <= self.expires_on

    @property
    def words(self) -> str:
        """By whom, and until when."""
        return f"By order of {self.name}, {self.role}, until {day(self.expires_on)}"


def lifted(finding: Finding, lift: Lift | None, orders: Iterable[Order], today: date) -> Finding:
    """Return the finding as the orders in force leave it.

    A stop becomes something to confirm; the ceiling rises only at sites that the order names, to
    what the order says or the rule allows, whichever is lower. An emergency is never lifted.
    """
    if lift is None or finding.level is Level.EMERGENCY:
        return finding
    mine = [one for one in orders if finding.rule in one.rules and one.holds(today)]
    if not mine:
        return finding
    raised: dict[BodySite, int] = {}
    for order in mine:
        for site in order.sites & lift.sites if lift.sites else order.sites:
            allowed = min(order.up_to, lift.up_to)
            present = finding.ceiling_of(site)
            if present is not None and allowed > present:
                raised[site] = max(allowed, raised.get(site, allowed))
    level = Level.CONFIRM if finding.level is Level.STOP else finding.level
    changed = raised or level is not finding.level
    told = dict.fromkeys(one.words for one in mine) if changed else {}
    return finding._replace(
        level=level,
        lifted=raised,
        orders=tuple(one.id for one in mine),
        ordered=tuple(told),
    )
