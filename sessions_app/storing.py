"""New rows, stored with one statement a table and, on PostgreSQL, one message for all of them.

Django spells an INSERT anew each time and sends each by itself. For the dozen rows of a session
that takes longer than the database needs to store them. Here a table's statement is spelled once
in the life of the process. The values go the way they always go: through the fields.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import groupby
from typing import Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, connection, connections, models, transaction


class Statement(NamedTuple):
    """One statement with its values."""

    sql: str
    values: list[Any]


def store(rows: Iterable[models.Model], *, then: Sequence[Statement] = ()) -> None:
    """Insert new rows, then execute `then`, in the caller's transaction.

    Rows of one model stand together, parents before children. Raises IntegrityError.
    """
    rows = list(rows)
    send([*(_insert(model, list(same)) for model, same in groupby(rows, type)), *then])
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


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
            cursor.execute(";\n".join(cursor.mogrify(*one) for one in statements))
        else:
            for one in statements:
                cursor.execute(*one)


def values_of(row: models.Model, fields: Iterable[Any]) -> list[Any]:
    """Return a row's columns as the database takes them."""
    here = connections[DEFAULT_DB_ALIAS]  # not its proxy: every field looks at it
    return [field.get_db_prep_save(getattr(row, field.attname), here) for field in fields]


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
