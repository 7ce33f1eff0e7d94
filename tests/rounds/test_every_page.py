"""Every page, for every role: no name in a title or an address, no claim that goes too far."""

import re
from collections.abc import Callable

import pytest

from sessions_app.patients.models import Patient
from sessions_app.vocabulary.roles import Role
from tests.architecture.pages import PATTERNS, address
from tests.reading import Page
from tests.universe import ClientAs, Universe, care, still_touch

pytestmark = [pytest.mark.slow, pytest.mark.sqlite]

PAGES = sorted(PATTERNS)
# An id may spell a short name by chance.
IDENTITY = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
TOO_FAR = re.compile(r"\bsafe(?:ly)?\b|\beffects?\b|\beffective", re.IGNORECASE)


Look = Callable[[str, str], Page | None]


@pytest.fixture(scope="module")
def seen_so_far() -> dict[tuple[str, str], Page | None]:
    """Give the pages that a test of this file has seen: they are asked for once in each role."""
    return {}


@pytest.fixture
def seen(
    universe: Universe,
    client_as: ClientAs,
    seen_so_far: dict[tuple[str, str], Page | None],
) -> Look:
    """Return a function that gives a page as a role sees it; None where the role sees none."""

    def look(role: str, name: str) -> Page | None:
        if (role, name) not in seen_so_far:
            answer = client_as(role).get(address(name, universe))
            is_page = answer.headers.get("Content-Type", "").startswith("text/html")
            page = Page(answer) if answer.status_code == 200 and is_page else None
            seen_so_far[role, name] = page
        return seen_so_far[role, name]

    return look


def names(universe: Universe) -> list[str]:
    """Return given and family names of the clinic's patients, in lower case."""
    people = Patient.objects.filter(clinic=universe.birchwood)
    return [
        part.lower() for pair in people.values_list("given_names", "family_name") for part in pair
    ]


@pytest.mark.parametrize("name", PAGES)
def test_no_title_and_no_address_names_a_patient(universe: Universe, seen: Look, name: str) -> None:
    page = seen("therapist", name)
    if page is None:
        return
    assert page.title.strip().endswith("· Stillhand")
    assert len(page.title.strip()) > len("· Stillhand") + 2
    for text in (page.title, address(name, universe), *page.links()):
        said = IDENTITY.sub("", text.lower())
        assert not [one for one in names(universe) if one in said], text


@pytest.mark.parametrize("role", [role.value for role in Role])
@pytest.mark.parametrize("name", PAGES)
def test_no_page_claims_that_something_is_harmless_or_works(
    seen: Look, name: str, role: str
) -> None:
    page = seen(role, name)
    found = TOO_FAR.search(page.words) if page else None
    assert found is None, found


@pytest.mark.parametrize("name", PAGES)
def test_every_label_has_its_field_and_every_link_in_the_page_its_place(
    seen: Look, name: str
) -> None:
    page = seen("supervisor", name)
    if page is None:
        return
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    assert sorted(ids) == sorted(set(ids))
    pointed = [attrs["for"] for tag, attrs in page.tags if tag == "label" and "for" in attrs]
    for _, attrs in page.tags:
        pointed += attrs.get("aria-describedby", "").split()
        pointed += attrs.get("aria-labelledby", "").split()
    pointed += [link[1:] for link in page.links() if link.startswith("#")]
    assert set(pointed) <= set(ids)


def test_there_are_pages_to_look_at(seen: Look) -> None:
    assert len([name for name in PAGES if seen("supervisor", name)]) >= 20


def test_the_pages_of_every_state_of_a_session_keep_to_that_too(
    universe: Universe, client_as: ClientAs
) -> None:
    firm = care(pressures={next(iter(care().pressures)): 5})
    answers = universe.answers(universe.bruno_course, firm, reason="asked for it")
    rows = [
        universe.start(universe.bruno_course, plan=still_touch()),
        universe.log(universe.bruno_course, care=firm, answers=answers),
        universe.log(universe.erin_course),
    ]
    for row in rows:
        page = Page(client_as("therapist").get(f"/sessions/{row.pk}/"))
        assert TOO_FAR.search(page.words) is None
        assert "son" not in page.title.lower().replace("session", "")
