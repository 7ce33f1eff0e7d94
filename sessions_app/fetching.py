"""Rows that every session asks for, read with a statement that is spelled once.

Django spells a SELECT anew each time; one with a join and two sub-queries costs it ten times what
the database needs to answer (benchmarks/RESULTS.md). The values still go both ways through the
fields, as they do in Django. PostgreSQL gets the values beside the statement, not inside it, so
that it plans a statement once for each connection.
"""

import uuid
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections, models

if TYPE_CHECKING:
    Field = models.Field[Any, Any]
else:  # Django's own class takes no parameters
    Field = models.Field

M = TypeVar("M", bound=models.Model)


def fetch(sql: str, asked: Sequence[tuple[Field, Any]], told: tuple[Field, ...]) -> list[list[Any]]:
    """Return the rows that a SELECT finds.

    `asked` are the values of its marks, each with the field that it is compared with; `told` are
    the fields that its columns come from.
    """
    here = connections[DEFAULT_DB_ALIAS]  # not its proxy: every field looks at it
    values = [field.get_db_prep_value(value, here) for field, value in asked]
    with keeping_cursor(here) as cursor:
        cursor.execute(sql, values)
        rows = cursor.fetchall()
    read = _converters(here.vendor, told)
    return [_read(list(row), read, here) for row in rows]


def rows_of(
    model: type[M], *, clinic_id: uuid.UUID, in_order: tuple[str, ...] = (), **equal: Any
) -> list[M]:
    """Return a clinic's rows of a model that hold these values, oldest first where it is asked."""
    names = ("clinic_id", *equal)
    sql, fields, told = _spelled(model, names, in_order)
    asked = list(zip(fields, (clinic_id, *equal.values()), strict=True))
    attributes = [field.attname for field in told]
    return [model.from_db(DEFAULT_DB_ALIAS, attributes, row) for row in fetch(sql, asked, told)]


def column(model: type[models.Model], name: str) -> Field:
    """Return the field of a model that is a column of its table."""
    field: Field = model._meta.get_field(name)  # type: ignore[assignment]
    return field


def keeping_cursor(here: Any) -> Any:
    """Return a cursor whose statements PostgreSQL keeps; any other engine's is its usual one.

    Django's own writes the values into the statement, which makes each a new one. How often a
    statement comes before it is kept is the setting `prepare_threshold`. Where statements are
    written down, Django's is taken: it shows their values.
    """
    if here.vendor != "postgresql" or here.queries_logged:
        return here.cursor()
    from psycopg import Cursor

    here.close_if_health_check_failed()
    here.ensure_connection()
    return here._prepare_cursor(Cursor(here.connection))


@cache
def _spelled(
    model: type[models.Model], names: tuple[str, ...], in_order: tuple[str, ...]
) -> tuple[str, tuple[Field, ...], tuple[Field, ...]]:
    """Return a SELECT of all columns of a table, with the fields it compares and those it tells."""
    by_name = {field.attname: field for field in model._meta.concrete_fields}
    columns = ", ".join(f'"{field.column}"' for field in by_name.values())
    asked = tuple(by_name[name] for name in names)
    held = " AND ".join(f'"{field.column}" = %s' for field in asked)
    order = ", ".join(f'"{by_name[name].column}"' for name in in_order)
    sql = f'SELECT {columns} FROM "{model._meta.db_table}" WHERE {held}'  # noqa: S608 - no input
    return sql + (f" ORDER BY {order}" if order else ""), asked, tuple(by_name.values())


def _read(row: list[Any], read: Sequence[tuple[int, Any, list[Any]]], here: Any) -> list[Any]:
    for place, expression, converters in read:
        for converter in converters:
            row[place] = converter(row[place], expression, here)
    return row


@cache
def _converters(vendor: str, told: tuple[Field, ...]) -> list[tuple[int, Any, list[Any]]]:
    """Return how columns are read that are not simply taken: the database's way, then the field's.

    Each with its place in the row.
    """
    here, read = connections[DEFAULT_DB_ALIAS], []
    for place, field in enumerate(told):
        expression = field.get_col(field.model._meta.db_table)  # a link is read as what it leads to
        own = here.ops.get_db_converters(expression)
        if converters := [*own, *expression.get_db_converters(here)]:
            read.append((place, expression, converters))
    return read
