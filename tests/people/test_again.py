"""What an open page asks for by itself: how the sign-in stands, to stay, and to sign in again."""

from typing import Any

import pytest
from django.test import Client

from sessions_app.audit.models import AuditEvent
from sessions_app.people import again_views, lasting
from tests.people.counting import Clock
from tests.people.test_lasting import put_back
from tests.reading import Page
from tests.universe import PASSWORD, Universe

STATE, STAY, AGAIN = "/sign-in/state/", "/sign-in/stay/", "/sign-in/again/"
THERAPIST = {"email": "therapist@birchwood.example", "password": PASSWORD}


@pytest.fixture
def browser(universe: Universe) -> Client:
    """Give a browser in which the therapist signed in by the page; seals are looked at."""
    signed_in = Client(enforce_csrf_checks=True)
    form = Page(signed_in.get("/sign-in/")).posting("email")
    assert signed_in.post("/sign-in/", {**form, **THERAPIST}).status_code == 302
    return signed_in


def state(browser: Client) -> Any:
    return browser.get(STATE).json()


def test_asking_how_it_stands_puts_nothing_off(browser: Client) -> None:
    put_back(browser, active=10 * 60)
    for _ in range(2):
        assert 0 < state(browser)["left"] <= 5 * 60
    put_back(browser, active=5 * 60)
    assert state(browser)["left"] == 0


def test_it_says_in_which_clinic_one_works(universe: Universe, browser: Client) -> None:
    assert state(browser)["membership"] == str(universe.therapist.pk)
    put_back(browser, active=16 * 60)
    assert state(browser)["membership"] == ""


def test_staying_puts_the_end_off_and_no_longer_than_twelve_hours(browser: Client) -> None:
    put_back(browser, active=10 * 60)
    said = {"csrfmiddlewaretoken": state(browser)["token"]}
    assert browser.post(STAY, said).json()["left"] > 14 * 60
    put_back(browser, began=lasting.LONGEST - 120)
    assert browser.post(STAY, said).json()["left"] <= 120


def test_signing_in_again_gives_the_page_its_new_seal(browser: Client) -> None:
    mine = state(browser)["person"]
    put_back(browser, active=16 * 60)
    ended = state(browser)
    assert (ended["left"], ended["person"]) == (0, "")
    answer = browser.post(AGAIN, {**THERAPIST, "csrfmiddlewaretoken": ended["token"]})
    told = answer.json()
    assert told["person"] == mine
    assert told["left"] > 14 * 60
    said = {"csrfmiddlewaretoken": told["token"]}
    assert browser.post("/patients/new/", said).status_code == 422  # taken, and incomplete
    assert AuditEvent.objects.filter(action="person.signed_in").count() == 2


def test_somebody_else_is_told_apart(browser: Client) -> None:
    mine = state(browser)["person"]
    put_back(browser, active=16 * 60)
    other = {**THERAPIST, "email": "supervisor@birchwood.example"}
    told = browser.post(AGAIN, {**other, "csrfmiddlewaretoken": state(browser)["token"]}).json()
    assert told["person"] not in ("", mine)


def test_a_wrong_password_is_said_and_counted(browser: Client, clock: Clock) -> None:
    put_back(browser, active=16 * 60)
    said = {**THERAPIST, "password": "wrong", "csrfmiddlewaretoken": state(browser)["token"]}
    answers = [browser.post(AGAIN, said) for _ in range(6)]
    assert [one.status_code for one in answers] == [422] * 5 + [429]
    assert "do not match" in answers[0].json()["said"]
    assert "Too many tries. Wait 15 seconds" in answers[-1].json()["said"]
    assert "_auth_user_id" not in browser.session


def test_who_has_a_second_factor_signs_in_on_the_page(
    browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(again_views, "has_second_factor", lambda user: True)
    put_back(browser, active=16 * 60)
    answer = browser.post(AGAIN, {**THERAPIST, "csrfmiddlewaretoken": state(browser)["token"]})
    assert answer.json() == {"wants_page": True}
    assert "_auth_user_id" not in browser.session


def test_nobody_is_told_nothing(universe: Universe) -> None:
    told = state(Client())
    assert (told["left"], told["person"]) == (0, "")


def test_a_page_says_whose_it_is_and_no_page_of_nobody_does(browser: Client) -> None:
    page = browser.get("/patients/").content.decode()
    assert f'data-person="{state(browser)["person"]}"' in page
    assert 'data-idle-minutes="15"' in page
    assert "data-person" not in Client().get("/sign-in/").content.decode()
