"""SQL for what an aggregate cannot be spelled in by Django in one reading of the index.

A statement names its values in the order of its marks. Week by week is a join with the weeks of
the scope: each becomes a range of the covering index, on both engines, in the clinic's own time.
CROSS JOIN says to SQLite that the weeks come first; to PostgreSQL it is a join like any other.
"""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, lru_cache
from typing import Any, Protocol

from django.db import DEFAULT_DB_ALIAS, connection, connections, models

from sessions_app.dashboards.scope import Scope, Span
from sessions_app.fetching import keeping_cursor

_UUID = models.UUIDField()
_DATE = models.DateField()
_AT_ONCE = 200


@dataclass(frozen=True)
class Piece:
    """A piece of a statement with the values of its marks."""

    sql: str
    values: tuple[Any, ...] = ()

    @cached_property
    def told(self) -> list[Any]:
        """The values as this database wants them."""
        return [_told(value) for value in self.values]

    def __add__(self, other: "Piece | str") -> "Piece":
        """Put one after the other."""
        one = Piece(other) if isinstance(other, str) else other
        return Piece(f"{self.sql} {one.sql}", self.values + one.values)

    def answer(self) -> "Rows":
        """Return the rows of a SELECT as the database gives them."""
        with keeping_cursor(connections[DEFAULT_DB_ALIAS]) as cursor:
            cursor.execute(self.sql, self.told)
            return list(cursor.fetchall())


class Question(Protocol):
    """What is answered by rows: a statement, or a sum over rows that were read before."""

    def answer(self) -> "Rows":
        """Return the rows."""


Rows = list[tuple[Any, ...]]
Heard = dict[Question, Rows]
_heard: ContextVar[Heard | None] = ContextVar("heard", default=None)


def ask(question: Question) -> Rows:
    """Return the answer to a question; inside `heard`, it is asked once."""
    known = _heard.get()
    if known is None:
        return question.answer()
    if question not in known:
        known[question] = question.answer()
    return known[question]


def in_portions(statement: Piece) -> Iterator[Rows]:
    """Return the rows of a SELECT so many at once, where none is kept for long."""
    with keeping_cursor(connections[DEFAULT_DB_ALIAS]) as cursor:
        cursor.execute(statement.sql, statement.told)
        while rows := cursor.fetchmany(_AT_ONCE):
            yield rows


@contextmanager
def heard() -> Iterator[Heard]:
    """Keep what is asked meanwhile, each statement with its rows, in the order of asking."""
    known: Heard = {}
    token = _heard.set(known)
    try:
        yield known
    finally:
        _heard.reset(token)


@lru_cache(maxsize=4096)
def as_uuid(value: Any) -> uuid.UUID:
    """Return a column of ids as ids: SQLite keeps them as text."""
    return value if isinstance(value, uuid.UUID) else uuid.UUID(value)


@lru_cache(maxsize=4096)
def as_date(value: Any) -> date:
    """Return a column of days as days: SQLite keeps them as text."""
    return value if isinstance(value, date) else date.fromisoformat(value)


def weeks(scope: Scope) -> Piece:
    """Return `weeks (clinic_id, monday, since, until)`, to stand after WITH."""
    return _weeks(scope.spans)


def all_days(scope: Scope) -> Piece:
    """Return the same with one row for a clinic, where no week is told from another."""
    return _weeks(scope.whole)


def _weeks(spans: Sequence[Span]) -> Piece:
    row = "(CAST(%s AS uuid), CAST(%s AS date), CAST(%s AS timestamptz), CAST(%s AS timestamptz))"
    row = row if connection.vendor == "postgresql" else "(%s, %s, %s, %s)"
    values = [value for one in spans for value in (one.clinic_id, one.monday, one.since, one.until)]
    rows = ", ".join([row] * len(spans))
    return Piece(f"weeks (clinic_id, monday, since, until) AS (VALUES {rows})", tuple(values))


def sessions_of(scope: Scope, beside: str = "") -> Piece:
    """Return FROM and WHERE over the sessions `s` of the scope, week by week `w`.

    ``beside`` joins what else is asked of them.
    """
    by_time = indexed_by("session_by_time_covering")
    source = f"""
    FROM {_few_weeks(scope)} w CROSS JOIN sessions_app_session s {by_time}
        {beside} {ward_of(scope, "s").sql}
    WHERE s.clinic_id = w.clinic_id AND"""
    return Piece(source) + in_scope(scope)


def _few_weeks(scope: Scope) -> str:
    """Return the weeks so that SQLite knows how few they are when it meets them again."""
    if connection.vendor != "sqlite":
        return "weeks"
    return f"(SELECT * FROM weeks LIMIT {len(scope.clinics) * len(scope.mondays)})"  # noqa: S608 - a number


def where(condition: str, beside: str) -> str:
    """Return a condition on one table's rows so that SQLite asks it of those it comes to.

    Where it hangs on one table alone, SQLite first reads that whole table for a filter of such
    rows. `beside` is a column of another table of the join, and never NULL.
    """
    return f"({condition} OR {beside} IS NULL)" if connection.vendor == "sqlite" else condition


def indexed_by(name: str) -> str:
    """Name the index of a table to SQLite, which would rather make one of all rows each time."""
    return f"INDEXED BY {name}" if connection.vendor == "sqlite" else ""


def in_scope(scope: Scope) -> Piece:
    """Say that a session `s` is one of the scope, by the weeks `w` of its clinic."""
    within = Piece("s.performed_at >= w.since AND s.performed_at < w.until")
    return within + _only(scope, "s", "s")


def scores_of(scope: Scope, beside: str = "") -> Piece:
    """Return FROM and WHERE over the score pairs `c` that count, week by week `w`.

    ``beside`` joins what else is asked of them.
    They are those of sessions that were given by a role that the arm names; all columns are of
    the covering index, but for a technique or a ward.
    """
    by_time = indexed_by("score_counted_by_time")
    sessions = "JOIN sessions_app_session s ON s.clinic_id = c.clinic_id AND s.id = c.session_id"
    source = f"""
    FROM {_few_weeks(scope)} w CROSS JOIN sessions_app_score c {by_time}
        {beside} {sessions if scope.technique else ""} {ward_of(scope, "c").sql}
    WHERE c.clinic_id = w.clinic_id AND c.performed_at >= w.since AND c.performed_at < w.until
        AND c.counted"""
    return Piece(source) + _only(scope, "c", "s") + _by(scope)


def ward_of(scope: Scope, row: str) -> Piece:
    """Join the patient `p` of a row where the scope asks for a ward."""
    if not scope.ward:
        return Piece("")
    return Piece(
        f"JOIN sessions_app_patient p ON p.clinic_id = {row}.clinic_id AND p.id = {row}.patient_id"
    )


def _only(scope: Scope, row: str, session: str) -> Piece:
    """Return the conditions of the filters; of the arms, of a person, a technique, a ward."""
    found = Piece("")
    if scope.courses:
        found += Piece(f"AND {row}.arm_id IN") + marks(one.arm_id for one in scope.courses)
    elif scope.protocol or scope.arm:
        found += Piece("AND 1 = 0")
    if scope.ward:
        found += Piece("AND p.ward = %s", (scope.ward,))
    return found + within_course(scope, row, session)


def within_course(scope: Scope, row: str, session: str) -> Piece:
    """Return the conditions of the filters in which sessions of one course differ."""
    found = Piece("")
    if scope.given_by:
        found += Piece(f"AND {row}.given_by_id = %s", (scope.given_by,))
    if scope.technique:
        named = f'%"{scope.technique.value}"%'
        found += Piece(f"AND CAST({session}.techniques AS text) LIKE %s", (named,))
    return found


def _by(scope: Scope) -> Piece:
    if not scope.rated_by:
        return Piece("")
    return Piece(f"AND {RATED_BY} = %s", (scope.rated_by.value,))


RATED_BY = "CASE WHEN c.before_by = c.after_by THEN c.before_by ELSE 'mixed' END"
"""Whose judgement a pair is; the same as `completeness.rated_by`."""


def hours_after(column: str, hours: str) -> str:
    """Return the instant so many hours after a column's; `hours` is a whole number or a column."""
    if connection.vendor == "postgresql":
        return f"({column} + {hours} * interval '1 hour')"
    return f"(datetime({column}, '+' || {hours} || ' hours') || substr({column}, 20))"


def marks(values: Iterable[Any]) -> Piece:
    """Return `(%s, %s)` with its values, for IN; there must be one at least."""
    told = tuple(values)
    return Piece(f"({', '.join(['%s'] * len(told))})", told)


def _told(value: Any) -> Any:
    """Return a value as this database wants it."""
    if isinstance(value, uuid.UUID):
        return _UUID.get_db_prep_value(value, connection)
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return _DATE.get_db_prep_value(value, connection)
    return value


def joined(pieces: Sequence[Piece], by: str) -> Piece:
    """Return pieces one after the other with a word between."""
    whole = pieces[0]
    for piece in pieces[1:]:
        whole = whole + by + piece
    return whole
