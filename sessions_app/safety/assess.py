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
from sessions_app.safety.rule import Rule
from sessions_app.safety.situation import PlannedSession, Situation
from sessions_app.safety.thresholds import Bounds
from sessions_app.safety.verdict import Break, Verdict
from sessions_app.vocabulary.body_sites import HEAD_TO_FOOT, BodySite
from sessions_app.vocabulary.pressure import Pressure
from sessions_app.vocabulary.records import Product
from sessions_app.vocabulary.severity import Level
from sessions_app.vocabulary.techniques import Technique


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


def find(
    situation: Situation, orders: Iterable[Order] = (), catalogue: Iterable[Rule] = CATALOGUE
) -> list[Finding]:
    """Return what every rule says of a situation, as the orders in force leave it."""
    orders, facts = tuple(orders), situation.facts
    found = [
        finding
        for each in catalogue
        if not (each.needs and facts.has_none_of(each.needs))
        for finding in each.speak(situation)
    ]
    if not orders:
        return found
    return [lifted(one, rule(one.rule).lift, orders, situation.today) for one in found]


def _limits(found: list[Finding]) -> dict[BodySite, SiteLimit]:
    """Fold the findings' ceilings into one limit a site: the lowest, with the rules that set it.

    What holds on the whole body is folded first, so that a finding which is nowhere as strict
    need not be asked for each site.
    """
    whole: list[tuple[int, Finding]] = []
    parts: list[tuple[int, Finding]] = []
    for n, one in enumerate(found):
        (whole if one.is_everywhere else parts).append((n, one))
    general = int(min((one.ceiling or 0 for _, one in whole), default=Pressure.STRONGEST))
    everywhere = tuple(n for n, one in whole if one.ceiling == general)
    set_by = dict.fromkeys(HEAD_TO_FOOT, (general, everywhere))
    for n, one in parts:
        for sites, ceiling in one.ceilings_up_to(general):
            alone = ceiling, (n,)
            for site in sites:
                lowest, behind = set_by[site]
                if ceiling < lowest:
                    set_by[site] = alone
                elif ceiling == lowest:
                    set_by[site] = ceiling, (*behind, n)
    named = {each: _limit(*each, found) for each in set(set_by.values())}
    return {site: named[each] for site, each in set_by.items()}


def _limit(ceiling: int, behind: tuple[int, ...], found: list[Finding]) -> SiteLimit:
    """Return a limit with the rules behind it, in the order of the catalogue."""
    return SiteLimit(ceiling, tuple(dict.fromkeys(found[n].rule for n in sorted(behind))))


def _shown(found: list[Finding], allowed: dict[BodySite, SiteLimit]) -> tuple[Finding, ...]:
    """Return the findings, strongest first; a mere ceiling that decides no site is left out."""
    deciding = {reason for limit in allowed.values() for reason in limit.reasons}
    telling = (
        one
        for one in found
        if one.level is not Level.INFORM or one.ceiling is None or one.rule in deciding
    )
    return tuple(sorted(telling, key=lambda finding: -finding.level.rank))


def _breaks(
    plan: PlannedSession, allowed: dict[BodySite, SiteLimit], found: list[Finding]
) -> Iterable[Break]:
    """Yield where the session goes past what is to be kept, sites first, head to foot."""
    for site in (site for site in HEAD_TO_FOOT if site in plan.pressures):
        limit, chosen = allowed[site], plan.pressures[site]
        if not limit.allows(chosen):
            yield Break(site, chosen, limit.ceiling, limit.reasons)
    forbidding = [one for one in found if one.forbidden_techniques]
    for technique in Technique:
        if technique in plan.techniques and (rules := _against(technique, forbidding)):
            yield Break(technique, None, None, rules)
    yield from _beside(plan, found)


def _against(technique: Technique, found: Iterable[Finding]) -> tuple[str, ...]:
    return _ids(found, lambda one: technique in one.forbidden_techniques)


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
