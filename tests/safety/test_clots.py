"""V1: signs of a clot in a limb."""

import pytest

from sessions_app.safety.assess import limits
from sessions_app.vocabulary.body_sites import BodySite, Side, limb
from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.severity import Level
from tests.safety.making import TODAY, ago, fact, facts, found, only

SIGNS = FactKind.LIMB_CLOT_SIGNS
LEFT_LEG = limb(Side.LEFT, "leg")


@pytest.mark.parametrize("site", [BodySite.CALF_LEFT, BodySite.GROIN_LEFT, BodySite.FOOT_TOP_LEFT])
def test_the_whole_limb_is_left_alone(site: BodySite) -> None:
    by_site = limits(facts(fact(SIGNS, site)), TODAY)
    assert {s for s in by_site if by_site[s].ceiling == -1} == LEFT_LEG
    assert by_site[site].reasons == ("V1",)


def test_it_stops_and_names_the_place() -> None:
    finding = only(found("V1", fact(SIGNS, BodySite.CALF_LEFT)))
    assert finding.level is Level.STOP
    assert finding.message == "Signs of a clot in a limb: left calf (20 Nov 2026; chart)."


def test_a_site_outside_the_limbs_is_left_alone_by_itself() -> None:
    assert only(found("V1", fact(SIGNS, BodySite.NECK_FRONT))).sites == {BodySite.NECK_FRONT}


def test_an_unnamed_limb_means_all_four() -> None:
    arms = limb(Side.LEFT, "arm") | limb(Side.RIGHT, "arm")
    assert only(found("V1", fact(SIGNS))).sites == arms | LEFT_LEG | limb(Side.RIGHT, "leg")


@pytest.mark.parametrize(("days", "until"), [(30, ago(20)), (-1, None), (0, ago(0))])
def test_past_its_date_or_ahead_it_still_stops(days, until) -> None:
    assert found("V1", fact(SIGNS, BodySite.CALF_LEFT, days=days, until=until))


def test_without_signs_nothing_is_said() -> None:
    assert found("V1", fact(FactKind.DEVICE, BodySite.CALF_LEFT)) == []
