"""The clinic's page, and acting in another of one's own clinics."""

import pytest
from django.urls import reverse

from sessions_app.clinics.permissions import ROLE_PERMISSIONS
from sessions_app.vocabulary.roles import Role
from tests.reading import Page
from tests.universe import ClientAs, Universe

SWITCH = "/clinic/switch/"


def test_switching_changes_what_is_seen(universe: Universe, client_as: ClientAs) -> None:
    browser = client_as("wanda_here")
    here = Page(browser.get("/patients/"))
    assert "Adason" in here.words
    assert "Farahson" not in here.words
    form = here.posting("membership")
    assert form["membership"] == [str(universe.wanda_here.pk)]
    answer = browser.post(SWITCH, {"membership": universe.wanda_there.pk})
    there = Page(browser.get(answer.headers["Location"]))
    assert "Farahson" in there.words
    assert "Adason" not in there.words
    assert reverse("dashboards:summary") in there.links()
    assert reverse("dashboards:summary") not in here.links()


@pytest.mark.parametrize(
    "garbage", ["", "x", "\x00", "1", "9" * 5000, "00000000-0000-0000-0000-000000000000"]
)
def test_what_is_no_membership_is_not_found(
    universe: Universe, client_as: ClientAs, garbage: str
) -> None:
    browser = client_as("wanda_here")
    assert browser.post(SWITCH, {"membership": garbage}).status_code == 404
    assert "Adason" in Page(browser.get("/patients/")).words


@pytest.mark.parametrize("other", ["foreign_admin", "therapist"])
def test_anothers_membership_is_not_found(
    universe: Universe, client_as: ClientAs, other: str
) -> None:
    browser = client_as("wanda_here")
    wanted = getattr(universe, other).pk
    assert browser.post(SWITCH, {"membership": wanted}).status_code == 404


def test_a_switch_needs_a_post(universe: Universe, client_as: ClientAs) -> None:
    browser = client_as("wanda_here")
    assert browser.get(SWITCH, {"membership": universe.wanda_there.pk}).status_code == 405


def test_an_admin_arrives_where_an_admin_may_be(universe: Universe, client_as: ClientAs) -> None:
    browser = client_as("admin")
    answer = browser.post(SWITCH, {"membership": universe.admin.pk})
    assert answer.headers["Location"] == "/clinic/"
    assert browser.get("/clinic/").status_code == 200


def test_a_person_of_one_clinic_is_offered_no_switch(
    universe: Universe, client_as: ClientAs
) -> None:
    assert not Page(client_as("therapist").get("/patients/")).has("switch-clinic")


@pytest.mark.parametrize("role", [role.value for role in Role])
def test_the_clinics_page_tells_the_emergency_the_people_and_the_roles(
    universe: Universe, client_as: ClientAs, role: str
) -> None:
    words = Page(client_as(role).get("/clinic/")).words
    for said in ("2222", "Call the crash team", "Wanda Wide", universe.birchwood.time_zone):
        assert said in words
    for permission in ROLE_PERMISSIONS[Role(role)]:
        assert permission.label in words.lower()
    assert "Harbour" not in words
