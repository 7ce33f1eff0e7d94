"""Rows into a table by the million: COPY on PostgreSQL, executemany on SQLite."""

import json
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

from django.db import connection, models

Values = tuple[Any, ...]
_AT_ONCE = 20_000


class Table:
    """A model's table. ``said`` are the columns that rows bring, in their order; all others are
    the model's defaults. Ids are 32 hex digits, times are text in UTC: both engines read these.
    """

    def __init__(self, model: type[models.Model], said: tuple[str, ...]) -> None:
        fields = {field.column: field for field in model._meta.concrete_fields}
        unknown = set(said) - fields.keys()
        if unknown:
            raise KeyError(f"{model._meta.label} has no {', '.join(sorted(unknown))}")
        self.name = model._meta.db_table
        rest = {name: _default(field) for name, field in fields.items() if name not in said}
        self.columns = (*said, *rest)
        self.rest = tuple(rest.values())

    def copy(self, rows: Iterable[Values]) -> None:
        """Store rows, each a tuple of what ``said`` names."""
        if connection.vendor == "postgresql":
            self._copy(rows)
        else:
            self._insert(iter(rows))

    def _copy(self, rows: Iterable[Values]) -> None:
        into = ", ".join(f'"{name}"' for name in self.columns)
        rest = "".join(f"\t{_text(value)}" for value in self.rest) + "\n"
        copy, left = f"COPY {self.name} ({into}) FROM STDIN", iter(rows)
        with connection.cursor() as cursor, cursor.copy(copy) as file:
            while part := list(islice(left, _AT_ONCE)):
                file.write("".join("\t".join(map(_text, row)) + rest for row in part))

    def _insert(self, rows: Iterator[Values]) -> None:
        into = ", ".join(f'"{name}"' for name in self.columns)
        marks = ", ".join(["%s"] * len(self.columns))
        sql = f"INSERT INTO {self.name} ({into}) VALUES ({marks})"
        with connection.cursor() as cursor:
            while part := [(*row, *self.rest) for row in islice(rows, _AT_ONCE)]:
                cursor.executemany(sql, part)


@contextmanager
def bare(*models_: type[models.Model], in_order_of: dict[str, str]) -> Iterator[None]:
    """Take indexes, links and triggers off the tables while they are filled; put them on again.

    `in_order_of` names tables whose rows are to lie in the order of a column, as they would if
    all clinics had written side by side.

    PostgreSQL only: an index that is built at the end takes a tenth of the time. Elsewhere the
    tables stay as they are.
    """
    if connection.vendor != "postgresql":
        yield
        return
    tables = [model._meta.db_table for model in models_]
    with connection.cursor() as cursor:
        cursor.execute(_CONSTRAINTS, [tables, tables])
        constraints = cursor.fetchall()
        for table, name, _, _ in constraints:
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        cursor.execute(_INDEXES, [tables])
        indexes = cursor.fetchall()
        for name, _ in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    yield
    with connection.cursor() as cursor:
        for table, column in in_order_of.items():
            cursor.execute(f"CREATE INDEX stillhand_in_order ON {table} ({column})")
            cursor.execute(f"CLUSTER {table} USING stillhand_in_order")
            cursor.execute("DROP INDEX stillhand_in_order")
        cursor.execute("SET maintenance_work_mem = '1GB'")
        for _, definition in indexes:
            cursor.execute(definition)
        for table, name, definition, _ in sorted(constraints, key=lambda one: -one[3]):
            cursor.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


_CONSTRAINTS = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), (contype <> 'f')::int
FROM pg_constraint
WHERE conrelid::regclass::text = ANY(%s) AND contype IN ('f', 'u', 'p', 'x')
   OR contype = 'f' AND confrelid::regclass::text = ANY(%s)
ORDER BY contype = 'f' DESC
"""
_INDEXES = """
SELECT indexname, indexdef FROM pg_indexes
WHERE schemaname = current_schema() AND tablename = ANY(%s)
"""


def _default(field: "models.Field[Any, Any]") -> Any:
    if field.null:
        return None
    if not field.has_default():
        return ""
    value = field.get_default()
    if isinstance(value, uuid.UUID):
        raise KeyError(f"{field} must be said: each row has its own")
    return json.dumps(value) if isinstance(field, models.JSONField) else value


def _text(value: Any) -> str:
    """Write a value as COPY reads it. None here holds a tab, a backslash or a line's end."""
    if value is None:
        return "\\N"
    if value is True or value is False:
        return "t" if value else "f"
    return str(value)
