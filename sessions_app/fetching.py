"""Rows that every session asks for, read with a statement that is spelled once.

Django spells a SELECT anew each time; one with a join and two sub-queries costs it ten times what
the database needs to answer (benchmarks/RESULTS.md). The values still go both ways through the
fields, as they do in Django. PostgreSQL gets the values beside the statement, not inside it, so
that it plans a statement once for each connection.
"""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections, models

if TYPE_CHECKING:
    Field = models.Field[Any, Any]
else:  # Django's own class takes no parameters
    Field = models.Field

M = TypeVar("M", bound=models.Model)


@dataclass(frozen=True, eq=False)
class Select:
    """A SELECT and the fields that its columns come from; each is made once for the process."""

    sql: str
    told: tuple[Field, ...]

    @cached_property
    def read(self) -> list[tuple[int, Any, list[Any]]]:
        """How columns are read that are not simply taken: the database's way, then the field's.

        Each with its place in the row.
        """
        here, read = connections[DEFAULT_DB_ALIAS], []
        for place, field in enumerate(self.told):
            expression = field.get_col(field.model._meta.db_table)  # a link is read as its target
            own = here.ops.get_db_converters(expression)
            if converters := [*own, *expression.get_db_converters(here)]:
                read.append((place, expression, converters))
        return read


class Asked(NamedTuple):
    """A SELECT with the values of its marks, each with the field that it is compared with."""

    select: Select
    values: Sequence[tuple[Field, Any]]


def fetch(*asked: Asked) -> list[list[list[Any]]]:
    """Return the rows that each of several SELECTs finds, in no order; all in one query."""
    sql, starts = _as_one(tuple(one.select for one in asked))
    here = connections[DEFAULT_DB_ALIAS]  # not its proxy: every field looks at it
    values = [field.get_db_prep_value(value, here) for one in asked for field, value in one.values]
    with keeping_cursor(here) as cursor:
        cursor.execute(sql, values)
        rows = cursor.fetchall()
    found: list[list[list[Any]]] = [[] for _ in asked]
    for row in rows:
        select, start = asked[row[-1]].select, starts[row[-1]]
        own = list(row[start : start + len(select.told)])
        found[row[-1]].append(_converted(own, select, here))
    return found


def found_by(asked: Asked) -> list[list[Any]]:
    """Return the rows that one SELECT finds, in its order; columns that `told` lacks as they are.

    A clinic's rows are read by `fetch`; this is for what is one person's own, wherever it is.
    """
    here = connections[DEFAULT_DB_ALIAS]
    values = [field.get_db_prep_value(value, here) for field, value in asked.values]
    with keeping_cursor(here) as cursor:
        cursor.execute(asked.select.sql, values)
        return [_converted(list(row), asked.select, here) for row in cursor.fetchall()]


def nobodys(model: type[M], **equal: Any) -> M | None:
    """Return the row of a table that no clinic owns (a person, a sign-in), by its key."""
    select, fields = _spelled(model, tuple(equal))
    rows = as_rows(model, found_by(Asked(select, list(zip(fields, equal.values(), strict=True)))))
    return rows[0] if rows else None


def _converted(row: list[Any], select: Select, here: Any) -> list[Any]:
    """Read a row's columns, in it."""
    for place, expression, converters in select.read:
        for converter in converters:
            row[place] = converter(row[place], expression, here)
    return row


def rows_of(model: type[M], *, clinic_id: uuid.UUID, **equal: Any) -> list[M]:
    """Return a clinic's rows of a model that hold these values, in no order."""
    return as_rows(model, *fetch(of_model(model, clinic_id=clinic_id, **equal)))


def of_model(model: type[models.Model], *, clinic_id: uuid.UUID, **equal: Any) -> Asked:
    """Return what asks for a clinic's rows of a model that hold these values; see `as_rows`."""
    select, fields = _spelled(model, ("clinic_id", *equal))
    return Asked(select, list(zip(fields, (clinic_id, *equal.values()), strict=True)))


def as_rows(model: type[M], found: Iterable[list[Any]]) -> list[M]:
    """Return what was found of a model's columns as its rows."""
    names = [field.attname for field in model._meta.concrete_fields]
    return [model.from_db(DEFAULT_DB_ALIAS, names, row) for row in found]


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
def _spelled(model: type[models.Model], names: tuple[str, ...]) -> tuple[Select, tuple[Field, ...]]:
    """Return a SELECT of all columns of a table, and the fields that it compares."""
    by_name = {field.attname: field for field in model._meta.concrete_fields}
    columns = ", ".join(f'"{field.column}"' for field in by_name.values())
    asked = tuple(by_name[name] for name in names)
    held = " AND ".join(f'"{field.column}" = %s' for field in asked)
    sql = f'SELECT {columns} FROM "{model._meta.db_table}" WHERE {held}'  # noqa: S608 - no input
    return Select(sql, tuple(by_name.values())), asked


@cache
def _as_one(selects: tuple[Select, ...]) -> tuple[str, list[int]]:
    """Return several SELECTs as one, and where in a row each of them has its columns.

    They are empty in the rows of the others; PostgreSQL wants to know of which type. The last
    column of a row is the number of its SELECT.
    """
    here = connections[DEFAULT_DB_ALIAS]
    empty = [f"CAST(NULL AS {field.cast_db_type(here)})" for one in selects for field in one.told]
    spelled, starts, end = [], [], 0
    for part, one in enumerate(selects):
        start, end = end, end + len(one.told)
        columns = ", ".join([*empty[:start], "own.*", *empty[end:]])
        spelled.append(f"SELECT {columns}, {part} FROM ({one.sql}) own")  # noqa: S608 - no input
        starts.append(start)
    return " UNION ALL ".join(spelled), starts
