"""The patient list and its search; the chart at the bed."""

import uuid
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from sessions_app.patients import actions as patients
from sessions_app.patients.models import Patient
from tests.reading import Page
from tests.universe import Universe

ClientAs = Callable[[str], Client]

LIST = "/patients/"


def register(universe: Universe, given: str, family: str, chart: str = "") -> Patient:
    return patients.register(
        chart_number=chart or f"T-{uuid.uuid4().hex[:8]}", given_names=given, family_name=family,
        birth_date=date(1960, 5, 4), by=universe.therapist,
    )  # fmt: skip


def found(browser: Client, typed: str) -> list[str]:
    """Return the names that a search gives, in order."""
    answer = browser.post(LIST, {"q": typed})
    assert answer.status_code == 200
    return [row.patient.full_name for row in answer.context["rows"]]


@pytest.mark.parametrize(
    "typed",
    [
        "Müller", "muller", "MÜLLER", "mull", "ulle", "  müller  ", "zoe", "Zoë", "zoë mül",
        "mül zo", "m-77/a", "M-77", "muller m-77 zoe", "Mu\u0308ller",
    ],
)  # fmt: skip
def test_a_patient_is_found_by_parts_of_names_and_number(
    universe: Universe, client_as: ClientAs, typed: str
) -> None:
    register(universe, "Zoë", "Müller", "M-77/A")
    assert found(client_as("volunteer"), typed) == ["Müller, Zoë"]


def test_all_words_have_to_match(universe: Universe, client_as: ClientAs) -> None:
    register(universe, "Zoë", "Müller")
    register(universe, "Anna", "Müller")
    browser = client_as("therapist")
    assert sorted(found(browser, "muller")) == ["Müller, Anna", "Müller, Zoë"]
    assert found(browser, "muller anna") == ["Müller, Anna"]
    assert found(browser, "muller farah") == []


@pytest.mark.parametrize("typed", ["%", "_", "a%n", "\\", "' OR 1=1 --", "nobody", "Farah", "*"])
def test_what_matches_nobody_says_so_and_keeps_what_was_typed(
    universe: Universe, client_as: ClientAs, typed: str
) -> None:
    browser = client_as("therapist")
    assert found(browser, typed) == []
    page = Page(browser.post(LIST, {"q": typed}))
    assert "No patient of this clinic matches" in page.words
    assert page.posting("q")["q"] == [typed]


@pytest.mark.parametrize("typed", ["x" * 101, "ada\x00", "   ", ""])
def test_a_search_that_asks_for_nothing_shows_the_list(
    universe: Universe, client_as: ClientAs, typed: str
) -> None:
    answer = client_as("therapist").post(LIST, {"q": typed})
    assert answer.status_code == 200
    assert "Everyone in care" in Page(answer).words


def test_what_is_searched_stands_in_no_address(universe: Universe, client_as: ClientAs) -> None:
    browser = client_as("therapist")
    answer = browser.post(LIST, {"q": "Adason"})
    page = Page(answer)
    assert answer.status_code == 200
    assert next(tag["method"] for tag in page.form_tags if tag.get("role") == "search") == "post"
    assert not [link for link in page.links() if "ada" in link.lower()]
    assert "Adason" not in Page(browser.get(LIST, {"q": "nobody"})).posting("q")["q"][0]


def test_a_search_finds_who_is_no_longer_in_care(universe: Universe, client_as: ClientAs) -> None:
    browser = client_as("therapist")
    patients.amend(universe.chen, by=universe.therapist, status="died")
    listed = Page(browser.get(LIST)).words
    assert "Chenson" not in listed
    assert "died" in Page(browser.post(LIST, {"q": "chenson"})).words


def test_more_than_a_page_of_hits_is_said_and_leads_to_no_other_list(
    universe: Universe, client_as: ClientAs
) -> None:
    for number in range(51):
        register(universe, f"N{number}", "Common")
    browser = client_as("therapist")
    page = Page(browser.post(LIST, {"q": "common"}))
    assert "The first 50 of 51" in page.words
    assert not [link for link in page.links() if "page=" in link]
    whole = Page(browser.get(LIST))
    assert "?page=2" in whole.links()
    assert Page(browser.get(LIST, {"page": "2"})).words.count("Common") > 0


@pytest.mark.parametrize("number", ["0", "-1", "99", "x", "9" * 5000, "\x00"])
def test_a_page_number_that_is_none_shows_a_page(
    universe: Universe, client_as: ClientAs, number: str
) -> None:
    assert client_as("therapist").get(LIST, {"page": number}).status_code == 200


def test_the_round_shows_who_may_have_a_session_today(
    universe: Universe, client_as: ClientAs
) -> None:
    universe.start(universe.bruno_course)
    rows = client_as("therapist").get(LIST).context["today"]
    names = [row.patient.given_names for row in rows]
    assert names[0] == "Bruno"
    assert "Chen" not in names
    assert rows[0].in_progress_id


def test_the_chart_shows_what_stands_today(universe: Universe, client_as: ClientAs) -> None:
    page = Page(client_as("therapist").get(reverse("rounds:chart", args=[universe.ada.pk])))
    words = " ".join(page.words.split())
    assert "Limits today" in words
    assert "thoracic spine" in words.lower()
    assert "REST: massage or simple touch (Kutner 2008) · Massage since" in words
    assert "pain 6 → 4 (+2 better)" in words
    assert reverse("sessions:start", args=[universe.ada_course.pk]) in page.links()


def test_a_volunteers_chart_offers_no_charting(universe: Universe, client_as: ClientAs) -> None:
    links = Page(
        client_as("volunteer").get(reverse("rounds:chart", args=[universe.ada.pk]))
    ).links()
    assert reverse("sessions:start", args=[universe.ada_course.pk]) in links
    for word in ("amend", "facts", "enrol/", "end/"):
        assert not [
            link for link in links if f"{word}" in link.rstrip("/") + "/" and "sess" not in link
        ]


@pytest.mark.parametrize(("who", "place"), [("therapist", LIST), ("admin", "/clinic/")])
def test_the_first_page_is_where_a_role_begins(
    universe: Universe, client_as: ClientAs, who: str, place: str
) -> None:
    assert client_as(who).get("/").headers["Location"] == place
