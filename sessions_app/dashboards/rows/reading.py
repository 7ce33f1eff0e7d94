"""The rows of a scope, each read once while a page is made.

SQLite sorts rows for each GROUP BY, and reads them anew for each statement; reading them once and
adding them up here takes a fifth of that time. PostgreSQL is asked for the sums themselves.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import sub
from typing import Any, NamedTuple, TypeVar

from django.db import connection

from sessions_app.dashboards.scope import Scope
from sessions_app.dashboards.statement import (
    Piece,
    Rows,
    all_days,
    hours_after,
    sessions_of,
    weeks,
    within_course,
)
from sessions_app.outcomes.completeness import LATE_AFTER

T = TypeVar("T")
_known: ContextVar[dict[Any, Any] | None] = ContextVar("rows that were read", default=None)


@dataclass(frozen=True)
class Counted:
    """A question to the rows of a scope, which is answered as a statement is."""

    of: Callable[[Scope], Rows]
    scope: Scope

    def answer(self) -> Rows:
        """Return what the statement would: rows of words and whole numbers."""
        return self.of(self.scope)


def in_rows() -> bool:
    """Say whether sums are made here, and not by the database."""
    return connection.vendor == "sqlite"


@contextmanager
def read_once() -> Iterator[None]:
    """Read the rows of a scope once, whoever asks for them meanwhile."""
    token = _known.set({})
    try:
        yield
    finally:
        _known.reset(token)


def once(read: Callable[[Scope], T], scope: Scope) -> T:
    """Return what is read of a scope, or what was inside `read_once`."""
    known = _known.get()
    if known is None:
        return read(scope)
    if (read, scope) not in known:
        known[read, scope] = read(scope)
    found: T = known[read, scope]
    return found


Session = tuple[Any, ...]
"""A session as it was read; what stands where follows. A plain one: there are many.

The first two put the sessions of a course in order. One that stands in a course of the scope and
is not of the scope itself has no week.
"""
AT, ID, COURSE, STATUS, COUNTED, MINUTES, OUTSIDE, MONDAY, ARM, PERSON, REASON, LATE = range(12)


class Course(NamedTuple):
    """A course with all its sessions that were given, or are being given, in their order.

    Those before and after the scope are among them.
    """

    clinic: str
    arm: str
    patient: str
    starts_on: str
    sessions: list[Session]


def sessions(scope: Scope) -> list[Session]:
    """Return the sessions of a scope, whatever became of them."""
    return once(_sessions, scope)


def courses(scope: Scope) -> dict[str, Course]:
    """Return the courses of the sessions of a scope by their ids."""
    return once(_courses, scope)


def gaps_of(scope: Scope) -> dict[str, list[timedelta]]:
    """Return the time from each session of a course to the next, by the course's id."""
    return once(_gaps, scope)


def _gaps(scope: Scope) -> dict[str, list[timedelta]]:
    found = {}
    for key, course in courses(scope).items():
        times = [datetime.fromisoformat(one[AT]) for one in course.sessions]
        found[key] = list(map(sub, times[1:], times))
    return found


def _sessions(scope: Scope) -> list[Session]:
    late = hours_after("s.performed_at", str(int(LATE_AFTER.total_seconds() // 3600)))
    # The day is compared first: a sum of hours is dear, and hardly ever needed.
    another_day = "substr(s.recorded_at, 1, 10) > substr(s.performed_at, 1, 10)"
    asked = (
        Piece("WITH")
        + weeks(scope)
        + f"SELECT {_OWN}, w.monday, s.arm_id, s.given_by_id, s.not_given_reason,"
        + f"{another_day} AND s.recorded_at > {late}"
        + sessions_of(scope)
    )
    return asked.answer()


# What has a sign before it has no type of its own: Django's way of reading one is slow.
_OWN = "+s.performed_at, s.id, s.enrolment_id, s.status, +s.counted, s.minutes, s.outside"


def _courses(scope: Scope) -> dict[str, Course]:
    asked = (
        Piece("WITH")
        + all_days(scope)
        + ", courses AS (SELECT DISTINCT s.clinic_id, s.enrolment_id, w.since, w.until"
        + sessions_of(scope)
        + ")"
        + _OF_COURSES
        + within_course(scope, "s", "s")
        + ")"
    )
    found: dict[str, Course] = {}
    for key, clinic, arm, patient, starts_on, *session in asked.answer():
        course = found.get(key)
        if course is None:
            course = found[key] = Course(clinic, arm, patient, starts_on, [])
        if session[ID]:
            course.sessions.append((*session, None))
    for one in sessions(scope):
        if one[STATUS] != "not_given" and one[COURSE] in found:
            found[one[COURSE]].sessions.append(one)
    for course in found.values():
        course.sessions.sort()
    return found


_OF_COURSES = f"""
SELECT k.enrolment_id, k.clinic_id, e.arm_id, e.patient_id, +e.starts_on, {_OWN}
FROM courses k CROSS JOIN sessions_app_enrolment e
        ON e.clinic_id = k.clinic_id AND e.id = k.enrolment_id
    LEFT JOIN sessions_app_session s INDEXED BY session_of_course
    ON s.clinic_id = k.clinic_id AND s.enrolment_id = k.enrolment_id
    AND +s.status IN ('given', 'in_progress')
    AND NOT (s.performed_at >= k.since AND s.performed_at < k.until
"""  # noqa: S608 - of this module's own words
