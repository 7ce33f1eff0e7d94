"""Every number of a ward leads to just so many sessions."""

import random
from collections.abc import Callable, Iterator
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import QueryDict
from django.urls import reverse

from sessions_app.charts.chart import Cell
from sessions_app.dashboards.clinic_dashboard import QUESTIONS
from sessions_app.dashboards.links import Links
from sessions_app.dashboards.listed_form import ListedForm
from sessions_app.dashboards.scope import Scope
from sessions_app.dashboards.scope_form import Known, known_to
from sessions_app.dashboards.selection import Selection, chosen
from sessions_app.sessions import incident_actions as incidents
from sessions_app.sessions.models import Session
from sessions_app.vocabulary.body_sites import BodySite
from sessions_app.vocabulary.incidents import IncidentKind
from sessions_app.vocabulary.records import Reaction
from tests.conftest import Shared
from tests.dashboards.drawing import Counted, draw
from tests.dashboards.ward import a_ward, scopes
from tests.reading import Page
from tests.universe import ClientAs, Universe, care

pytestmark = pytest.mark.slow

LISTED = reverse("dashboards:sessions")


@pytest.fixture(scope="module")
def a_ward_with_everything(for_the_module: Shared) -> Callable[[], Universe]:
    """Store the ward, once."""
    return for_the_module(fill)


@pytest.fixture
def universe(a_ward_with_everything: Callable[[], Universe], db: None) -> Universe:
    """Give the world with a ward."""
    return a_ward_with_everything()


def fill(universe: Universe) -> None:
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


def listed(universe: Universe, href: str, known: Known) -> int:
    """Return how many sessions the list has that an address asks for."""
    asked = QueryDict(urlsplit(href).query)
    form = ListedForm(asked, known=known, here=universe.birchwood)
    assert form.is_valid(), form.errors
    mine = Session.objects.filter(clinic_id=universe.birchwood.pk)
    selection = Selection.asked(asked)
    told = parse_qs(urlsplit(href).query)
    kept = {name for name, word in vars(selection).items() if word}
    assert set(told) - set(form.fields) == kept, href  # no word of the address is lost
    return chosen(mine, form.scope(), selection).count()


def test_each_number_has_as_many_sessions_behind_it(universe: Universe) -> None:
    known = known_to([universe.birchwood], universe.today)
    for name, scope in scopes(universe).items():
        numbers = [(at, cell) for at, cell in linked(scope) if cell.words.isdigit()]
        for at, cell in numbers:
            assert listed(universe, cell.href, known) == int(cell.words), f"{name}: {at}: {cell}"
        if name == "everything":
            assert len({at.split(":")[0] for at, _ in numbers}) >= 4
            assert {"0"} < {cell.words for _, cell in numbers}


def test_each_link_of_words_leads_to_a_list(universe: Universe) -> None:
    known, scope = known_to([universe.birchwood], universe.today), scopes(universe)["everything"]
    for at, cell in linked(scope):
        assert listed(universe, cell.href, known) >= 0, at


def test_the_list_says_how_many_and_of_what(universe: Universe, client_as: ClientAs) -> None:
    browser, seen = client_as("supervisor"), 0
    for _, cell in linked(scopes(universe)["everything"]):
        if cell.words.isdigit() and seen < 25:
            page = Page(browser.get(cell.href))
            noun = "session" if cell.words == "1" else "sessions"
            assert f"{cell.words} {noun}" in page.words
            seen += 1
    assert seen == 25
