"""A sign-in ends by itself: when nothing was done for the clinic's time, and after 12 hours."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sessions_app.clinics.models import Clinic
from sessions_app.people import lasting
from tests.universe import PASSWORD, ClientAs, Universe

HOUR = 3600


def put_back(browser: Client, *, active: int = 0, began: int = 0) -> None:
    """Let time pass for a sign-in: put its stored times back."""
    session = browser.session
    session[lasting.ACTIVE] -= active
    session[lasting.BEGAN] -= began
    session.save()


@pytest.fixture
def browser(universe: Universe, client_as: ClientAs) -> Client:
    """Give a therapist's browser in which a page was asked for just now."""
    signed_in = client_as("therapist")
    assert signed_in.get("/patients/").status_code == 200
    return signed_in


@pytest.mark.parametrize(
    ("idle", "minutes", "status"),
    [(15, 14, 200), (15, 15, 302), (15, 400, 302), (5, 4, 200), (5, 5, 302), (240, 239, 200),
     (240, 240, 302)],
)  # fmt: skip
def test_a_sign_in_ends_when_nothing_was_done_for_the_clinics_time(
    universe: Universe, browser: Client, idle: int, minutes: int, status: int
) -> None:
    Clinic.objects.filter(pk=universe.birchwood.pk).update(idle_minutes=idle)
    put_back(browser, active=minutes * 60)
    assert browser.get("/patients/").status_code == status


@pytest.mark.parametrize(("minutes", "status"), [(719, 200), (720, 302), (2000, 302)])
def test_a_sign_in_ends_after_twelve_hours_of_work(
    browser: Client, minutes: int, status: int
) -> None:
    put_back(browser, began=minutes * 60)
    assert browser.get("/patients/").status_code == status


def test_what_ended_stays_ended(browser: Client) -> None:
    key = browser.session.session_key
    put_back(browser, active=15 * 60)
    assert browser.post("/patients/", {"q": "Adason"}).status_code == 302
    browser.cookies["session"] = key  # the old cookie opens nothing
    assert browser.get("/patients/").status_code == 302


def test_what_is_done_puts_the_end_off(browser: Client) -> None:
    for _ in range(3):
        put_back(browser, active=10 * 60)
        assert browser.get("/patients/").status_code == 200
    assert lasting.now() - browser.session[lasting.ACTIVE] < 60


def test_work_does_not_put_off_the_twelve_hours(browser: Client) -> None:
    began = browser.session[lasting.BEGAN]
    put_back(browser, active=10 * 60)
    browser.get("/patients/")
    assert browser.session[lasting.BEGAN] == began


def test_signing_in_anew_begins_anew(browser: Client) -> None:
    put_back(browser, active=14 * 60, began=11 * HOUR)
    browser.post("/sign-in/", {"email": "therapist@birchwood.example", "password": PASSWORD})
    assert lasting.seconds_left(browser.session, 60) > 59 * 60


def test_a_clock_that_was_put_back_ends_nothing_and_lengthens_nothing(browser: Client) -> None:
    put_back(browser, active=-HOUR, began=-HOUR)
    assert browser.get("/patients/").status_code == 200
    assert lasting.seconds_left(browser.session, 15) == 15 * 60


def writes(browser: Client) -> list[str]:
    """Return the statements of one page that write."""
    with CaptureQueriesContext(connection) as said:
        assert browser.get("/patients/").status_code == 200
    return [one["sql"] for one in said if one["sql"].startswith(("UPDATE", "INSERT", "DELETE"))]


def test_activity_is_written_once_a_minute(browser: Client) -> None:
    assert writes(browser) == []
    put_back(browser, active=30)
    assert writes(browser) == []
    put_back(browser, active=30)
    assert len(writes(browser)) == 1
    assert writes(browser) == []


def test_who_belongs_to_no_clinic_has_the_usual_time(universe: Universe) -> None:
    browser = Client()
    browser.force_login(universe.wanda)
    universe.wanda.memberships.all().delete()
    assert browser.get("/patients/").status_code == 403
    put_back(browser, active=15 * 60)
    assert browser.get("/patients/").status_code == 302
