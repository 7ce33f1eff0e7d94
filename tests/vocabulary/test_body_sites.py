"""Regions, sides, groups and the trials' presets."""

import pytest

from sessions_app.vocabulary.body_sites import (
    ALL_SITES,
    PRESETS,
    SITE_GROUPS,
    BodySite,
    Side,
    SiteGroup,
    SitePreset,
    View,
    both,
    limb,
    listed,
    trunk_quadrant,
)

ALL_PRESETS = [*PRESETS.values(), *SITE_GROUPS.values()]
SIDES = (Side.LEFT, Side.RIGHT)


def mirrored(sites: frozenset[BodySite]) -> frozenset[BodySite]:
    """The same sites on the other side of the body."""
    swap = {"left": "right", "right": "left"}
    parts = [site.rpartition("_") for site in sites]
    return frozenset(
        BodySite(f"{stem}_{swap[end]}" if end in swap else stem + bar + end)
        for stem, bar, end in parts
    )


def test_there_are_sixty_two_regions() -> None:
    assert len(ALL_SITES) == 62


@pytest.mark.parametrize("site", BodySite)
def test_side_code_and_label_agree(site: BodySite) -> None:
    for side in SIDES:
        assert (site.side is side) == site.endswith(f"_{side}") == site.label.startswith(f"{side} ")


def test_every_sided_region_has_its_twin_in_the_same_group_and_view() -> None:
    for site in BodySite:
        (twin,) = mirrored(frozenset({site}))
        assert (twin.group, twin.view) == (site.group, site.view)


def test_regions_are_listed_group_by_group() -> None:
    in_order = list(dict.fromkeys(site.group for site in BodySite))
    assert in_order == list(SiteGroup)
    assert [s.group for s in BodySite] == [
        s.group for g in in_order for s in BodySite if s.group is g
    ]


@pytest.mark.parametrize("view", View)
def test_each_view_shows_some_regions(view: View) -> None:
    assert any(site.view is view for site in BodySite)


@pytest.mark.parametrize("preset", ALL_PRESETS, ids=lambda preset: preset.code)
def test_presets_are_bilateral_and_not_empty(preset: SitePreset) -> None:
    assert preset.sites
    assert mirrored(preset.sites) == preset.sites


def test_presets_are_keyed_by_their_code_and_share_none() -> None:
    keyed = {**PRESETS, **SITE_GROUPS}
    assert len(keyed) == len(PRESETS) + len(SITE_GROUPS)
    assert all(code == preset.code for code, preset in keyed.items())


def test_kutners_ten_places_are_ten() -> None:
    places = {
        site.removesuffix("_left").removesuffix("_right").replace("foot_top", "foot_sole")
        for site in PRESETS["kutner_touch_ten"].sites
    }
    expected = "neck_back shoulder_blade lower_back calf heel clavicle forearm hand kneecap"
    assert places == {*expected.split(), "foot_sole"}
    assert len(places) == 10


def test_feet_to_knee_stops_below_the_knee() -> None:
    sites = PRESETS["feet_to_knee"].sites
    assert BodySite.SHIN_LEFT in sites
    assert not sites & both("kneecap", "knee_back", "thigh_front")


@pytest.mark.parametrize("side", SIDES)
def test_a_limb_is_one_sided_and_holds_its_root(side: Side) -> None:
    arm, leg = limb(side, "arm"), limb(side, "leg")
    assert {site.side for site in arm | leg} == {side}
    assert BodySite(f"axilla_{side}") in arm
    assert BodySite(f"groin_{side}") in leg
    assert not arm & leg


def test_quadrants_and_limbs_and_head_cover_the_body() -> None:
    regions = [limb(side, which) for side in SIDES for which in ("arm", "leg")]
    regions += [trunk_quadrant(side, half) for side in SIDES for half in ("upper", "lower")]
    head = {site for site in BodySite if site.group is SiteGroup.HEAD_NECK}
    assert frozenset(head).union(*regions) == ALL_SITES


def test_midline_has_no_limb_and_only_midline_trunk() -> None:
    assert limb(Side.MIDLINE, "arm") == frozenset()
    assert {site.side for site in trunk_quadrant(Side.MIDLINE, "upper")} == {Side.MIDLINE}


def test_sites_are_listed_head_to_foot() -> None:
    assert listed([BodySite.HAND_LEFT, BodySite.NECK_BACK]) == "neck, back · left hand"
    assert listed([]) == ""


def test_a_stem_without_two_sides_is_refused() -> None:
    with pytest.raises(ValueError, match="sternum_left"):
        both("sternum")
