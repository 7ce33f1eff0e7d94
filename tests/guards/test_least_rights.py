"""The server needs no ownership: it works as the role of docs/security/least_rights.sql."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from django.urls import reverse

from clinic.start import refuse_half_configured
from tests.people.signing import is_in
from tests.universe import PASSWORD, ClientAs, Universe

pytestmark = pytest.mark.postgres
RIGHTS = Path(__file__).resolve().parents[2] / "docs/security/least_rights.sql"
NOT_ITS = (
    "DELETE FROM sessions_app_auditevent",
    "UPDATE sessions_app_auditevent SET action = 'x'",
    "UPDATE sessions_app_chartread SET page = 'x'",
    "TRUNCATE sessions_app_auditevent",
    "ALTER TABLE sessions_app_auditevent DISABLE TRIGGER ALL",
    "DROP TABLE sessions_app_patient",
    "ALTER TABLE sessions_app_session ADD COLUMN x int",
    "CREATE TABLE x (y int)",
    "DELETE FROM django_migrations",
    "COPY sessions_app_patient TO PROGRAM 'cat'",
)


@pytest.fixture
def as_the_server(universe: Universe) -> Iterator[Universe]:
    """Work as the role, to the end of the test's transaction."""
    with connection.cursor() as cursor:
        cursor.execute(RIGHTS.read_text(encoding="utf-8"))
        cursor.execute("SET LOCAL ROLE stillhand_server")
    yield universe
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")


def test_a_day_at_work_needs_no_more(as_the_server: Universe, client_as: ClientAs) -> None:
    world, browser = as_the_server, Client()
    said = {"email": world.therapist.user.email, "password": PASSWORD}
    assert browser.post("/sign-in/", said).status_code == 302
    assert is_in(browser)
    assert browser.get(reverse("rounds:chart", args=[world.ada.pk])).status_code == 200
    log = reverse("sessions:log", args=[world.bruno_course.pk])
    assert browser.get(log).status_code == 200
    world.log(world.bruno_course)
    assert client_as("supervisor").get(reverse("dashboards:summary")).status_code == 200
    assert client_as("admin").get(reverse("members:people")).status_code == 200
    assert browser.post("/sign-out/").status_code == 302
    refuse_half_configured()


@pytest.mark.parametrize("statement", NOT_ITS)
def test_what_it_does_not_need_it_cannot_do(as_the_server: Universe, statement: str) -> None:
    with (
        pytest.raises(ProgrammingError) as refused,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert getattr(refused.value.__cause__, "sqlstate", "") == "42501"  # insufficient privilege
