"""Signing in and out: one answer for every wrong pair, and no way to another host."""

import pytest
from django.test import Client
from django.urls import reverse

from sessions_app.people import actions
from tests.reading import Page
from tests.universe import PASSWORD, ClientAs, Universe

SIGN_IN = "/sign-in/"
NO_MATCH = "E-mail address and password do not match an account. Check both."
THERAPIST = {"email": "therapist@birchwood.example", "password": PASSWORD}


def words(browser: Client, **said: str) -> str:
    """Return the page's words after a try, without what was typed."""
    answer = browser.post(SIGN_IN, {**THERAPIST, **said})
    assert answer.status_code == 422
    assert "_auth_user_id" not in browser.session
    return Page(answer).words


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(universe: Universe) -> None:
    browser = Client()
    wrong = words(browser, password="not the password")
    assert NO_MATCH in wrong
    assert words(browser, email="nobody@birchwood.example") == wrong


def test_an_account_that_was_closed_gets_the_same_answer(universe: Universe) -> None:
    wrong = words(Client(), password="not the password")
    user = universe.therapist.user
    type(user).objects.filter(pk=user.pk).update(is_active=False)
    assert words(Client()) == wrong


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"email": ""}, "id_email"), ({"password": ""}, "id_password"),
        ({"email": "no address"}, "id_email"), ({"password": "nul\x00"}, "id_password"),
        ({"password": "p" * 1025}, "id_password"),
        ({"email": f"{'a' * 250}@b.example"}, "id_email"),
    ],
)  # fmt: skip
def test_a_field_that_cannot_be_is_said_there(
    universe: Universe, said: dict[str, str], field: str
) -> None:
    answer = Client().post(SIGN_IN, {**THERAPIST, **said})
    assert answer.status_code == 422
    assert Page(answer).said_at(field)


def test_a_try_that_failed_speaks_of_signing_in_and_not_of_saving(universe: Universe) -> None:
    wrong = words(Client(), password="not the password")
    assert "You are not signed in yet." in wrong
    assert "saved" not in wrong


def test_the_password_is_never_sent_back(universe: Universe) -> None:
    answer = Client().post(SIGN_IN, {**THERAPIST, "password": "typed wrong once"})
    assert b"typed wrong once" not in answer.content
    assert Page(answer).posting("email")["email"] == ["therapist@birchwood.example"]


def test_a_person_signs_in_and_goes_to_the_page_that_was_asked_for(universe: Universe) -> None:
    browser = Client()
    asked = browser.get(reverse("rounds:chart", args=[universe.ada.pk])).headers["Location"]
    form = Page(browser.get(asked)).posting("email")
    answer = browser.post(SIGN_IN, {**form, **THERAPIST})
    assert answer.headers["Location"] == reverse("rounds:chart", args=[universe.ada.pk])
    assert browser.get(answer.headers["Location"]).status_code == 200


@pytest.mark.parametrize("where", ["/patients/", "/patients/new/"])
def test_who_sent_a_form_after_the_sign_in_ended_is_told_what_became_of_it(
    universe: Universe, where: str
) -> None:
    browser = Client()
    sent = browser.post(where, {"q": "Adason"}).headers["Location"]
    for answer in (browser.get(sent), browser.post(sent, {**THERAPIST, "password": "wrong"})):
        words = Page(answer).words
        assert "You were signed out. What you typed on the last page was not saved." in words
        assert "ends by itself after 12 hours" in words
    assert "Adason" not in sent
    asked = browser.get(where).headers["Location"]
    assert "You were signed out" not in Page(browser.get(asked)).words
    form = Page(browser.get(sent)).posting("email")
    assert browser.post(sent, {**form, **THERAPIST}).headers["Location"] == where


@pytest.mark.parametrize(
    "wanted",
    [
        "https://evil.example/", "//evil.example/", "///evil.example", "/\\evil.example",
        "\\\\evil.example", "http:evil.example", "javascript:alert(1)", "https:/evil.example",
        "ftp://testserver/", "http://testserver@evil.example/", "\thttps://evil.example", "",
    ],
)  # fmt: skip
def test_another_host_is_not_gone_to(universe: Universe, wanted: str) -> None:
    answer = Client().post(SIGN_IN, {**THERAPIST, "next": wanted})
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("rounds:first"))


def test_signing_in_makes_a_new_browser_session(universe: Universe) -> None:
    browser = Client()
    browser.get(SIGN_IN)
    browser.session["left"] = "behind"
    before = browser.session.session_key
    browser.post(SIGN_IN, THERAPIST)
    assert browser.session.session_key != before


def test_signing_out_ends_it(universe: Universe, client_as: ClientAs) -> None:
    browser = client_as("therapist")
    assert browser.get("/sign-out/").status_code == 405
    assert browser.get("/patients/").status_code == 200
    assert browser.post("/sign-out/").headers["Location"] == SIGN_IN
    assert browser.get("/patients/").status_code == 302


def test_a_person_without_a_clinic_is_told_whom_to_ask(universe: Universe) -> None:
    browser = Client()
    browser.force_login(actions.add_person(email="new@x.example", display_name="New"))
    answer = browser.get("/patients/")
    assert answer.status_code == 403
    assert "You do not belong to a clinic yet" in Page(answer).words
