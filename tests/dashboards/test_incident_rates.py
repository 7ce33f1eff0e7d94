"""Incidents per 100 given sessions, with n, in three periods; counted by hand beside it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from sessions_app.dashboards.incident_rates import IncidentRate, incident_rates
from sessions_app.sessions.incident_actions import report_incident
from sessions_app.vocabulary.incidents import IncidentKind
from tests.reading import Page
from tests.universe import Universe, ratings

ClientAs = Callable[[str], Client]


def rates(world: Universe, days_later: float = 0) -> dict[int, tuple[int, int]]:
    now = world.now + timedelta(days=days_later)
    found = incident_rates(world.birchwood.pk, now)
    return {one.days: (one.incidents, one.sessions) for one in found}


def test_given_sessions_and_their_incidents_are_counted(universe: Universe) -> None:
    # ada, bruno and diego have a given session each, two days ago; hers has an incident.
    assert rates(universe) == {30: (1, 3), 90: (1, 3), 365: (1, 3)}
    universe.log(universe.bruno_course, before=ratings(pain=2), after=ratings(pain=5))
    assert rates(universe)[30] == (2, 4)
    begun = universe.start(universe.diego_course)
    report_incident(begun, kind=IncidentKind.FALL, what_happened="Slipped.", by=universe.therapist)
    assert rates(universe)[30] == (2, 4)


@pytest.mark.parametrize(
    ("later", "left"),
    [(27.9, (30, 90, 365)), (28.1, (90, 365)), (88.1, (365,)), (363.1, ())],
)
def test_a_session_leaves_a_period_at_its_end(
    universe: Universe, later: float, left: tuple[int, ...]
) -> None:
    found = rates(universe, later)
    assert {days for days, counts in found.items() if counts == (1, 3)} == set(left)
    assert {days for days, counts in found.items() if counts == (0, 0)} == set(found) - set(left)


def test_no_session_is_no_rate_and_none_is_a_rate_of_nought() -> None:
    assert IncidentRate(30, 0, 0).per_hundred is None
    assert IncidentRate(30, 40, 0).per_hundred == 0
    assert IncidentRate(30, 143, 2).per_hundred == pytest.approx(1.3986, abs=1e-4)


@pytest.mark.parametrize("role", ["supervisor", "admin"])
def test_the_summary_shows_the_rate_with_its_n(
    universe: Universe, client_as: ClientAs, role: str
) -> None:
    page = Page(client_as(role).get(reverse("dashboards:summary")))
    assert "33.3 1 incident in n = 3 sessions" in " ".join(page.words.split())
    assert (": unwanted reaction" in page.words) == (role == "supervisor")
    assert (reverse("sessions:incidents") in page.links()) == (role == "supervisor")
