"""L1: lymph nodes removed or irradiated."""

import pytest

from sessions_app.safety.assess import limits
from sessions_app.vocabulary.body_regions import drained
from sessions_app.vocabulary.body_sites import ALL_SITES, BodySite
from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.severity import Level
from tests.safety.making import TODAY, ago, fact, facts, found, only

NODES = FactKind.LYMPH_NODES
B = BodySite


@pytest.mark.parametrize(
    ("basin", "inside", "outside"),
    [
        (
            B.AXILLA_LEFT,
            (B.HAND_LEFT, B.BREAST_LEFT, B.SHOULDER_BLADE_LEFT, B.STERNUM),
            B.HAND_RIGHT,
        ),
        (B.AXILLA_RIGHT, (B.SHOULDER_RIGHT, B.UPPER_BACK_RIGHT, B.FLANK_RIGHT), B.BREAST_LEFT),
        (B.GROIN_LEFT, (B.FOOT_SOLE_LEFT, B.BUTTOCK_LEFT, B.ABDOMEN_LOWER), B.HAND_LEFT),
        (B.GROIN_RIGHT, (B.HIP_RIGHT, B.LOWER_BACK_RIGHT, B.SACRUM), B.CALF_LEFT),
        (B.NECK_FRONT, (B.FACE, B.SCALP, B.CLAVICLE_LEFT, B.CLAVICLE_RIGHT), B.HAND_LEFT),
    ],
)
def test_limb_and_trunk_quadrant_are_light(basin, inside, outside) -> None:
    by_site = limits(facts(fact(NODES, basin)), TODAY)
    assert {by_site[site].ceiling for site in (*inside, basin)} == {1}
    assert by_site[basin].reasons == ("L1",)
    assert by_site[outside].ceiling == 3


@pytest.mark.parametrize(
    "given",
    [
        fact(NODES, B.AXILLA_LEFT, days=9_000),
        fact(NODES, B.AXILLA_LEFT, days=900, until=ago(800)),
        fact(NODES, B.AXILLA_LEFT, days=-3),
    ],
    ids=["long ago", "past a date", "dated ahead"],
)
def test_it_counts_for_life(given) -> None:
    finding = only(found("L1", given))
    assert finding.level is Level.CONFIRM
    assert "ask whether still so" not in finding.message
    assert limits(facts(given), TODAY)[B.HAND_LEFT].ceiling == 1


def test_an_unnamed_basin_is_light_everywhere() -> None:
    finding = only(found("L1", fact(NODES, B.AXILLA_LEFT), fact(NODES)))
    assert finding.sites == ALL_SITES
    assert "place not recorded" in finding.message


def test_a_midline_site_counts_for_both_sides() -> None:
    assert {B.FOOT_TOP_LEFT, B.FOOT_TOP_RIGHT} <= drained(B.ABDOMEN_LOWER)


@pytest.mark.parametrize("site", BodySite)
def test_every_site_lies_in_what_it_drains(site: BodySite) -> None:
    assert site in drained(site)


def test_without_such_a_fact_nothing_is_said() -> None:
    assert found("L1", fact(FactKind.DEVICE, B.AXILLA_LEFT)) == []
