"""New rows, stored with one statement a table and, on PostgreSQL, one message for all of them.

Django spells an INSERT anew each time and sends each by itself. For the dozen rows of a session
that takes longer than the database needs to store them. PostgreSQL gets a table's rows as one
JSON value, so that the statement is the same however many they are: it is spelled once in the
life of the process and planned once for each connection. SQLite gets them one by one, and the
values through the fields.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from itertools import groupby
from typing import Any, NamedTuple, Optional
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection, connections, models, transaction

from sessions_app.fetching import keeping_cursor


class Statement(NamedTuple):
    """One statement with its values; `head` goes before it, and it reads from that as «head»."""

    sql: str
    values: list[Any]
    head: Optional["Statement"] = None

    @property
    def whole(self) -> tuple[str, list[Any]]:
        """Itself and its head in one."""
        if self.head is None:
            return self.sql, self.values
        return f"WITH head AS ({self.head.sql}) {self.sql}", [*self.head.values, *self.values]


def store(rows: Iterable[models.Model], *, then: Sequence[Statement] = ()) -> None:
    """Insert new rows, then execute `then`, in the caller's transaction.

    Rows of one model stand together, parents before children. Raises IntegrityError.
    """
    rows = list(rows)
    alike = [(model, list(same)) for model, same in groupby(rows, type)]
    if connection.vendor == "postgresql" and _fits_one(then):
        _send_as_one(alike, then)
    else:
        send([*(_insert(*each) for each in alike), *then])
    for row in rows:
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


def store_alone(rows: Iterable[models.Model], *, then: Sequence[Statement] = ()) -> None:
    """Do the same in a transaction of its own, of which nothing stays when anything is refused.

    PostgreSQL makes a transaction of one message by itself (Protocol, "Multiple Statements in a
    Simple Query"), which spares the two messages that would open and close one.
    """
    if connection.vendor == "postgresql" and connection.get_autocommit():
        store(rows, then=then)
    else:
        with transaction.atomic():
            store(rows, then=then)


def send(statements: Sequence[Statement]) -> None:
    """Execute statements whose results nobody reads, in the caller's transaction."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(";\n".join(cursor.mogrify(*one.whole) for one in statements))
        else:
            for one in statements:
                cursor.execute(*one.whole)


def values_of(row: models.Model, fields: Iterable[Any]) -> list[Any]:
    """Return a row's columns as the database takes them."""
    here = connections[DEFAULT_DB_ALIAS]  # not its proxy: every field looks at it
    return [field.get_db_prep_save(getattr(row, field.attname), here) for field in fields]


def _fits_one(then: Sequence[Statement]) -> bool:
    """Say whether all can be parts of one statement: new rows only, and one link of a chain."""
    return all(one.sql.lstrip().startswith("INSERT") for one in then) and (
        sum(one.head is not None for one in then) <= 1
    )


def _send_as_one(
    alike: Sequence[tuple[type[models.Model], list[models.Model]]], then: Sequence[Statement]
) -> None:
    """Send rows and statements as parts of one statement, which PostgreSQL keeps its plan of.

    The rows are counted by its last part, so they are stored first: whoever waits for the head of
    the clinic's chain does not wait for them as well.
    """
    said = tuple((one.head.sql if one.head else "", one.sql) for one in then)
    values: list[Any] = [_written(*each) for each in alike]
    for one in then:
        values += one.whole[1]
    with keeping_cursor(connections[DEFAULT_DB_ALIAS]) as cursor:
        cursor.execute(_joined(tuple(model for model, _ in alike), said), values)


@cache
def _joined(tables: tuple[type[models.Model], ...], then: tuple[tuple[str, str], ...]) -> str:
    """Return the one statement that stores rows of these tables, then does the rest."""
    parts = []
    for n, model in enumerate(tables):
        table = model._meta.db_table
        # By name: a column that came with a later release keeps its default.
        names = ", ".join(f'"{name}"' for name, _ in _columns(model))
        rows = f"SELECT {names} FROM json_populate_recordset(NULL::{table}, %s::json)"  # noqa: S608
        parts.append(f"rows{n} AS (INSERT INTO {table} ({names}) {rows} RETURNING 1)")
    for n, (head, sql) in enumerate(then):
        parts += [f"head AS ({head})"] if head else []
        parts.append(f"then{n} AS ({sql})")
    counted = [f"(SELECT count(*) FROM rows{n})" for n in range(len(tables))]  # noqa: S608
    return f"WITH {', '.join(parts)} SELECT {' + '.join(counted) or '0'}"


def _written(model: type[models.Model], rows: Sequence[models.Model]) -> str:
    """Return rows of one table as JSON, column by column."""
    columns = _columns(model)
    held = (vars(row) for row in rows)  # a new row holds every value itself
    told = [{name: values[attribute] for name, attribute in columns} for values in held]
    return json.dumps(told, default=_as_text, separators=(",", ":"))


@cache
def _columns(model: type[models.Model]) -> list[tuple[str, str]]:
    return [(str(field.column), field.attname) for field in model._meta.concrete_fields]


def _as_text(value: Any) -> str:
    """Return what JSON has no form for, as PostgreSQL reads it from text."""
    if isinstance(value, (UUID, Decimal)):
        return str(value)
    if isinstance(value, datetime) and value.tzinfo is None:
        raise ValueError(f"{value} has no time zone")
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} is not a value of a column")


def _insert(model: type[models.Model], rows: Sequence[models.Model]) -> Statement:
    head, marks = _spelled(model)
    fields = model._meta.concrete_fields
    values = [value for row in rows for value in values_of(row, fields)]
    return Statement(head + ", ".join([marks] * len(rows)), values)


@cache
def _spelled(model: type[models.Model]) -> tuple[str, str]:
    """Return the INSERT of a model up to its values, and the marks of one row."""
    names = [f'"{field.column}"' for field in model._meta.concrete_fields]
    head = f'INSERT INTO "{model._meta.db_table}" ({", ".join(names)}) VALUES '  # noqa: S608
    return head, f"({', '.join(['%s'] * len(names))})"
