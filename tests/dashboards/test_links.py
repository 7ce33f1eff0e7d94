"""Every number that leads somewhere leads to just so many sessions."""

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from sessions_app.charts.chart import Cell
from sessions_app.dashboards.clinic_dashboard import QUESTIONS
from sessions_app.dashboards.links import Links
from sessions_app.dashboards.listed_form import ListedForm
from sessions_app.dashboards.scope import Scope
from sessions_app.dashboards.scope_form import known_to
from sessions_app.dashboards.selection import Selection, chosen
from sessions_app.sessions import incident_actions as incidents
from sessions_app.sessions.models import Session
from sessions_app.vocabulary.body_sites import BodySite
from sessions_app.vocabulary.incidents import IncidentKind
from sessions_app.vocabulary.records import Reaction
from tests.dashboards.drawing import Counted, draw
from tests.dashboards.ward import a_ward, scopes
from tests.reading import Page
from tests.universe import Universe, care

ClientAs = Callable[[str], Client]
LISTED = reverse("dashboards:sessions")


def a_ward_with_everything(universe: Universe) -> None:
    """Draw a ward, then sessions not given, in progress, beyond a limit, with incidents."""
    a_ward(universe, 11, sessions=60)
    lot = random.Random(12)  # noqa: S311 - invented patients
    for course in (universe.ada_course, universe.bruno_course, universe.diego_course):
        for _ in range(8):
            draw(universe, course, Counted(), lot)
    firm = care(
        pressures={BodySite.HAND_LEFT: 5}, reaction=Reaction.DESCRIBED, reaction_text="a bruise"
    )
    when = universe.now - timedelta(hours=3)
    answers = universe.answers(universe.bruno_course, firm, when=when, reason="asked for")
    told = {"care": firm, "answers": answers, "performed_at": when}
    session = universe.log(universe.bruno_course, **told)
    for kind in (IncidentKind.FALL, IncidentKind.FALL, IncidentKind.DEVICE):
        incidents.report_incident(
            session, kind=kind, what_happened="Slipped.", by=universe.therapist
        )


def linked(scope: Scope) -> Iterator[tuple[str, Cell]]:
    """Yield each cell that leads somewhere, with where it stands."""
    links = Links(scope, may_follow=True)
    for code, panel in QUESTIONS.items():
        for part in panel(scope, links).flat:
            rows = part.rows if not callable(part.rows) else part.table  # type: ignore[union-attr]
            for row in rows:
                for cell in row:
                    if cell.href.startswith(LISTED):
                        yield f"{code}: {part.title}: {row[0].words}", cell


def listed(universe: Universe, href: str) -> int:
    """Return how many sessions the list has that an address asks for."""
    asked = QueryDict(urlsplit(href).query)
    known = known_to([universe.birchwood], universe.today)
    form = ListedForm(asked, known=known, here=universe.birchwood)
    assert form.is_valid(), form.errors
    mine = Session.objects.filter(clinic_id=universe.birchwood.pk)
    selection = Selection.asked(asked)
    told = parse_qs(urlsplit(href).query)
    kept = {name for name, word in vars(selection).items() if word}
    assert set(told) - set(form.fields) == kept, href  # no word of the address is lost
    return chosen(mine, form.scope(), selection).count()


@pytest.mark.slow
def test_each_number_has_as_many_sessions_behind_it(universe: Universe) -> None:
    a_ward_with_everything(universe)
    for name, scope in scopes(universe).items():
        numbers = [(at, cell) for at, cell in linked(scope) if cell.words.isdigit()]
        for at, cell in numbers:
            assert listed(universe, cell.href) == int(cell.words), f"{name}: {at}: {cell}"
        if name == "everything":
            assert len({at.split(":")[0] for at, _ in numbers}) >= 4
            assert {"0"} < {cell.words for _, cell in numbers}


@pytest.mark.slow
def test_each_link_of_words_leads_to_a_list(universe: Universe) -> None:
    a_ward_with_everything(universe)
    scope = scopes(universe)["everything"]
    for at, cell in linked(scope):
        assert listed(universe, cell.href) >= 0, at


@pytest.mark.slow
def test_the_list_says_how_many_and_of_what(universe: Universe, client_as: ClientAs) -> None:
    a_ward_with_everything(universe)
    browser, seen = client_as("supervisor"), 0
    for _, cell in linked(scopes(universe)["everything"]):
        if cell.words.isdigit() and seen < 25:
            page = Page(browser.get(cell.href))
            noun = "session" if cell.words == "1" else "sessions"
            assert f"{cell.words} {noun}" in page.words
            seen += 1
    assert seen == 25


def test_an_admin_has_no_links_and_no_list(universe: Universe, client_as: ClientAs) -> None:
    browser = client_as("admin")
    page = Page(browser.get(reverse("dashboards:summary")))
    assert not [link for link in page.links() if link.startswith((LISTED, "/sessions/"))]
    assert browser.get(LISTED).status_code == 403


def test_numbers_of_several_clinics_or_of_another_lead_nowhere(
    universe: Universe, client_as: ClientAs
) -> None:
    browser = client_as("wanda_there")
    mine = browser.get(reverse("dashboards:summary"), {"clinic": "harbour"})
    assert [link for link in Page(mine).links() if link.startswith(LISTED)]
    scope = replace(scopes(universe)["everything"], clinics=(universe.birchwood, universe.harbour))
    links = Links(scope, may_follow=False)
    for panel in QUESTIONS.values():
        for part in panel(scope, links).flat:
            rows = part.rows if not callable(part.rows) else part.table  # type: ignore[union-attr]
            assert not [cell for row in rows for cell in row if cell.href]


@pytest.mark.parametrize(
    "asked",
    [
        {"what": "x"}, {"course": "x"}, {"week": "2026-01-06"}, {"week": "x"}, {"reason": "x"},
        {"scale": "x"}, {"before": "x"}, {"before": "1-"}, {"before": "1-٣"}, {"lacking": "x"},
        {"what": "w" * 10_000}, {"scale": "pain\x00"}, {"kind": "x"}, {"side": "x"},
        {"course": "00000000-0000-0000-0000-000000000000"},
    ],
)  # fmt: skip
def test_a_word_that_is_none_is_told_and_lists_nothing(
    universe: Universe, client_as: ClientAs, asked: dict[str, str]
) -> None:
    answer = client_as("supervisor").get(LISTED, asked)
    assert answer.status_code == 422
    page = Page(answer)
    assert f"The address asks by «{next(iter(asked))}» for what this page has not." in page.words
    assert "No figures yet" in page.words
    assert "Adason" not in page.words


@pytest.mark.parametrize("page", ["", "0", "x", "9" * 5000])
def test_a_page_that_is_none_is_the_first_or_the_last(
    universe: Universe, client_as: ClientAs, page: str
) -> None:
    answer = client_as("supervisor").get(LISTED, {"page": page, "what": ""})
    assert answer.status_code == 200
    assert "3 sessions" in Page(answer).words


def test_the_list_is_of_the_clinic_in_which_one_acts(
    universe: Universe, client_as: ClientAs
) -> None:
    both = client_as("wanda_there").get(LISTED, {"clinic": ["birchwood"]})
    assert both.status_code == 422  # she has no summary there
    assert "Adason" not in Page(both).words
