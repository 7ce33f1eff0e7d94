"""The one question of this package: what is to be kept in mind for this patient and session?

Two things hold and are tested as properties. Adding a hazard (any fact but a platelet count or a
consent) never loosens a limit, lifts a technique or lowers the level. Adding a platelet count may
loosen only what an older count (H1 to H3) or the lack of a reliable one (H5) had set; a consent
answers X1 and touches no limit.
"""

from collections.abc import Iterable
from datetime import date

from sessions_app.safety.catalogue import CATALOGUE
from sessions_app.safety.facts import PatientFacts, PlannedSession
from sessions_app.safety.findings import Break, Finding, SiteLimit, Verdict
from sessions_app.vocabulary.body_sites import HEAD_TO_FOOT, BodySite
from sessions_app.vocabulary.pressure import Pressure
from sessions_app.vocabulary.techniques import Technique


def standing(facts: PatientFacts, today: date) -> list[Finding]:
    """Return what the facts alone say, whatever the session."""
    return [finding for rule in CATALOGUE for finding in rule.check(facts, today)]


def limits(facts: PatientFacts, today: date) -> dict[BodySite, SiteLimit]:
    """Return the limit of every site; the strictest rule wins, and its id is the reason."""
    return _limits(standing(facts, today))


def assess(
    facts: PatientFacts,
    plan: PlannedSession | None,
    today: date,
    *,
    planning: bool = True,
) -> Verdict:
    """Return findings, limits and breaks for a session.

    ``plan`` None asks for the standing findings only. ``planning`` False means the session was
    already given and is being recorded: touching a site to avoid (B2) then asks for a
    confirmation instead of stopping, because a record has to be true.
    """
    found = standing(facts, today)
    allowed = _limits(found)
    if plan is None:
        return Verdict(_strongest_first(found), allowed)
    broken = (*_too_firm(plan, allowed), *_left_out(plan, found))
    for rule in CATALOGUE:
        found.extend(rule.check_plan(facts, plan, planning) if rule.check_plan else ())
    return Verdict(_strongest_first(found), allowed, broken)


def _limits(found: Iterable[Finding]) -> dict[BodySite, SiteLimit]:
    """Fold the findings' ceilings into one limit a site."""
    found = [each for each in found if each.ceiling is not None or each.elsewhere is not None]
    return {site: _limit(site, found) for site in HEAD_TO_FOOT}


def _limit(site: BodySite, found: Iterable[Finding]) -> SiteLimit:
    """Return the lowest ceiling on the site with the rules that set it."""
    lowest, reasons = int(Pressure.STRONGEST), dict[str, None]()
    for finding in found:
        ceiling = finding.ceiling_of(site)
        if ceiling is None or ceiling > lowest:
            continue
        if ceiling < lowest:
            lowest, reasons = ceiling, {}
        reasons[finding.rule] = None
    return SiteLimit(int(lowest), tuple(reasons))


def _too_firm(plan: PlannedSession, allowed: dict[BodySite, SiteLimit]) -> Iterable[Break]:
    """Return the sites, head to foot, whose pressure goes past their limit."""
    for site in (site for site in HEAD_TO_FOOT if site in plan.pressures):
        limit, chosen = allowed[site], plan.pressures[site]
        if not limit.allows(chosen):
            yield Break(site, chosen, limit.ceiling, limit.reasons)


def _left_out(plan: PlannedSession, found: Iterable[Finding]) -> Iterable[Break]:
    """Return the techniques of the session that a finding asks to leave out."""
    found = list(found)
    for technique in (each for each in Technique if each in plan.techniques):
        rules = tuple(f.rule for f in found if technique in f.forbidden_techniques)
        if rules:
            yield Break(technique, None, None, rules)


_ORDER = {rule.id: place for place, rule in enumerate(CATALOGUE)}


def _strongest_first(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Order by level, strongest first, and within one level by the catalogue."""
    return tuple(sorted(found, key=lambda each: (-each.level.rank, _ORDER[each.rule])))
