"""Larger parts of the body, as the rules speak of them."""

from functools import lru_cache
from typing import Literal

from sessions_app.vocabulary.body_sites import (
    BodySite,
    Side,
    SiteGroup,
    both,
    in_group,
    limb,
    trunk_quadrant,
)

LIMBS: tuple[frozenset[BodySite], ...] = (
    limb(Side.LEFT, "arm"),
    limb(Side.RIGHT, "arm"),
    limb(Side.LEFT, "leg"),
    limb(Side.RIGHT, "leg"),
)
"""Both arms with their axilla, both legs with their groin."""

LEGS: frozenset[BodySite] = LIMBS[2] | LIMBS[3]
HANDS: frozenset[BodySite] = both("hand")
FEET: frozenset[BodySite] = both("ankle", "heel", "foot_top", "foot_sole")
BELLY: frozenset[BodySite] = frozenset({BodySite.ABDOMEN_UPPER, BodySite.ABDOMEN_LOWER})
BELLY_AND_FLANKS: frozenset[BodySite] = BELLY | both("flank")
SPINE: frozenset[BodySite] = frozenset(
    {BodySite.NECK_BACK, BodySite.SPINE_THORACIC, BodySite.SPINE_LUMBAR, BodySite.SACRUM}
)
WHOLE_BACK: frozenset[BodySite] = in_group(SiteGroup.BACK) | SPINE
SENSITIVE: frozenset[BodySite] = both("breast", "chest", "buttock") | {BodySite.STERNUM}
"""Breast, chest wall and buttock: touched only with a consent of its own."""

_HALVES: tuple[tuple[Literal["arm", "leg"], Literal["upper", "lower"]], ...] = (
    ("arm", "upper"),
    ("leg", "lower"),
)
_NECK = in_group(SiteGroup.HEAD_NECK) | both("clavicle", "shoulder", "upper_back")
_QUARTERS = [
    limb(side, which) | trunk_quadrant(side, half)
    for side in (Side.LEFT, Side.RIGHT)
    for which, half in _HALVES
]


def limbs_of(sites: frozenset[BodySite]) -> frozenset[BodySite]:
    """Return the sites with every limb that one of them lies in."""
    return sites.union(*(whole for whole in LIMBS if sites & whole))


def drained(site: BodySite) -> frozenset[BodySite]:
    """Return what drains to the basin at this site: limb and trunk quadrant, or head and neck.

    The basins are axilla, groin and neck. Another site counts for each basin whose region holds
    it, so a midline site counts for both sides: wider rather than too narrow. The division of the
    trunk is our design.
    """
    if site.group is SiteGroup.HEAD_NECK:
        return _NECK
    return frozenset[BodySite]().union(*(region for region in _QUARTERS if site in region))


_DRAINED = {site: drained(site) for site in BodySite}


@lru_cache(maxsize=1024)
def quarters_of(sites: frozenset[BodySite]) -> frozenset[BodySite]:
    """Return all that drains to the same basins as these sites."""
    return sites.union(*(_DRAINED[site] for site in sites))


_THROUGH = {
    "chest": ("shoulder_blade", "upper_back"), "breast": ("shoulder_blade",),
    "clavicle": ("upper_back",), "shoulder_blade": ("chest",), "upper_back": ("clavicle",),
    "lower_back": ("flank",), "buttock": ("groin",), "groin": ("buttock",),
    "thigh_front": ("thigh_back",), "thigh_back": ("thigh_front",),
    "shin": ("calf",), "calf": ("shin",), "kneecap": ("knee_back",), "knee_back": ("kneecap",),
    "foot_top": ("foot_sole",), "foot_sole": ("foot_top",),
}  # fmt: skip
_THROUGH_MIDLINE = {
    "scalp": "face", "face": "scalp", "neck_front": "neck_back", "neck_back": "neck_front",
    "sternum": "spine_thoracic", "spine_thoracic": "sternum",
    "abdomen_upper": "spine_thoracic", "abdomen_lower": "spine_lumbar",
    "spine_lumbar": "abdomen_lower", "sacrum": "abdomen_lower",
}  # fmt: skip


@lru_cache(maxsize=1024)
def front_and_back(sites: frozenset[BodySite]) -> frozenset[BodySite]:
    """Return the sites with what lies opposite: a beam goes in at one side and out at the other."""
    return sites.union(*(_opposite(site) for site in sites))


def _opposite(site: BodySite) -> frozenset[BodySite]:
    if site.side is Side.MIDLINE:
        code = _THROUGH_MIDLINE.get(site.value)
        return frozenset({BodySite(code)} if code else ())
    stem = site.value.removesuffix(f"_{site.side}")
    return frozenset(BodySite(f"{other}_{site.side}") for other in _THROUGH.get(stem, ()))
