"""Rows that every session asks for, read with a statement that is spelled once.

Django spells a SELECT anew each time; one with a join and two sub-queries costs it ten times what
the database needs to answer (benchmarks/RESULTS.md). The values still go both ways through the
fields, as they do in Django.
"""

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db import connection, models
from django.db.models.expressions import Col

if TYPE_CHECKING:
    Field = models.Field[Any, Any]
else:  # Django's own class takes no parameters
    Field = models.Field


def fetch(sql: str, asked: Sequence[tuple[Field, Any]], told: tuple[Field, ...]) -> list[list[Any]]:
    """Return the rows that a SELECT finds.

    `asked` are the values of its marks, each with the field that it is compared with; `told` are
    the fields that its columns come from.
    """
    values = [field.get_db_prep_value(value, connection) for field, value in asked]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows = cursor.fetchall()
    each = _converters(connection.vendor, told)
    return [[_read(value, *one) for value, one in zip(row, each, strict=True)] for row in rows]


def column(model: type[models.Model], name: str) -> Field:
    """Return the field of a model that is a column of its table."""
    field: Field = model._meta.get_field(name)  # type: ignore[assignment]
    return field


def _read(value: Any, expression: Any, converters: Sequence[Any]) -> Any:
    for converter in converters:
        value = converter(value, expression, connection)
    return value


@cache
def _converters(vendor: str, told: tuple[Field, ...]) -> list[tuple[Any, list[Any]]]:
    """Return how each column is read: the database's own way first, then the field's."""
    read = []
    for field in told:
        expression = Col(field.model._meta.db_table, field)
        own, fields = connection.ops.get_db_converters(expression), field.get_db_converters
        read.append((expression, [*own, *fields(connection)]))
    return read
