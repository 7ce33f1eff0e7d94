"""The one question of this package: what is to be kept in mind for this patient and session?

These hold and are tested as properties. Adding a hazard (any fact but a measurement or an answer)
never loosens a limit, lifts a technique or lowers the level. Adding a measurement may loosen only
what an older one, or the lack of a reliable one, had set. «Asked, and not so» changes no limit. An
order raises no site that it does not name. The order in which facts come does not matter.
"""

from collections.abc import Callable, Iterable
from datetime import date

from sessions_app.safety.catalogue import CATALOGUE, rule
from sessions_app.safety.facts import PatientFacts
from sessions_app.safety.findings import Finding, SiteLimit
from sessions_app.safety.handling import together
from sessions_app.safety.orders import Order, lifted
from sessions_app.safety.situation import PlannedSession, Situation
from sessions_app.safety.thresholds import Bounds
from sessions_app.safety.verdict import Break, Verdict
from sessions_app.vocabulary.body_sites import ALL_SITES, HEAD_TO_FOOT, BodySite
from sessions_app.vocabulary.pressure import Pressure
from sessions_app.vocabulary.records import Product
from sessions_app.vocabulary.severity import Level
from sessions_app.vocabulary.techniques import Technique

_UNLIMITED = SiteLimit(int(Pressure.STRONGEST), ())
_INFORM = Level.INFORM  # a member looked up by its name costs more than all that is done with it


def limits(
    facts: PatientFacts, today: date, *, bounds: Bounds | None = None, orders: Iterable[Order] = ()
) -> dict[BodySite, SiteLimit]:
    """Return the limit of every site; the strictest rule wins, and its id is the reason."""
    return _limits(find(Situation(facts, today, bounds or Bounds()), orders))


def assess(
    facts: PatientFacts,
    plan: PlannedSession | None,
    today: date,
    *,
    planning: bool = True,
    bounds: Bounds | None = None,
    orders: Iterable[Order] = (),
) -> Verdict:
    """Return findings, limits and breaks for a session.

    ``plan`` None asks for the standing findings only. ``planning`` False means the session was
    already given and is being recorded: touching a site to avoid (B2) then asks for a
    confirmation instead of stopping, because a record has to be true.
    """
    asked, orders = Situation(facts, today, bounds or Bounds(), plan, planning), tuple(orders)
    found = find(asked, orders)
    allowed = _limits(found)
    broken = tuple(_breaks(plan, allowed, found)) if plan else ()
    return Verdict(_shown(found, allowed), allowed, broken, asked, orders)


def shown_rules(asked: Situation, orders: Iterable[Order] = ()) -> frozenset[str]:
    """Return the ids of the rules that `assess` would show, without its limits and breaks."""
    found = find(asked, orders)
    mere = any(one.level is Level.INFORM and one.ceiling is not None for one in found)
    return frozenset(one.rule for one in (_shown(found, _limits(found)) if mere else found))


def find(situation: Situation, orders: Iterable[Order] = ()) -> list[Finding]:
    """Return what every rule says of a situation, as the orders in force leave it."""
    orders, known = tuple(orders), situation.facts.kinds
    found = [
        finding
        for each in CATALOGUE
        if not (each.needs and known.isdisjoint(each.needs))
        for finding in each.speak(situation)
    ]
    if not orders:
        return found
    return [lifted(one, rule(one.rule).lift, orders, situation.today) for one in found]


def _limits(found: list[Finding]) -> dict[BodySite, SiteLimit]:
    """Fold the findings' ceilings into one limit a site: the lowest, with the rules that set it.

    Ceilings are taken from the lowest up: a site that has its limit is asked for no more.
    """
    levels: dict[int, list[tuple[str, frozenset[BodySite]]]] = {}
    for one in found:
        for ceiling, sites in one.ceilings:
            levels.setdefault(ceiling, []).append((one.rule, sites))
    decided: dict[BodySite, SiteLimit] = {}
    for ceiling in sorted(levels):
        decided |= _limited(ceiling, levels[ceiling], ALL_SITES - decided.keys())
        if len(decided) == len(ALL_SITES):
            break
    return {site: decided.get(site, _UNLIMITED) for site in HEAD_TO_FOOT}


def _limited(
    ceiling: int, told: list[tuple[str, frozenset[BodySite]]], undecided: frozenset[BodySite]
) -> dict[BodySite, SiteLimit]:
    """Return the sites that have this limit, with the rules behind each in the catalogue's order.

    A rule is a bit here, so that what many sites have in common is said once.
    """
    bits = {rule: 1 << n for n, rule in enumerate(dict.fromkeys([rule for rule, _ in told]))}
    everywhere, behind = 0, dict.fromkeys(undecided, 0)
    for each, sites in told:
        bit = bits[each]
        if sites >= undecided:
            everywhere |= bit
            continue
        for site in sites & undecided:
            behind[site] |= bit
    named = {
        here: SiteLimit(int(ceiling), tuple([rule for rule, bit in bits.items() if both & bit]))
        for here in set(behind.values())
        if (both := here | everywhere)
    }
    return {site: named[here] for site, here in behind.items() if here in named}


def _shown(found: list[Finding], allowed: dict[BodySite, SiteLimit]) -> tuple[Finding, ...]:
    """Return the findings, strongest first; a mere ceiling that decides no site is left out."""
    deciding = frozenset[str]().union(*[limit.reasons for limit in allowed.values()])
    telling = [
        one
        for one in found
        if one.level is not _INFORM or one.ceiling is None or one.rule in deciding
    ]
    return tuple(sorted(telling, key=lambda finding: -finding.level.rank))


def _breaks(
    plan: PlannedSession, allowed: dict[BodySite, SiteLimit], found: list[Finding]
) -> Iterable[Break]:
    """Yield where the session goes past what is to be kept, sites first, head to foot."""
    for site, limit in allowed.items():
        chosen = plan.pressures.get(site)
        if chosen is not None and chosen > limit.ceiling:
            yield Break(site, chosen, limit.ceiling, limit.reasons)
    against = _against(plan.techniques, found)
    for technique in Technique:
        if technique in against:
            yield Break(technique, None, None, tuple(dict.fromkeys(against[technique])))
    yield from _beside(plan, found)


def _against(chosen: frozenset[Technique], found: list[Finding]) -> dict[Technique, list[str]]:
    """Return the chosen techniques that are to be left out, with the rules that ask for it."""
    against: dict[Technique, list[str]] = {}
    for one in found:
        for technique in one.forbidden_techniques & chosen:
            against.setdefault(technique, []).append(one.rule)
    return against


def _beside(plan: PlannedSession, found: list[Finding]) -> Iterable[Break]:
    """Yield where position, product or duration go past what the findings ask for."""
    handling = together(one.handling for one in found)
    if plan.position in handling.not_lying:
        rules = _ids(found, lambda one: plan.position in one.handling.not_lying)
        yield Break(plan.position, None, None, rules)
    if plan.product not in (None, Product.NONE):
        rules = _ids(found, lambda one: _wrong_product(plan, one))
        if rules:
            yield Break(plan.product, None, None, rules)
    if plan.minutes and handling.minutes is not None and plan.minutes > handling.minutes:
        rules = _ids(found, lambda one: one.handling.minutes == handling.minutes)
        yield Break(None, plan.minutes, handling.minutes, rules)


def _wrong_product(plan: PlannedSession, finding: Finding) -> bool:
    kept = finding.handling
    outside = kept.products is not None and plan.product not in kept.products
    return outside or bool(kept.no_product & plan.pressures.keys())


def _ids(found: Iterable[Finding], holds: Callable[[Finding], bool]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.rule for one in found if holds(one)))
