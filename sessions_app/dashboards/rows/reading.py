"""The rows of a scope as columns, each read once while a page is made.

SQLite sorts rows for each GROUP BY, and reads them anew for each statement; reading them once and
adding them up here takes a fifth of that time. PostgreSQL is asked for the sums themselves.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

from django.db import connection

from sessions_app.dashboards.scope import Scope
from sessions_app.dashboards.statement import (
    RATED_BY,
    Piece,
    Rows,
    columns_of,
    hours_after,
    indexed_by,
    marks,
    scores_of,
    sessions_of,
    weeks,
)
from sessions_app.outcomes.completeness import LATE_AFTER
from sessions_app.vocabulary.scales import RATED

T = TypeVar("T")
Column = list[Any]
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


def _once(read: Callable[[Scope], T], scope: Scope) -> T:
    known = _known.get()
    if known is None:
        return read(scope)
    if (read, scope) not in known:
        known[read, scope] = read(scope)
    found: T = known[read, scope]
    return found


class Scores(NamedTuple):
    """The score pairs that count; `monday` begins the week."""

    monday: Column
    scale: Column
    arm: Column
    patient: Column
    person: Column
    session: Column
    before: Column
    after: Column
    before_missing: Column
    after_missing: Column
    who: Column


class Sessions(NamedTuple):
    """The sessions; `late` were written down so."""

    monday: Column
    session: Column
    course: Column
    arm: Column
    status: Column
    reason: Column
    counted: Column
    late: Column


InCourse = tuple[str, str, str, int, int | None, str]
"""A session that was given, or is being given, in a course of the scope.

Its time, its id, its status, whether it is counted, its minutes, and what was outside its arm.
"""


class Course(NamedTuple):
    """A course with all its sessions in order, also those before and after the scope."""

    clinic: str
    arm: str
    starts_on: str
    sessions: list[InCourse]


def scores(scope: Scope) -> Scores:
    """Return the score pairs of a scope."""
    return _once(_scores, scope)


def sessions(scope: Scope) -> Sessions:
    """Return the sessions of a scope."""
    return _once(_sessions, scope)


def courses(scope: Scope) -> list[Course]:
    """Return the courses of the sessions of a scope."""
    return _once(_courses, scope)


def _scores(scope: Scope) -> Scores:
    asked = (
        Piece("WITH")
        + weeks(scope)
        + "SELECT w.monday, c.scale, c.arm_id, c.patient_id, c.given_by_id, c.session_id,"
        + f"c.before, c.after, c.before_missing, c.after_missing, {RATED_BY}"
        + scores_of(scope)
        + "AND c.scale IN"
        + marks(scale.value for scale in RATED)
    )
    return Scores(*columns_of(asked, len(Scores._fields)))


def _sessions(scope: Scope) -> Sessions:
    late = hours_after("s.performed_at", str(int(LATE_AFTER.total_seconds() // 3600)))
    # The day is compared first: a sum of hours is dear, and hardly ever needed.
    another_day = "substr(s.recorded_at, 1, 10) > substr(s.performed_at, 1, 10)"
    asked = (
        Piece("WITH")
        + weeks(scope)
        + "SELECT w.monday, s.id, s.enrolment_id, s.arm_id, s.status, s.not_given_reason,"
        + f"+s.counted, {another_day} AND s.recorded_at > {late}"
        + sessions_of(scope)
    )
    return Sessions(*columns_of(asked, len(Sessions._fields)))


def _courses(scope: Scope) -> list[Course]:
    asked = (
        Piece("WITH")
        + weeks(scope)
        + ", courses AS (SELECT DISTINCT s.clinic_id, s.enrolment_id"
        + sessions_of(scope)
        + ")"
        + _OF_COURSES.format(by=indexed_by("session_of_course"))
    )
    found: dict[str, Course] = {}
    for row in asked.answer():
        course = found.get(row[0])
        if course is None:
            course = found[row[0]] = Course(row[1], row[2], row[3], [])
        course.sessions.append(row[4:])
    for course in found.values():
        course.sessions.sort()
    return list(found.values())


# What is put together has no type of its own: Django's way of reading it is slow.
_OF_COURSES = """
SELECT k.enrolment_id, k.clinic_id, e.arm_id, e.starts_on || '', s.performed_at || '', s.id,
    s.status, +s.counted, s.minutes, s.outside
FROM courses k CROSS JOIN sessions_app_enrolment e CROSS JOIN sessions_app_session s {by}
WHERE e.clinic_id = k.clinic_id AND e.id = k.enrolment_id AND s.clinic_id = k.clinic_id
    AND s.enrolment_id = k.enrolment_id AND +s.status IN ('given', 'in_progress')
"""
