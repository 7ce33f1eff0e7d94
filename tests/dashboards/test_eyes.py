"""What needs a supervisor's eyes: what is open, what went beyond a limit, what was described."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sessions_app.dashboards import attention
from sessions_app.sessions.emergency_actions import close_emergency, see_emergency
from sessions_app.sessions.emergency_model import EmergencySeen
from sessions_app.sessions.later_actions import call_off
from sessions_app.sessions.models import Session
from sessions_app.vocabulary.body_sites import BodySite
from sessions_app.vocabulary.incidents import EmergencyCause
from sessions_app.vocabulary.reasons import NotGivenReason
from sessions_app.vocabulary.records import Reaction
from tests.dashboards.fresh_house import enter
from tests.reading import Page
from tests.universe import ClientAs, Universe, care


def shown(client_as: ClientAs, who: str = "supervisor") -> Page:
    return Page(client_as(who).get(reverse("dashboards:eyes")))


def beyond(universe: Universe, minutes: int = 60, who: str = "bruno") -> Session:
    """Log a session with a hand held too firmly, and a foot as light as it may be."""
    firm = care(pressures={BodySite.FOOT_TOP_RIGHT: 1, BodySite.HAND_LEFT: 5})
    when, course = universe.now - timedelta(minutes=minutes), universe.courses[who]
    answers = universe.answers(course, firm, when=when, reason="he <asked> for it")
    return universe.log(course, care=firm, answers=answers, performed_at=when)


def described(universe: Universe, minutes: int = 60) -> Session:
    """Log a session after which something was told."""
    told = care(reaction=Reaction.DESCRIBED, reaction_text="a <bruise> on the hand")
    when = universe.now - timedelta(minutes=minutes)
    return universe.log(universe.bruno_course, care=told, performed_at=when)


def emergency(universe: Universe, minutes: int, closed: int | None = None) -> EmergencySeen:
    """Open an emergency on Bruno by hand, so many minutes ago; `closed` is when it was closed."""
    at = universe.now - timedelta(minutes=minutes)
    opened, by = EmergencyCause.OPENED, universe.therapist
    seen = see_emergency(patient=universe.bruno, cause=opened, by=by, at=at)
    if closed is not None:
        at = universe.now - timedelta(minutes=closed)
        close_emergency(seen, note="Looked after.", by=universe.supervisor, at=at)
    return seen


def said(page: Page) -> str:
    """Return the words of the lists, single-spaced."""
    text = page.html[page.html.index('aria-label="What needs your eyes"') :]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text.split("</section>")[0])).split())


def test_a_session_beyond_a_limit_is_shown_to_a_supervisor_with_all_that_was_passed(
    universe: Universe, client_as: ClientAs
) -> None:
    row = beyond(universe, who="ada")
    page = shown(client_as)
    words = said(page)
    assert "Adason, Ada chart C-ada" in words
    assert "Therapist of Birchwood Hospice" in words
    passed = "Limit. Left hand: pressure 5, limit up to pressure 2."
    assert f"{passed} Bone metastasis: thoracic spine" in words
    assert "Limit. Bone" not in words  # nobody touched it
    assert "Reason. he <asked> for it" in words
    assert reverse("sessions:session", args=[row.pk]) in page.links()
    for who in ("admin", "therapist", "volunteer"):
        refused = shown(client_as, who)
        assert "he <asked> for it" not in refused.words
        assert "Adason" not in refused.words


def test_a_site_to_avoid_is_named_with_its_pressure(
    universe: Universe, client_as: ClientAs
) -> None:
    touched = care(pressures={BodySite.SPINE_THORACIC: 0, BodySite.HAND_LEFT: 1})
    answers = universe.answers(universe.ada_course, touched, reason="held a moment")
    universe.log(universe.ada_course, care=touched, answers=answers)
    words = said(shown(client_as))
    passed = "Limit. Thoracic spine: pressure 0, limit no contact. "
    assert f"{passed}Bone" in words
    assert BodySite.HAND_LEFT.label not in words


def test_a_described_reaction_has_a_list_of_its_own(
    universe: Universe, client_as: ClientAs
) -> None:
    row = described(universe)
    page = shown(client_as)
    words = said(page)
    assert "No session went beyond a limit" in words
    assert "Brunoson, Bruno chart C-bruno" in words
    assert "Described. a <bruise> on the hand" in words
    assert reverse("sessions:session", args=[row.pk]) in page.links()


def test_a_session_begun_while_an_emergency_was_open_is_listed_with_it(
    universe: Universe, client_as: ClientAs
) -> None:
    emergency(universe, minutes=40)
    row = universe.start(universe.bruno_course)
    page = shown(client_as)
    words = said(page)
    assert reverse("sessions:session", args=[row.pk]) in page.links()
    assert "No session was begun while" not in words
    assert "Emergency. " in words
    assert "Therapist of Birchwood Hospice · Opened by a person. Not closed yet." in words
    assert "No session went beyond a limit" in words


@pytest.mark.parametrize(
    ("opened", "closed", "listed"),
    [(90, None, True), (90, 30, True), (90, 61, False), (59, None, False), (59, 30, False)],
)
def test_only_what_was_open_when_the_session_began_counts(
    universe: Universe, client_as: ClientAs, opened: int, closed: int | None, listed: bool
) -> None:
    emergency(universe, opened, closed)
    universe.log(universe.bruno_course, performed_at=universe.now - timedelta(minutes=60))
    words = said(shown(client_as))
    assert ("No session was begun while an emergency was open." not in words) is listed
    assert (". Closed " in words) is (listed and closed is not None)


def test_what_was_not_given_was_not_begun_in_an_emergency(
    universe: Universe, client_as: ClientAs
) -> None:
    emergency(universe, minutes=40)
    row = universe.start(universe.bruno_course)
    call_off(row, reason=NotGivenReason.UNWELL, by=universe.therapist)
    assert "No session was begun while an emergency was open." in said(shown(client_as))


@pytest.mark.slow
def test_a_list_that_is_long_has_pages_and_costs_no_more(
    universe: Universe, client_as: ClientAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attention, "LINES_SHOWN", 2)
    browser, where = client_as("supervisor"), reverse("dashboards:eyes")
    browser.get(where)  # the first page of a sign-in costs more
    emergency(universe, minutes=300)
    costs = []
    for batch in (range(2), range(2, 5)):
        for number in batch:
            beyond(universe, 60 + number)
            described(universe, 200 + number)
        with CaptureQueriesContext(connection) as said:
            page = Page(browser.get(where))
        costs.append(len(said))
    assert costs[0] == costs[1]
    for code, count in (("beyond", 5), ("reactions", 5), ("emergencies", 10)):
        assert f"?list={code}&page=2" in page.links()
        last = Page(browser.get(where, {"list": code, "page": "99"}))
        assert f"{count} of {count} sessions" in last.words
        assert "Emergencies still open" not in last.words
        assert where in last.links()
    assert page.words.count("1–2 of 5 sessions") == 2


@pytest.mark.usefixtures("watched_templates")
@pytest.mark.parametrize("list", ["", "beyond"])
@pytest.mark.parametrize("number", ["0", "99", "x", "9" * 5000])
def test_an_address_shows_one_list_or_all_of_them(
    universe: Universe, client_as: ClientAs, list: str, number: str
) -> None:
    where = reverse("dashboards:eyes")
    answer = client_as("supervisor").get(where, {"list": list, "page": number})
    assert answer.status_code == 200
    assert ("unclosed" in answer.context) == (list != "beyond")


@pytest.mark.parametrize("list", ["x", "\x00", "b" * 5000])
def test_an_address_that_asks_for_no_list_is_told_so(
    universe: Universe, client_as: ClientAs, list: str
) -> None:
    beyond(universe)
    where = reverse("dashboards:eyes")
    answer = client_as("supervisor").get(where, {"list": list})
    assert answer.status_code == 422
    page = Page(answer)
    assert "This page has no such list" in page.words
    assert where in page.links()
    assert "Brunoson" not in page.words


def test_the_summary_leads_there_for_those_who_may_see_patients(
    universe: Universe, client_as: ClientAs
) -> None:
    for who, leads in (("supervisor", True), ("admin", False)):
        page = Page(client_as(who).get(reverse("dashboards:summary")))
        assert (reverse("dashboards:eyes") in page.links()) is leads
        assert "Brunoson" not in page.words


def test_a_clinic_without_sessions_is_told_that_there_is_nothing(
    universe: Universe, client_as: ClientAs
) -> None:
    browser = client_as("foreign_admin")
    enter(universe, browser)
    page = Page(browser.get(reverse("dashboards:eyes")))
    assert "No session went beyond a limit" in page.words
    assert "No emergency is open" in page.words
    assert "Harbour" not in page.texts["main"]
