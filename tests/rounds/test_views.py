"""The patient list and its search; the chart at the bed."""

import uuid
from datetime import date, timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from sessions_app.patients import actions as patients
from sessions_app.patients.models import Patient
from sessions_app.rounds import chart, today
from sessions_app.vocabulary.body_sites import BodySite
from tests.reading import Page
from tests.universe import ClientAs, Universe, care, still_touch

pytestmark = pytest.mark.usefixtures("watched_templates")

LIST = "/patients/"
FOUND = "/patients/?found=1"


def register(universe: Universe, given: str, family: str, chart: str = "") -> Patient:
    return patients.register(
        chart_number=chart or f"T-{uuid.uuid4().hex[:8]}", given_names=given, family_name=family,
        birth_date=date(1960, 5, 4), by=universe.therapist,
    )  # fmt: skip


def search(browser: Client, typed: str) -> HttpResponse:
    """Look for something as a browser does, and return the page that it is led to."""
    answer = browser.post(LIST, {"q": typed})
    assert (answer.status_code, answer.headers["Location"]) == (303, FOUND)
    return browser.get(FOUND)


def found(browser: Client, typed: str) -> list[str]:
    """Return the names that a search gives, in order."""
    return [row.patient.full_name for row in search(browser, typed).context["rows"]]


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
    page = Page(search(browser, typed))
    assert "No patient of this clinic matches" in page.words
    assert page.posting("q")["q"] == [typed]


@pytest.mark.parametrize("typed", ["   ", ""])
def test_a_search_for_nothing_leads_to_the_list(
    universe: Universe, client_as: ClientAs, typed: str
) -> None:
    browser = client_as("therapist")
    search(browser, "Adason")
    answer = browser.post(LIST, {"q": typed})
    assert (answer.status_code, answer.headers["Location"]) == (303, LIST)
    for where in (LIST, FOUND):
        assert "Everyone in care" in Page(browser.get(where)).words


@pytest.mark.parametrize("typed", ["x" * 101, "ada\x00"])
def test_what_cannot_be_looked_for_is_said_and_not_answered_with_a_list(
    universe: Universe, client_as: ClientAs, typed: str
) -> None:
    answer = client_as("therapist").post(LIST, {"q": typed})
    page = Page(answer)
    assert answer.status_code == 422
    assert "a part of the name or the chart number, 100 signs at most" in page.said_at("id_q")
    assert "Adason" not in page.words
    assert LIST in page.links()


def test_a_search_of_a_hundred_signs_is_one(universe: Universe, client_as: ClientAs) -> None:
    assert found(client_as("therapist"), "x" * 100) == []


def test_what_is_searched_stands_in_no_address(universe: Universe, client_as: ClientAs) -> None:
    browser = client_as("therapist")
    page = Page(search(browser, "Adason"))
    assert next(tag["method"] for tag in page.form_tags if tag.get("role") == "search") == "post"
    assert not [link for link in page.links() if "ada" in link.lower()]
    assert "Adason" not in Page(browser.get(LIST, {"q": "nobody"})).posting("q")["q"][0]


def test_back_and_reload_show_what_was_found_until_everyone_is_asked_for(
    universe: Universe, client_as: ClientAs
) -> None:
    browser = client_as("therapist")
    assert found(browser, "Adason") == ["Adason, Ada"]
    browser.get(reverse("rounds:chart", args=[universe.ada.pk]))
    again = Page(browser.get(FOUND))
    assert again.posting("q")["q"] == ["Adason"]
    assert "Show everyone" in again.words
    assert "Everyone in care" in Page(browser.get(LIST)).words


def test_what_one_person_looked_for_is_not_shown_to_the_next(
    universe: Universe, client_as: ClientAs
) -> None:
    browser = client_as("therapist")
    search(browser, "Adason")
    browser.post("/sign-out/")
    browser.force_login(universe.volunteer.user)
    assert Page(browser.get(FOUND)).posting("q")["q"] == [""]


def test_who_is_found_and_may_have_a_session_today_has_its_button(
    universe: Universe, client_as: ClientAs
) -> None:
    browser = client_as("therapist")
    begun = universe.start(universe.diego_course)
    links = Page(search(browser, "son")).links()
    assert reverse("sessions:start", args=[universe.ada_course.pk]) in links
    assert reverse("sessions:finish", args=[begun.pk]) in links
    assert reverse("sessions:start", args=[universe.diego_course.pk]) not in links


@pytest.mark.parametrize("asked", ["", "?today=1", "?found=1"])
def test_a_volunteer_starts_only_the_arms_that_are_theirs(
    universe: Universe, client_as: ClientAs, asked: str
) -> None:
    browser = client_as("volunteer")
    search(browser, "son")
    page = Page(browser.get(LIST + asked))
    assert "Massage: given by therapists" in page.words
    starts = [link for link in page.links() if link.endswith("/start/")]
    assert starts == [reverse("sessions:start", args=[universe.bruno_course.pk])]
    assert "given by therapists" not in Page(client_as("supervisor").get(LIST + asked)).words


def test_a_search_finds_who_is_no_longer_in_care(universe: Universe, client_as: ClientAs) -> None:
    browser = client_as("therapist")
    patients.amend(universe.chen, by=universe.therapist, status="died")
    listed = Page(browser.get(LIST)).words
    assert "Chenson" not in listed
    assert "died" in Page(search(browser, "chenson")).words


def test_more_than_a_page_of_hits_has_pages_of_its_own(
    universe: Universe, client_as: ClientAs
) -> None:
    for number in range(51):
        register(universe, f"N{number}", "Common")
    browser = client_as("therapist")
    page = Page(search(browser, "common"))
    assert "1–50 of 51 patients" in page.words
    assert "?found=1&page=2" in page.links()
    last = browser.get(LIST, {"found": "1", "page": "2"})
    assert len(last.context["rows"]) == 1
    assert "51–51 of 51 patients" in Page(last).words
    assert "?page=2" in Page(browser.get(LIST)).links()
    assert Page(browser.get(LIST, {"page": "2"})).words.count("Common") > 0


@pytest.mark.slow
def test_today_and_a_chart_cut_nothing_silently(
    universe: Universe, client_as: ClientAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(today, "TODAY_AT_MOST", 2)
    monkeypatch.setattr(chart, "SESSIONS_SHOWN", 2)
    browser = client_as("therapist")
    seen: list[object] = []
    for number, said in ((1, "1–2 of 3 patients today"), (2, "3–3 of 3 patients today")):
        answer = browser.get(LIST, {"today": "1", "page": str(number)})
        seen += [row.patient.pk for row in answer.context["today"]]
        assert said in Page(answer).words
    assert len(set(seen)) == len(seen) == 3
    assert "?today=1&page=2" in Page(browser.get(LIST)).links()
    for minutes in (90, 120, 150):
        universe.log(universe.ada_course, performed_at=universe.now - timedelta(minutes=minutes))
    where = reverse("rounds:chart", args=[universe.ada.pk])
    page = Page(browser.get(where))
    assert "1–2 of 4 sessions" in page.words
    assert "3–4 of 4 sessions" in Page(browser.get(where, {"page": "2"})).words


def test_the_page_after_todays_last_is_the_first(universe: Universe, client_as: ClientAs) -> None:
    browser = client_as("therapist")
    first = browser.get(LIST, {"today": "1"}).context["today"]
    for number in ("0", "-1", "99", "x", "9" * 5000, "\x00", "٢"):
        again = browser.get(LIST, {"today": "1", "page": number}).context["today"]
        assert [row.patient.pk for row in again] == [row.patient.pk for row in first]


def test_a_chart_says_whose_hands_and_what_pressure_the_protocol_did_not_mean(
    universe: Universe, client_as: ClientAs
) -> None:
    firm = care(pressures={BodySite.HAND_LEFT: 3})
    reason = universe.answers(universe.bruno_course, firm, reason="he asked for it")
    universe.log(universe.bruno_course, care=firm, answers=reason)
    universe.log(universe.ada_course, care=still_touch(), by=universe.volunteer)
    browser = client_as("therapist")
    for patient, said, not_said in (
        (universe.bruno, "Pressure beyond the protocol's", "Given by another role"),
        (universe.ada, "Given by another role than the protocol says", "Pressure beyond"),
    ):
        words = Page(browser.get(reverse("rounds:chart", args=[patient.pk]))).words
        assert said in words
        assert not_said not in words


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


def test_a_volunteers_chart_offers_to_start_only_what_is_theirs(
    universe: Universe, client_as: ClientAs
) -> None:
    for patient, course, theirs in (
        (universe.bruno, universe.bruno_course, True),
        (universe.ada, universe.ada_course, False),
    ):
        chart = client_as("volunteer").get(reverse("rounds:chart", args=[patient.pk]))
        links, words = Page(chart).links(), Page(chart).words
        assert (reverse("sessions:start", args=[course.pk]) in links) is theirs
        assert ("Massage: given by therapists" not in words) is theirs
        assert ("Volunteers give simple touch, hands kept still" not in words) is theirs
        offered, other = "Record a past session", "Record simple touch given"
        assert ((offered in words), (other in words)) == (theirs, not theirs)
        assert reverse("sessions:log", args=[course.pk]) in links


def test_a_volunteers_chart_offers_no_charting(universe: Universe, client_as: ClientAs) -> None:
    links = Page(
        client_as("volunteer").get(reverse("rounds:chart", args=[universe.ada.pk]))
    ).links()
    for word in ("amend", "facts", "enrol/", "end/"):
        assert not [
            link for link in links if f"{word}" in link.rstrip("/") + "/" and "sess" not in link
        ]


@pytest.mark.parametrize(("who", "place"), [("therapist", LIST), ("admin", "/clinic/")])
def test_the_first_page_is_where_a_role_begins(
    universe: Universe, client_as: ClientAs, who: str, place: str
) -> None:
    assert client_as(who).get("/").headers["Location"] == place
