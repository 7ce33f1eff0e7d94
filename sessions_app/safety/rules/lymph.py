"""Lymph nodes removed or irradiated: the limb and the trunk quadrant that drain to the basin."""

from collections.abc import Iterable
from datetime import date
from typing import Literal

from sessions_app.safety.facts import PatientFacts
from sessions_app.safety.findings import Finding
from sessions_app.safety.rule import Rule
from sessions_app.safety.wording import told
from sessions_app.vocabulary.body_sites import (
    ALL_SITES,
    BodySite,
    Side,
    SiteGroup,
    both,
    in_group,
    limb,
    trunk_quadrant,
)
from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.pressure import Pressure
from sessions_app.vocabulary.severity import Evidence, Level

_HALVES: tuple[tuple[Literal["arm", "leg"], Literal["upper", "lower"]], ...] = (
    ("arm", "upper"),
    ("leg", "lower"),
)
_NECK = in_group(SiteGroup.HEAD_NECK) | both("clavicle", "shoulder", "upper_back")
_REGIONS = [
    limb(side, which) | trunk_quadrant(side, half)
    for side in (Side.LEFT, Side.RIGHT)
    for which, half in _HALVES
]


def drained(site: BodySite) -> frozenset[BodySite]:
    """Return what drains to the basin at this site: limb and trunk quadrant, or head and neck.

    The basins are axilla, groin and neck. Another site counts for each basin whose region holds
    it, so a midline site counts for both sides: wider rather than too narrow. The division of the
    trunk is our design.
    """
    if site.group is SiteGroup.HEAD_NECK:
        return _NECK
    return frozenset[BodySite]().union(*(region for region in _REGIONS if site in region))


_DRAINED = {site: drained(site) for site in BodySite}


def _basin(facts: PatientFacts, today: date) -> Iterable[Finding]:
    """Stay light over all that drains to the basin; over the whole body if no basin is named."""
    nodes = facts.of(FactKind.LYMPH_NODES)
    if nodes:
        regions = (_DRAINED[site] for fact in nodes for site in fact.sites)
        known = all(fact.sites for fact in nodes)
        yield L1.finding(
            f"Lymph nodes removed or irradiated: {told(nodes, today, lifelong=True)}.",
            nodes,
            sites=frozenset[BodySite]().union(*regions) if known else ALL_SITES,
            ceiling=Pressure.SPREADING,
        )


L1 = Rule(
    id="L1",
    version=1,
    title="Lymph nodes removed or irradiated",
    topic="lymph",
    levels=(Level.CONFIRM,),
    wording="Lymph nodes were ever removed or irradiated. There is no time limit.",
    reason="The limb and the quarter of the trunk that drain there may swell, for life.",
    adaptation=(
        "That limb and trunk quadrant: pressure 1, short strokes, no heat, never toward the "
        "missing nodes. If the basin is not recorded, ask the team which; until then pressure 1."
    ),
    source=(
        "Lifelong adjustment: Tracy Walton, published answers. Pressure and strokes from memory, "
        "unverified."
    ),
    evidence=Evidence.TEACHING,
    reviewed_on=date(2026, 11, 21),
    check=_basin,
)
