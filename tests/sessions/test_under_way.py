"""The page of a session that has begun: what somebody needs whose hands are on the patient."""

import pytest
from django.test import Client
from django.urls import reverse

from sessions_app.patients import actions as patients
from sessions_app.sessions import emergency_actions as emergencies
from sessions_app.sessions.models import Session
from sessions_app.vocabulary.body_sites import BodySite
from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.incidents import EmergencyCause
from tests.reading import Page
from tests.universe import ClientAs, Universe, care


@pytest.fixture
def begun(universe: Universe) -> Session:
    planned = care(pressures={BodySite.HAND_LEFT: 2, BodySite.HAND_RIGHT: 2, BodySite.CALF_LEFT: 1})
    return universe.start(universe.diego_course, plan=planned)


def read(browser: Client, session: Session) -> Page:
    return Page(browser.get(reverse("sessions:session", args=[session.pk])))


def test_it_tells_the_plan_by_pressure_and_no_score(
    universe: Universe, client_as: ClientAs, begun: Session
) -> None:
    page = read(client_as("therapist"), begun)
    assert "Effleurage" in page.words
    assert "left hand; right hand" in page.words
    assert page.words.index("left calf") < page.words.index("left hand; right hand")
    assert "before," not in page.words


def test_it_tells_the_limits_as_they_are_now_not_as_they_were_when_it_began(
    universe: Universe, client_as: ClientAs, begun: Session
) -> None:
    browser = client_as("therapist")
    assert "Open wound" not in read(browser, begun).words
    patients.record_fact(
        patient=universe.diego, kind=FactKind.WOUND, sites=[BodySite.CALF_LEFT],
        observed_on=universe.today, source="seen", by=universe.therapist,
    )  # fmt: skip
    told = read(browser, begun).words
    assert "No contact: left calf" in " ".join(told.split())


def test_an_emergency_is_one_tap_away_until_it_is_finished(
    universe: Universe, client_as: ClientAs, begun: Session
) -> None:
    browser = client_as("therapist")
    call = reverse("sessions:open_emergency", args=[universe.diego.pk])

    def offered() -> bool:
        return call in [tag.get("action") for tag in read(browser, begun).form_tags]

    assert offered()
    universe.finish(begun)
    assert not offered()


def test_it_says_that_an_emergency_is_still_open(
    universe: Universe, client_as: ClientAs, begun: Session
) -> None:
    seen = emergencies.see_emergency(
        patient=universe.diego, cause=EmergencyCause.OPENED, by=universe.therapist
    )
    page = read(client_as("therapist"), begun)
    assert "No massage until the team says" in page.words
    assert reverse("sessions:emergency", args=[seen.pk]) in page.links()
