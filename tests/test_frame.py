"""The frame of every page: which place of the navigation one is in."""

import pytest
from django.urls import reverse

from tests.reading import Page
from tests.universe import ClientAs, Universe


@pytest.mark.parametrize(
    ("role", "name", "whose", "place"),
    [
        ("therapist", "rounds:chart", "ada", "rounds:list"),
        ("therapist", "patients:choose_fact", "ada", "rounds:list"),
        ("therapist", "sessions:session", "ada_session", "rounds:list"),
        ("therapist", "enrolments:end", "ada_course", "rounds:list"),
        ("supervisor", "sessions:incidents", "", "dashboards:summary"),
        ("supervisor", "dashboards:eyes", "", "dashboards:summary"),
        ("supervisor", "trail:events", "", "clinics:clinic"),
        ("supervisor", "emergency_access:list", "", "clinics:clinic"),
        ("admin", "keeping:settings", "", "clinics:clinic"),
        ("therapist", "people:own", "", None),
    ],
)
def test_the_navigation_says_where_one_is(
    universe: Universe, client_as: ClientAs, role: str, name: str, whose: str, place: str | None
) -> None:
    keys = [getattr(universe, whose).pk] if whose else []
    page = Page(client_as(role).get(reverse(name, args=keys)))
    shown = [attrs["href"] for tag, attrs in page.tags if tag == "a" and "aria-current" in attrs]
    assert shown == ([reverse(place)] if place else [])
