"""The body map of a session: today's limits with their reasons, and where hands are or were."""

from collections.abc import Iterable, Mapping

from sessions_app.bodymap.picture import Mark, Picture, limit_kind, picture
from sessions_app.safety.findings import SiteLimit
from sessions_app.safety.verdict import Verdict
from sessions_app.sessions.models import SiteTreated
from sessions_app.vocabulary.body_sites import BodySite
from sessions_app.vocabulary.pressure import Pressure

_PRESSURES = frozenset(str(level.value) for level in Pressure)


def limits_picture(verdict: Verdict, chosen: Mapping[str, str]) -> Picture:
    """Return the map of what is allowed today, with the sites that are ticked."""
    titles = {finding.rule: finding.title for finding in verdict.findings}
    recorded = {
        site for finding in verdict.findings for fact in finding.facts for site in fact.sites
    }
    return picture(
        {
            site: _mark(limit, titles, chosen.get(site.value), fact=site in recorded)
            for site, limit in verdict.limits.items()
        }
    )


def done_picture(treated: Iterable[SiteTreated]) -> Picture:
    """Return the map of where hands were, and how firmly."""
    return firmest_picture({BodySite(row.site): row.pressure for row in treated})


def firmest_picture(there: Mapping[BodySite, int]) -> Picture:
    """Return the map of sites that hands were on, each with a pressure; it tells no limits."""
    return picture(
        {
            site: Mark(chosen=site in there, pressure=there.get(site), tells_limit=False)
            for site in BodySite
        }
    )


def _mark(limit: SiteLimit, titles: Mapping[str, str], pressure: str | None, *, fact: bool) -> Mark:
    kind = limit_kind(limit.ceiling)
    why = ", ".join(dict.fromkeys(titles.get(rule, rule) for rule in limit.reasons))
    ticked = pressure is not None
    return Mark(
        kind=kind,
        number=limit.ceiling if kind == "upto" else None,
        words=f"{limit.words} ({why})" if why else limit.words,
        chosen=ticked,
        pressure=int(pressure) if pressure in _PRESSURES else None,
        fact=fact,
    )
