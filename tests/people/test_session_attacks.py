"""What somebody tries with the cookie of a sign-in: each way is shut."""

import re
from collections.abc import Callable
from http.cookies import Morsel
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.middleware.csrf import get_token
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from sessions_app.members import account_actions
from sessions_app.members import actions as members
from sessions_app.people import actions, lasting
from sessions_app.people.models import User
from sessions_app.people.sign_in_model import SignIn
from sessions_app.vocabulary.roles import Role
from tests.people.test_lasting import put_back
from tests.reading import Page
from tests.universe import PASSWORD, Universe

THERAPIST = {"email": "therapist@birchwood.example", "password": PASSWORD}
WANDA = {"email": "wanda@both.example", "password": PASSWORD}
NAME = settings.SESSION_COOKIE_NAME


def signed_in(said: dict[str, str] = THERAPIST, browser: Client | None = None) -> Client:
    """Sign in by the page."""
    browser = browser or Client()
    assert browser.post("/sign-in/", said).status_code == 302
    return browser


def stolen(browser: Client) -> Client:
    """Return another browser with a copy of this one's cookies as they are now."""
    thief = Client()
    for name, morsel in browser.cookies.items():
        thief.cookies[name] = morsel.value
    return thief


def is_in(browser: Client) -> bool:
    """Say whether a patient's list is shown."""
    return browser.get("/patients/").status_code == 200


def test_a_stolen_cookie_opens_what_its_owner_opens(universe: Universe) -> None:
    """Without this the other tests of this file would show nothing."""
    assert is_in(stolen(signed_in()))


@pytest.mark.parametrize("planted", ["a" * 32, "stolen", ""])
def test_a_cookie_planted_before_the_sign_in_is_not_taken(universe: Universe, planted: str) -> None:
    victim = Client()
    victim.cookies[NAME] = planted
    signed_in(browser=victim)
    assert victim.cookies[NAME].value != planted
    thief = Client()
    thief.cookies[NAME] = planted
    assert not is_in(thief)


def test_a_session_begun_by_the_attacker_is_another_after_the_sign_in(universe: Universe) -> None:
    victim = Client()
    victim.get("/sign-in/")
    session = victim.session
    session["planted"] = True
    session.save()
    thief = stolen(victim)
    signed_in(browser=victim)
    assert is_in(victim)
    assert not is_in(thief)


def test_signing_in_makes_a_new_key_and_a_new_seal(universe: Universe) -> None:
    browser = Client()
    browser.get("/sign-in/")
    seal = browser.cookies[settings.CSRF_COOKIE_NAME].value
    signed_in(browser=browser)
    first = browser.cookies[NAME].value
    assert browser.cookies[settings.CSRF_COOKIE_NAME].value != seal
    thief = stolen(browser)
    signed_in(browser=browser)
    assert browser.cookies[NAME].value != first
    assert not is_in(thief)


def test_whoever_signs_in_next_finds_nothing_of_the_one_before(universe: Universe) -> None:
    browser = signed_in(WANDA)
    browser.post(reverse("clinics:switch"), {"membership": universe.wanda_there.pk})
    session = browser.session
    session["left"] = "behind"
    session.save()
    signed_in(browser=browser)
    assert "left" not in browser.session
    assert "membership" not in browser.session


def sign_out(universe: Universe, browser: Client) -> None:
    browser.post("/sign-out/")


def new_password(universe: Universe, browser: Client) -> None:
    actions.set_password(User.objects.get(email=THERAPIST["email"]), password="another long one!")


def close_account(universe: Universe, browser: Client) -> None:
    account_actions.close_account(universe.therapist.user, by=universe.admin)


def end_sign_ins(universe: Universe, browser: Client) -> None:
    account_actions.end_sign_ins(universe.therapist.user, by=universe.admin)


def deactivate(universe: Universe, browser: Client) -> None:
    members.deactivate(universe.therapist, by=universe.admin)


def end_membership(universe: Universe, browser: Client) -> None:
    members.end_membership(universe.therapist, by=universe.admin)


def shut_the_row(universe: Universe, browser: Client) -> None:
    """Past every action, as a database administrator would."""
    User.objects.filter(email=THERAPIST["email"]).update(is_active=False)


def idle(universe: Universe, browser: Client) -> None:
    put_back(browser, active=15 * 60)


def twelve_hours(universe: Universe, browser: Client) -> None:
    put_back(browser, began=lasting.LONGEST)


@pytest.mark.parametrize(
    "ends",
    [sign_out, new_password, close_account, end_sign_ins, deactivate, end_membership,
     shut_the_row, idle, twelve_hours],
)  # fmt: skip
def test_a_cookie_is_worth_nothing_afterwards(
    universe: Universe, ends: Callable[[Universe, Client], None]
) -> None:
    browser = signed_in()
    assert is_in(browser)
    thief = stolen(browser)
    ends(universe, browser)
    assert not is_in(thief)
    assert thief.post(reverse("patients:register"), {}).status_code == 302
    assert not is_in(browser)


def test_the_row_of_an_ended_sign_in_is_gone(universe: Universe) -> None:
    browser = signed_in()
    key = browser.session.session_key
    put_back(browser, active=15 * 60)
    browser.get("/patients/")
    assert not Session.objects.filter(session_key=key).exists()


def test_another_role_acts_from_the_next_request_on(universe: Universe) -> None:
    browser = signed_in()
    assert browser.get(reverse("patients:register")).status_code == 200
    members.change_role(universe.therapist, role=Role.VOLUNTEER, by=universe.admin)
    assert browser.get(reverse("patients:register")).status_code == 403
    members.change_role(universe.therapist, role=Role.ADMIN, by=universe.admin)
    assert browser.get("/patients/").status_code == 403


def test_a_membership_that_ended_opens_nothing_of_its_clinic(universe: Universe) -> None:
    browser = signed_in(WANDA)
    here, there = universe.wanda_here, universe.wanda_there
    browser.post(reverse("clinics:switch"), {"membership": here.pk})
    chart = reverse("rounds:chart", args=[universe.ada.pk])
    assert browser.get(chart).status_code == 200
    members.end_membership(here, by=universe.admin)
    assert browser.get(chart).status_code == 404
    assert browser.post(reverse("clinics:switch"), {"membership": here.pk}).status_code == 404
    assert browser.post(reverse("clinics:switch"), {"membership": there.pk}).status_code == 302


def test_switching_the_clinic_makes_a_new_key(universe: Universe) -> None:
    browser = signed_in(WANDA)
    thief, before = stolen(browser), browser.cookies[NAME].value
    browser.post(reverse("clinics:switch"), {"membership": universe.wanda_there.pk})
    assert browser.cookies[NAME].value != before
    assert is_in(browser)
    assert not is_in(thief)


def test_switching_the_clinic_does_not_lengthen_the_sign_in(universe: Universe) -> None:
    browser = signed_in(WANDA)
    put_back(browser, began=11 * 3600)
    browser.post(reverse("clinics:switch"), {"membership": universe.wanda_there.pk})
    assert lasting.seconds_left(browser.session, 240) <= 3600


def test_nobody_is_signed_out_by_another_site(universe: Universe) -> None:
    browser = Client(enforce_csrf_checks=True)
    form = Page(browser.get("/sign-in/")).posting("email")
    signed_in({**{name: said[0] for name, said in form.items()}, **THERAPIST}, browser)
    foreign = get_token(RequestFactory().get("/"))
    for said in ({}, {"csrfmiddlewaretoken": foreign}):
        assert browser.post("/sign-out/", said).status_code == 403
        assert browser.get("/sign-out/").status_code == 405
        assert is_in(browser)
    page = browser.get("/patients/").content.decode()
    seal = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert seal is not None
    assert browser.post("/sign-out/", {"csrfmiddlewaretoken": seal[1]}).status_code == 302
    assert not is_in(browser)


def test_nobody_is_signed_in_by_another_site(universe: Universe) -> None:
    browser = Client(enforce_csrf_checks=True)
    for where in ("/sign-in/", "/sign-in/again/"):
        assert browser.post(where, THERAPIST).status_code == 403
        assert "_auth_user_id" not in browser.session


def cookies_under_tls(settings: Any) -> dict[str, "Morsel[str]"]:
    """Sign in over TLS with the names of production, and return the cookies that are set."""
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    settings.DEVICE_COOKIE_NAME = "__Host-device"
    browser = Client()
    assert browser.post("/sign-in/", THERAPIST, secure=True).status_code == 302
    return dict(browser.cookies.items())


@pytest.mark.parametrize("name", ["__Host-session", "__Host-csrf", "__Host-device"])
def test_cookies_under_tls_stay_with_this_host_and_out_of_scripts(
    universe: Universe, settings: Any, name: str
) -> None:
    cookie = cookies_under_tls(settings)[name]
    assert cookie["secure"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    # what «__Host-» asks for, else the browser throws it away
    assert (cookie["path"], cookie["domain"]) == ("/", "")


def test_no_cookie_says_anything_of_the_person(universe: Universe) -> None:
    for cookie in signed_in().cookies.values():
        for told in ("therapist", "birchwood", str(universe.therapist.user_id)):
            assert told not in cookie.value


def test_a_row_past_its_end_signs_nobody_in_although_it_is_still_there(universe: Universe) -> None:
    browser = signed_in()
    assert browser.get("/patients/").status_code == 200
    assert SignIn.objects.filter(user=universe.therapist.user).update(expire_date=timezone.now())
    assert browser.get("/patients/").status_code == 302
    assert SignIn.objects.filter(user=universe.therapist.user).exists()
