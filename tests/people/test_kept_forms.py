"""A form that met an ended sign-in comes back to its person, on their browser, for half an hour."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sessions_app.patients.models import Patient
from sessions_app.people import kept, kept_actions, lasting
from sessions_app.people.kept_model import KeptForm
from tests.people.test_lasting import put_back
from tests.reading import Page
from tests.universe import PASSWORD, Universe

NEW = "/patients/new/"
CHART = {
    "chart_number": "C-typed", "given_names": "Typed", "family_name": "Typedson",
    "birth_date": "1951-02-03", "ward": "Willow", "room": "9", "status": "active",
}  # fmt: skip


def signed_in(browser: Client, who: str = "therapist") -> Any:
    """Sign in by the page, and return where it leads."""
    said = {"email": f"{who}@birchwood.example", "password": PASSWORD, "next": NEW}
    answer = browser.post("/sign-in/", said)
    assert answer.status_code == 302
    return answer.headers["Location"]


@pytest.fixture
def idle(universe: Universe) -> Client:
    """Give a therapist's browser in which nothing was done for too long."""
    browser = Client()
    signed_in(browser)
    put_back(browser, active=16 * 60)
    return browser


def test_what_was_typed_comes_back_and_is_saved(idle: Client) -> None:
    sent = idle.post(NEW, CHART).headers["Location"]
    assert sent.startswith("/sign-in/?next=/patients/new/")
    assert "Typed" not in sent
    words = Page(idle.get(sent)).words
    assert "is kept for half an hour" in words
    assert "Typedson" not in words
    where = signed_in(idle)
    shown = Page(idle.get(where))
    form = shown.posting("chart_number")
    assert {name: form[name] for name in CHART} == {name: [said] for name, said in CHART.items()}
    assert idle.post(NEW, form).status_code == 302
    assert Patient.objects.get(chart_number="C-typed").family_name == "Typedson"
    assert not KeptForm.objects.exists()
    assert idle.get(where).status_code == 404


def test_what_is_incomplete_comes_back_as_the_form(idle: Client) -> None:
    idle.post(NEW, {**CHART, "birth_date": ""})
    form = Page(idle.get(signed_in(idle))).posting("chart_number")
    answer = idle.post(NEW, form)
    assert answer.status_code == 422
    assert Page(answer).posting("chart_number")["family_name"] == ["Typedson"]


def test_another_person_gets_a_fresh_page_and_its_owner_the_form(idle: Client) -> None:
    idle.post(NEW, CHART)
    assert signed_in(idle, "supervisor") == NEW
    kept_id = KeptForm.objects.get().pk
    for method in (idle.get, idle.post):
        assert method(reverse("people:kept_form", args=[kept_id])).status_code == 404
    assert signed_in(idle) == reverse("people:kept_form", args=[kept_id])


def test_another_browser_does_not_get_it(idle: Client) -> None:
    idle.post(NEW, CHART)
    other = Client()
    assert signed_in(other) == NEW
    kept_id = KeptForm.objects.get().pk
    assert other.get(reverse("people:kept_form", args=[kept_id])).status_code == 404


def test_a_row_given_to_another_owner_is_read_by_nobody(idle: Client) -> None:
    idle.post(NEW, CHART)
    found = KeptForm.objects.get()
    found.owner = "f" * 64
    assert kept.typed_in(found) is None


def test_after_half_an_hour_it_is_gone(idle: Client) -> None:
    idle.post(NEW, CHART)
    KeptForm.objects.update(kept_at=timezone.now() - timedelta(seconds=kept.KEPT_FOR + 1))
    assert signed_in(idle) == NEW
    kept_actions.forget_kept()
    assert not KeptForm.objects.exists()


@pytest.mark.parametrize(
    ("page", "typed"),
    [
        (
            "people:change_password",
            {"password": PASSWORD, "new": "a-new one", "again": "a-new one"},
        ),
        ("people:prove", {"password": PASSWORD}),
        ("people:add_code_app", {"code": "123456"}),
    ],
)
def test_a_password_or_a_code_is_never_kept(idle: Client, page: str, typed: dict[str, str]) -> None:
    told = Page(idle.get(idle.post(reverse(page), typed).headers["Location"])).words
    assert not KeptForm.objects.exists()
    assert "is kept for half an hour" not in told
    assert signed_in(idle) == NEW


def test_it_can_be_thrown_away(idle: Client) -> None:
    idle.post(NEW, CHART)
    where = signed_in(idle)
    assert idle.post(where).status_code == 302
    assert not KeptForm.objects.exists()


def test_after_twelve_hours_it_is_kept_as_well(universe: Universe) -> None:
    browser = Client()
    signed_in(browser)
    put_back(browser, began=lasting.LONGEST)
    browser.post(NEW, CHART)
    assert "/kept/" in signed_in(browser)


def test_a_browser_on_which_nobody_signed_in_leaves_nothing(universe: Universe) -> None:
    browser = Client()
    assert "form_not_saved" in browser.post(NEW, CHART).headers["Location"]
    assert not KeptForm.objects.exists()


@pytest.mark.parametrize(
    ("where", "said"),
    [("/patients/", {"q": "Adason"}), ("/clinic/switch/", {"membership": str(uuid.UUID(int=7))}),
     (NEW, {}), (NEW, {"family_name": "x" * 900_000})],
)  # fmt: skip
def test_a_search_a_tap_or_a_flood_is_not_kept(
    idle: Client, where: str, said: dict[str, str]
) -> None:
    said = {name: "".join(uuid.uuid4().hex for _ in range(20_000)) if len(text) > 999 else text
            for name, text in said.items()}  # fmt: skip
    assert "form_not_saved" in idle.post(where, said).headers["Location"]
    assert not KeptForm.objects.exists()


def test_at_most_five_are_kept_and_the_newest_comes_first(idle: Client) -> None:
    for n in range(7):
        idle.post(NEW, {**CHART, "room": str(n)})
    assert KeptForm.objects.count() == 5
    assert Page(idle.get(signed_in(idle))).posting("chart_number")["room"] == ["6"]


def test_nothing_typed_stands_in_the_table_for_all_to_read(idle: Client) -> None:
    idle.post(NEW, CHART)
    row = str(KeptForm.objects.values().get())
    assert "therapist" not in row


def test_a_session_form_sent_again_is_one_session(idle: Client, universe: Universe) -> None:
    """The kept one's mark is no part of what the form says."""
    where = reverse("sessions:not_given", args=[universe.bruno_course.pk])
    key = str(uuid.uuid4())
    said = {"reason": "asleep", "client_key": key}
    idle.post(where, said)
    form = Page(idle.get(signed_in(idle))).posting("client_key")
    first = idle.post(where, form)
    assert first.status_code == 302, Page(first).words
    assert idle.post(where, said).status_code == 302
    assert universe.bruno.sessions.filter(client_key=key).count() == 1
