"""D1: ports, lines and drains."""

import pytest

from sessions_app.safety.assess import limits
from sessions_app.vocabulary.body_sites import ALL_SITES, BodySite
from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.severity import Level
from tests.safety.making import TODAY, ago, fact, facts, found, only

PORT = fact(FactKind.DEVICE, BodySite.CHEST_RIGHT, source="nurse")
SOMEWHERE = fact(FactKind.DEVICE)


def test_the_device_is_out_of_contact_and_its_neighbours_are_not() -> None:
    by_site = limits(facts(PORT), TODAY)
    assert by_site[BodySite.CHEST_RIGHT].ceiling == -1
    assert by_site[BodySite.CHEST_RIGHT].reasons == ("D1",)
    assert by_site[BodySite.BREAST_RIGHT].ceiling == 3


def test_the_reminder_asks_for_a_confirmation_and_tells_the_margin() -> None:
    finding = only(found("D1", PORT))
    assert finding.level is Level.CONFIRM
    assert finding.message == "Port, line or drain: right chest (20 Nov 2026; nurse)."
    assert "10 cm" in finding.adaptation


def test_a_device_of_unknown_place_is_light_everywhere() -> None:
    assert {at.ceiling for at in limits(facts(SOMEWHERE), TODAY).values()} == {1}


def test_a_known_and_an_unknown_device_hold_together() -> None:
    by_site = limits(facts(PORT, SOMEWHERE), TODAY)
    assert {site for site in ALL_SITES if by_site[site].ceiling == -1} == {BodySite.CHEST_RIGHT}
    assert by_site[BodySite.HAND_LEFT].ceiling == 1


@pytest.mark.parametrize(
    ("days", "until", "words"),
    [(40, ago(10), "ask whether still so"), (-1, None, "check the date"), (0, None, "21 Nov 2026")],
)
def test_old_or_ahead_it_still_limits(days, until, words) -> None:
    given = fact(FactKind.DEVICE, BodySite.HAND_LEFT, days=days, until=until)
    assert words in only(found("D1", given)).message
    assert limits(facts(given), TODAY)[BodySite.HAND_LEFT].ceiling == -1


def test_without_a_device_nothing_is_said() -> None:
    assert found("D1", fact(FactKind.OTHER_METASTASIS)) == []
