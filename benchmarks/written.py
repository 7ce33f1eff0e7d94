"""The product's own writes, caught on their way to the database, to be sent again and again."""

import contextlib
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

import psycopg
from django.core.management import call_command
from django.db import connection, models
from django.utils import timezone

from benchmarks import ward
from benchmarks.writers import Both, Write
from sessions_app import storing
from sessions_app.audit.models import AuditEvent
from sessions_app.clinics.models import Clinic, Membership
from sessions_app.enrolments.models import Enrolment
from sessions_app.sessions import actions
from sessions_app.sessions.actions import verdict_of
from sessions_app.sessions.models import Session
from sessions_app.sessions.record import Answers, Rating, Ratings
from sessions_app.sessions.unfolded_model import Unfolded
from sessions_app.vocabulary.scales import Scale


@dataclass
class _Caught:
    """What stands in for a cursor: it keeps what it is told, and sends nothing."""

    told: list[tuple[str, Sequence[Any]]] = field(default_factory=list)

    def execute(self, sql: str, values: Sequence[Any]) -> None:
        self.told.append((sql, values))


def examples(clinics: int) -> list[Both]:
    """Open so many clinics with a ward each; return a session of each, as it would be stored."""
    call_command("migrate", verbosity=0)
    course, begun = ward.publish(), ward.begun()
    found = []
    for n in range(clinics):
        therapist = ward.open_clinic(f"ward-{n}", begun)
        courses = ward.fill_ward(therapist, course, begun)
        actions.log(**_session(courses[0], therapist))  # the edition of the rules is stored once
        found.append(_caught(courses[1], therapist))
    return found


def _session(course: Enrolment, by: Membership) -> dict[str, Any]:
    when = ward.begun().replace(hour=10)
    asked = verdict_of(course, ward.CARE, when, by, at=timezone.now(), planning=False)
    if asked.breaks:
        raise SystemExit(f"the benchmark's session breaks a limit: {asked}")
    return {
        "enrolment": course, "performed_at": when, "care": ward.CARE, "by": by,
        "before": _ratings(5, 6), "after": _ratings(3, 7),
        "answers": Answers(shown=asked.digest(), confirmed=True),
        "client_key": uuid.uuid4(), "digest": uuid.uuid4().hex,
    }  # fmt: skip


def _ratings(pain: int, mood: int) -> Ratings:
    return {Scale.PAIN: Rating(pain), Scale.MOOD: Rating(mood), Scale.HEART_RATE: Rating(72)}


def _caught(course: Enrolment, by: Membership) -> Both:
    """Log a session, and return the statement that would store it, with the mark and without."""
    kept: list[tuple[list[models.Model], Sequence[storing.Statement]]] = []

    def keep(rows: Sequence[models.Model], *, then: Sequence[storing.Statement] = ()) -> None:
        kept.append((list(rows), then))

    with patch.object(actions, "store_alone", keep):
        actions.log(**_session(course, by))
    ((rows, then),) = kept
    plain = [row for row in rows if not isinstance(row, Unfolded)]
    if len(plain) != len(rows) - 1:
        raise SystemExit("a session is stored without its mark")
    return Both(_as_sent(rows, then), _as_sent(plain, then))


def _as_sent(rows: list[models.Model], then: Sequence[storing.Statement]) -> Write:
    caught = _Caught()
    with patch.object(storing, "keeping_cursor", lambda _: contextlib.nullcontext(caught)):
        storing.store(rows, then=then)
    ((sql, values),) = caught.told
    (event,) = (value for one in then for value in one.values if _is_new(value, rows, one))
    own = {str(row.pk) for row in rows} | {str(event)}
    own |= {str(row.client_key) for row in rows if isinstance(row, Session)}
    return Write(sql, values, frozenset(own))


def _is_new(value: Any, rows: list[models.Model], statement: storing.Statement) -> bool:
    """Say whether a value is the id of the audit event, its first one."""
    return AuditEvent._meta.db_table in statement.sql and value is statement.values[0]


@contextlib.contextmanager
def writing() -> Iterator[psycopg.Cursor[Any]]:
    """Give a cursor of an own connection, as the product has one: it keeps its statements."""
    said = connection.get_connection_params()
    keys = ("dbname", "user", "host", "port", "password")
    where = {key: said[key] for key in keys if said.get(key)}
    own = psycopg.connect(**where, autocommit=True, prepare_threshold=5)
    with own, psycopg.Cursor(own) as cursor:
        yield cursor


def stored() -> dict[str, int]:
    """Count the sessions and the marks."""
    return {"sessions": Session.objects.count(), "marks": Unfolded.objects.count()}


def audited() -> int:
    """Say of how many clinics each link of the chain is there: one number after the other."""
    whole = 0
    for clinic in Clinic.objects.all():
        numbers = AuditEvent.objects.filter(clinic_id=clinic.pk).values_list("seq", flat=True)
        whole += sorted(numbers) == list(range(1, len(numbers) + 1))
    return whole
