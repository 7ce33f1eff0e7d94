"""Rows that every session asks for, read with a statement that is spelled once.

Django spells a SELECT anew each time; one with a join and two sub-queries costs it ten times what
the database needs to answer (benchmarks/RESULTS.md). The values still go both ways through the
fields, as they do in Django. PostgreSQL gets the values beside the statement, not inside it, so
that it plans a statement once for each connection.
"""

import uuid
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

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
    return [_read(row, told) for row in _found(sql, asked)]


def rows_of(model: type[M], *, clinic_id: uuid.UUID, **equal: Any) -> list[M]:
    """Return a clinic's rows of a model that hold these values, in no order."""
    sql, fields, told = _spelled(model, ("clinic_id", *equal))
    asked = list(zip(fields, (clinic_id, *equal.values()), strict=True))
    return [_as_row(model, row, told) for row in _found(sql, asked)]


def rows_of_each(
    clinic_id: uuid.UUID, asked: Mapping[type[models.Model], Mapping[str, Any]]
) -> list[list[Any]]:
    """Return a clinic's rows of several models, of each those that hold its values, in one query.

    They come in no order.
    """
    names = tuple((model, ("clinic_id", *equal)) for model, equal in asked.items())
    sql, fields, parts = _spelled_as_one(connections[DEFAULT_DB_ALIAS].vendor, names)
    values = [value for equal in asked.values() for value in (clinic_id, *equal.values())]
    found: list[list[Any]] = [[] for _ in parts]
    for row in _found(sql, list(zip(fields, values, strict=True))):
        model, told, start = parts[row[-1]]
        found[row[-1]].append(_as_row(model, row[start : start + len(told)], told))
    return found


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
    model: type[models.Model], names: tuple[str, ...]
) -> tuple[str, tuple[Field, ...], tuple[Field, ...]]:
    """Return a SELECT of all columns of a table, with the fields it compares and those it tells."""
    by_name = {field.attname: field for field in model._meta.concrete_fields}
    columns = ", ".join(f'"{field.column}"' for field in by_name.values())
    asked = tuple(by_name[name] for name in names)
    held = " AND ".join(f'"{field.column}" = %s' for field in asked)
    sql = f'SELECT {columns} FROM "{model._meta.db_table}" WHERE {held}'  # noqa: S608 - no input
    return sql, asked, tuple(by_name.values())


class _Part(NamedTuple):
    """One of several SELECTs in a statement: what its rows are, and where their columns begin."""

    model: type[models.Model]
    told: tuple[Field, ...]
    start: int


@cache
def _spelled_as_one(
    vendor: str, asked: tuple[tuple[type[models.Model], tuple[str, ...]], ...]
) -> tuple[str, tuple[Field, ...], list[_Part]]:
    """Return the SELECTs of several tables as one, with the fields it compares and its parts.

    Each has its own columns, which are empty in the rows of the others; PostgreSQL wants to know
    of which type. The last column of a row is the number of its part.
    """
    here, spelled = connections[DEFAULT_DB_ALIAS], [_spelled(*each) for each in asked]
    empty = [f"CAST(NULL AS {one.cast_db_type(here)})" for _, _, told in spelled for one in told]
    selects, parts, end = [], [], 0
    for n, ((model, _), (sql, _, told)) in enumerate(zip(asked, spelled, strict=True)):
        start, end = end, end + len(told)
        columns = ", ".join([*empty[:start], "own.*", *empty[end:]])
        selects.append(f"SELECT {columns}, {n} FROM ({sql}) own")  # noqa: S608 - no input
        parts.append(_Part(model, told, start))
    compared = tuple(field for _, fields, _ in spelled for field in fields)
    return " UNION ALL ".join(selects), compared, parts


def _found(sql: str, asked: Sequence[tuple[Field, Any]]) -> list[Sequence[Any]]:
    here = connections[DEFAULT_DB_ALIAS]  # not its proxy: every field looks at it
    values = [field.get_db_prep_value(value, here) for field, value in asked]
    with keeping_cursor(here) as cursor:
        cursor.execute(sql, values)
        found: list[Sequence[Any]] = cursor.fetchall()
    return found


def _as_row(model: type[M], found: Sequence[Any], told: tuple[Field, ...]) -> M:
    return model.from_db(DEFAULT_DB_ALIAS, [one.attname for one in told], _read(found, told))


def _read(found: Sequence[Any], told: tuple[Field, ...]) -> list[Any]:
    here, row = connections[DEFAULT_DB_ALIAS], list(found)
    for place, expression, converters in _converters(here.vendor, told):
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
