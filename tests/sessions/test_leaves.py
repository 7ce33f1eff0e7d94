"""A long list beside another on one page is turned leaf by leaf."""

from datetime import timedelta

import pytest
from django.urls import reverse

from sessions_app.sessions.emergency_model import EmergencySeen
from sessions_app.sessions.leaves import LISTED, leaf
from tests.reading import Page
from tests.universe import ClientAs, Universe


@pytest.fixture
def many(universe: Universe) -> Universe:
    """Give the world with two leaves of closed emergencies and one more."""
    EmergencySeen.objects.bulk_create(
        EmergencySeen(
            clinic=universe.birchwood,
            patient=universe.bruno,
            cause="opened",
            seen_at=universe.now - timedelta(days=day),
            seen_by=universe.therapist.user,
            seen_as="therapist",
            closed_at=universe.now,
            closed_by=universe.supervisor.user,
            closing_note=f"seen to {day}.",
        )
        for day in range(1, 2 * LISTED + 2)
    )
    return universe


@pytest.mark.parametrize(
    ("asked", "number", "rows", "previous", "following"),
    [
        (None, 1, LISTED, 0, 2),
        ("2", 2, LISTED, 1, 3),
        ("3", 3, 1, 2, 0),
        ("4", 4, 0, 3, 0),
        ("0", 1, LISTED, 0, 2),
        ("-1", 1, LISTED, 0, 2),
        ("all", 1, LISTED, 0, 2),
        ("9" * 30, 1, LISTED, 0, 2),
    ],
)
def test_a_leaf_knows_its_neighbours(
    many: Universe, asked: str | None, number: int, rows: int, previous: int, following: int
) -> None:
    found = leaf(EmergencySeen.objects.closed().newest_first(), asked)
    told = (found.number, len(found.rows), found.previous, found.next)
    assert told == (number, rows, previous, following)


def test_every_closed_emergency_is_on_one_of_the_leaves(
    many: Universe, client_as: ClientAs
) -> None:
    browser, where = client_as("supervisor"), reverse("sessions:incidents")
    words, at = "", "?closed=1"
    for number in (1, 2, 3):
        page = Page(browser.get(where + at))
        words += page.words
        at = f"?closed=1&leaf={number + 1}"
        assert (at in page.links()) is (number < 3)
    assert all(f"seen to {day}." in words for day in range(1, 2 * LISTED + 2))
