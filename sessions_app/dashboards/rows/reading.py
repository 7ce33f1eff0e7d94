"""The rows of a scope, each read once while a page is made.

SQLite sorts rows for each GROUP BY, and reads them anew for each statement; reading them once and
adding them up here takes a fifth of that time. PostgreSQL is asked for the sums themselves.
"""

import json
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
    sessions_of,
    weeks,
    within_course,
)

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
AT, ID, COURSE, STATUS, COUNTED, MINUTES, OUTSIDE, MONDAY, ARM, PERSON, REASON, RECORDED = range(12)


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
    asked = (
        Piece("WITH")
        + weeks(scope)
        + f"SELECT {_OWN}, w.monday, s.arm_id, s.given_by_id, s.not_given_reason, +s.recorded_at"
        + sessions_of(scope)
    )
    return asked.answer()


# What has a sign before it has no type of its own: Django's way of reading one is slow.
_OWN = "+s.performed_at, s.id, s.enrolment_id, s.status, +s.counted, s.minutes, s.outside"


def _courses(scope: Scope) -> dict[str, Course]:
    few = list({one[COURSE] for one in sessions(scope)})
    asked = (
        Piece("WITH")
        + all_days(scope)
        + Piece(_OF_COURSES.format(courses=max(len(few), 1)), (json.dumps(few),))
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
SELECT e.id, e.clinic_id, e.arm_id, e.patient_id, +e.starts_on, {_OWN}
FROM (SELECT value FROM json_each(%s) LIMIT {{courses}}) j
    CROSS JOIN sessions_app_enrolment e ON e.id = j.value
    CROSS JOIN weeks w ON e.clinic_id = w.clinic_id
    LEFT JOIN sessions_app_session s INDEXED BY session_of_course
    ON s.clinic_id = e.clinic_id AND s.enrolment_id = e.id
    AND +s.status IN ('given', 'in_progress')
    AND NOT (s.performed_at >= w.since AND s.performed_at < w.until
"""  # noqa: S608 - of this module's own words
