"""Error pages: the right status, plain words, a reference, and nothing of a patient."""

import re
import uuid
from typing import Any

import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from clinic import errors
from sessions_app.clinics import membership
from sessions_app.clinics.models import Membership
from sessions_app.rounds import views
from tests.reading import Page
from tests.universe import ClientAs, Universe

# As words of their own: ids and tokens of a page may spell "1950" or "Ada" by chance.
PERSONAL = re.compile(r"Adason|\bAda\b|C-ada|Brunoson|Willow|(?<![\w-])1950(?!\w)")
SAID = "Adason, Ada (C-ada) of Willow, born 1950, could not be shown"


def is_error_page(answer: HttpResponse, status: int) -> Page:
    """Hold an answer to the look of error.html, and return it."""
    page = Page(answer)
    assert answer.status_code == status
    assert f"Error {status}" in page.words
    assert "What to do next." in page.words
    assert page.title.strip().endswith("· Stillhand")
    assert not PERSONAL.search(page.html)
    assert answer.headers["X-Request-ID"] in page.words
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    return page


def broken(*_: Any, **__: Any) -> Any:
    raise RuntimeError(SAID)


@pytest.mark.parametrize("who", ["", "therapist"])
def test_an_address_that_is_none(universe: Universe, client_as: ClientAs, who: str) -> None:
    browser = client_as(who) if who else Client()
    page = is_error_page(browser.get("/nothing/Adason/"), 404)
    assert page.has("main")


def test_a_chart_of_another_clinic_or_of_nobody(universe: Universe, client_as: ClientAs) -> None:
    browser = client_as("foreign_therapist")
    for key in (universe.ada.pk, uuid.uuid4()):
        is_error_page(browser.get(reverse("rounds:chart", args=[key])), 404)


def test_a_role_that_may_not(universe: Universe, client_as: ClientAs) -> None:
    where = reverse("patients:amend", args=[universe.ada.pk])
    page = is_error_page(client_as("volunteer").get(where), 403)
    assert "As volunteer in Birchwood Hospice you may not" in page.words
    assert page.words.count("Ask a supervisor or an admin of the clinic.") == 1
    assert "switch" not in page.words.lower()
    assert "/patients/" in page.links()


def test_who_has_another_clinic_is_told_of_the_switch(
    universe: Universe, client_as: ClientAs
) -> None:
    page = is_error_page(client_as("wanda_here").get(reverse("dashboards:summary")), 403)
    assert "switch in the header" in page.words


def test_who_has_no_clinic_is_told_whom_to_ask(universe: Universe, client_as: ClientAs) -> None:
    browser = client_as("wanda_here")
    Membership.objects.filter(user=universe.wanda).delete()
    page = is_error_page(browser.get("/patients/"), 403)
    assert "You do not belong to a clinic yet." in page.words
    assert "Ask an admin to add you to a clinic." in page.words
    assert "supervisor" not in page.words


@pytest.mark.parametrize("who", ["therapist", "admin"])
def test_what_is_not_there_sends_nobody_to_a_list_that_they_lack(
    universe: Universe, client_as: ClientAs, who: str
) -> None:
    page = is_error_page(client_as(who).get("/nothing/"), 404)
    assert "list" not in page.words.lower()


@pytest.mark.parametrize("who", ["", "therapist"])
def test_a_method_that_does_not_work_there(
    universe: Universe, client_as: ClientAs, who: str
) -> None:
    browser = client_as(who) if who else Client()
    answer = browser.get("/sign-out/")
    is_error_page(answer, 405)
    assert answer.headers["Allow"] == "POST"


def test_a_form_without_its_token(universe: Universe) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(universe.therapist.user)
    page = is_error_page(browser.post("/patients/new/", {"family_name": "Adason"}), 403)
    assert "nothing was saved" in page.words
    assert "Go back in the browser" in page.words


def test_a_mistake_of_ours(
    universe: Universe, client_as: ClientAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "chart_of", broken)
    where = reverse("rounds:chart", args=[universe.ada.pk])
    page = is_error_page(client_as("therapist").get(where), 500)
    assert "RuntimeError" not in page.html
    assert "Nothing that was saved before is lost" in page.words


def test_a_database_that_is_away(
    universe: Universe, client_as: ClientAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = client_as("therapist")

    def away(*_: Any) -> Any:
        raise OperationalError("connection refused")

    monkeypatch.setattr(membership, "memberships_of", away)
    is_error_page(browser.get("/patients/"), 500)


def test_the_page_of_a_mistake_asks_the_database_nothing(
    universe: Universe, client_as: ClientAs, django_assert_num_queries: Any, rf: Any
) -> None:
    request = rf.get("/patients/")
    request.user = type("Away", (), {"is_authenticated": property(broken)})()
    with django_assert_num_queries(0):
        assert errors.server_error(request).status_code == 500


def test_a_host_that_is_not_ours(db: None) -> None:
    is_error_page(Client().get("/sign-in/", headers={"host": "evil.example"}), 400)


@pytest.mark.parametrize(
    "form",
    [{f"pressure-{number}": "1" for number in range(700)}, {"subjective": "n" * 1_100_000}],
    ids=["too many fields", "too large"],
)
def test_a_form_beyond_all_measure(
    universe: Universe, client_as: ClientAs, form: dict[str, str]
) -> None:
    where = reverse("sessions:log", args=[universe.bruno_course.pk])
    body = "&".join(f"{name}={value}" for name, value in form.items())
    kind = "application/x-www-form-urlencoded"
    is_error_page(client_as("therapist").post(where, body, content_type=kind), 400)


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "multipart/form-data"])
def test_a_body_that_is_no_form_is_read_as_an_empty_one_or_refused(
    universe: Universe, client_as: ClientAs, kind: str
) -> None:
    where = reverse("sessions:log", args=[universe.bruno_course.pk])
    answer = client_as("therapist").post(where, b"\xff\xfe{", content_type=kind)
    assert answer.status_code in (400, 422)
