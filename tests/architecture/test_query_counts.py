"""How many statements each page costs: a change is a visible difference in query_counts.json.

`UPDATE_QUERY_COUNTS=1 python -m pytest tests/architecture/test_query_counts.py` writes it anew.
"""

import json
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sessions_app.clinics.threshold_actions import set_threshold
from sessions_app.dashboards import clinic_dashboard
from sessions_app.dashboards.kept import Kept
from sessions_app.enrolments import actions as enrolments
from sessions_app.patients import actions as patients
from sessions_app.patients import order_actions as orders
from sessions_app.patients.models import Patient
from sessions_app.sessions import emergency_actions as emergencies
from sessions_app.sessions import incident_actions as incidents
from sessions_app.timing import actions as timing
from sessions_app.vocabulary.body_sites import BodySite
from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.incidents import EmergencyCause, IncidentKind
from sessions_app.vocabulary.timed import TimedKind
from tests.architecture.pages import OF_A_SESSION_IN_PROGRESS, address
from tests.architecture.test_access import GET, ROLES
from tests.conftest import Stored
from tests.universe import Universe, ratings

STORED = Path(__file__).with_name("query_counts.json")
PAGES = [name for name, row in GET.items() if 200 in row]
LIMITS = {
    "rounds:list": 8, "sessions:session": 12, "sessions:start": 12, "sessions:log": 12,
    "sessions:finish": 12,
}  # fmt: skip


MORE_ON_SQLITE = {"dashboards:csv": 1}
"""Where rows are read and added up, and not counted by one statement."""


class Cost(NamedTuple):
    """What a page said to the database: in the world as it is, and when there is more to show."""

    now: list[str]
    crowded: list[str]


def who_sees(name: str) -> str:
    """Return the supervisor, or the admin where a page is for admins alone."""
    return "supervisor" if GET[name][ROLES.index("supervisor")] == 200 else "admin"


def statements(browser: Client, where: str) -> list[str]:
    """Ask for a page twice and return what the second time said to the database."""
    assert browser.get(where).status_code == 200  # fills what the process remembers
    clinic_dashboard._KEPT = Kept()  # but for a summary to which nothing was written since
    with CaptureQueriesContext(
        connection,
    ) as said:
        browser.get(where)
    return [query["sql"] for query in said.captured_queries]


@pytest.fixture(scope="module")
def costs(
    request: pytest.FixtureRequest,
    stored_world: Stored,
    django_db_blocker: pytest.FixtureRequest,
) -> dict[str, Cost]:
    """Ask for every page before and after the world is crowded, once for all tests.

    The inner loop asks for the pages only of which it tries a case.
    """
    cases = [case for case in request.session.items if case.path == request.path]
    asked = {case.callspec.params.get("name") for case in cases if hasattr(case, "callspec")}
    with django_db_blocker.unblock():
        apart = [name for name in PAGES if name in asked & OF_A_SESSION_IN_PROGRESS]
        others = [name for name in PAGES if name in asked - OF_A_SESSION_IN_PROGRESS]
        return {**_costs(stored_world, others), **_costs(stored_world, apart)}


def _costs(stored: Stored, pages: list[str]) -> dict[str, Cost]:
    world = stored.unpack()
    with undone():
        _an_emergency_before_her_session(world)
        where = {name: address(name, world) for name in pages}
        now = {name: _asked(stored, name, where[name]) for name in pages}
        for n in range(4):
            _one_more_patient(world, n)
            _more_of_ada(world, n)
        return {name: Cost(now[name], _asked(stored, name, where[name])) for name in pages}


def _asked(stored: Stored, name: str, where: str) -> list[str]:
    with undone():
        return statements(stored.browser(who_sees(name)), where)


@contextmanager
def undone() -> Iterator[None]:
    """Take back what happens inside."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_costs_what_is_written_down(costs: dict[str, Cost], name: str) -> None:
    counts = json.loads(STORED.read_text(encoding="utf-8")) if STORED.exists() else {}
    said = costs[name].now
    more = MORE_ON_SQLITE.get(name, 0) if connection.vendor == "sqlite" else 0
    if os.environ.get("UPDATE_QUERY_COUNTS"):
        counts[name] = len(said) - more
        text = json.dumps(dict(sorted(counts.items())), indent=2) + "\n"
        STORED.write_text(text, encoding="utf-8")
    assert counts.get(name, 0) + more == len(said), "\n".join(said)


def test_every_page_has_a_number_and_every_number_a_page() -> None:
    assert set(json.loads(STORED.read_text(encoding="utf-8"))) == set(PAGES)


@pytest.mark.parametrize("name", LIMITS)
def test_the_pages_of_the_main_job_stay_within_their_limit(name: str) -> None:
    assert json.loads(STORED.read_text(encoding="utf-8"))[name] <= LIMITS[name]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_costs_the_same_when_there_is_more_to_show(
    costs: dict[str, Cost], name: str
) -> None:
    cost = costs[name]
    assert len(cost.crowded) <= len(cost.now), "\n".join(cost.crowded)


def _an_emergency_before_her_session(world: Universe) -> None:
    """Fill the list of sessions that were begun in one: an empty list asks less."""
    at, opened = world.sessions["ada"].performed_at - timedelta(hours=1), EmergencyCause.OPENED
    emergencies.see_emergency(patient=world.ada, cause=opened, by=world.supervisor, at=at)


def _one_more_patient(world: Universe, n: int) -> None:
    patient: Patient = patients.register(
        chart_number=f"C-more-{n}", given_names="More", family_name=f"M{n}",
        birth_date=world.today.replace(year=1950, day=1), ward="Willow", by=world.therapist,
    )  # fmt: skip
    patients.record_fact(
        patient=patient, kind=FactKind.CONSENT, observed_on=world.today, source="form",
        by=world.therapist,
    )  # fmt: skip
    arm_id = world.arm("rest", "massage")
    course = enrolments.enrol(
        patient=patient, arm_id=arm_id, starts_on=world.today,
        checklist=world.checklist(arm_id), by=world.therapist,
    )  # fmt: skip
    world.log(course)
    world.start(course, client_key=uuid.uuid4())


def _more_of_ada(world: Universe, n: int) -> None:
    patients.record_fact(
        patient=world.ada, kind=FactKind.BONE_METASTASIS, sites=[list(BodySite)[20 + n]],
        observed_on=world.today, source="scan", by=world.therapist,
    )  # fmt: skip
    orders.record_order(
        patient=world.ada, rules=["B1", "H2"], up_to=1, clinician_name="Dr Oduya",
        clinician_role="oncologist", ordered_on=world.today, expires_on=world.today,
        by=world.therapist,
    )  # fmt: skip
    before, after = ratings(pain=3), ratings(pain=6)
    told = {"by": world.therapist}
    worse = world.log(world.ada_course, before=before, after=after)
    incidents.report_incident(
        worse, kind=IncidentKind.DEVICE, what_happened="A line came loose.", **told
    )
    later = world.now + timedelta(hours=n)
    emergencies.see_emergency(patient=world.ada, cause=EmergencyCause.OPENED, at=later, **told)
    set_threshold(
        key="fever", value=Decimal(37), decided_by_name="Dr A", decided_by_role="physician",
        reason=f"Reason {n}", by=world.admin,
    )  # fmt: skip
    timing.record(
        patient=world.ada, kind=TimedKind.OPIOID_BREAKTHROUGH, client_key=uuid.uuid4(),
        happens_at=world.now - timedelta(hours=n), **told,
    )  # fmt: skip
