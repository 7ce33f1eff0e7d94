"""Make a database by one of two ways and tell what is in it, a line for each thing.

    python -m tests.guards.way short|long NAME [STEP]

«short» takes the tables in one step, as a new database does; «long» takes every step that was ever
made, as a database does that has grown, up to one where it is named.
"""

import os
import sys
from collections.abc import Iterator
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django
from django.conf import settings

COLUMNS = """
    SELECT table_name, column_name, data_type, character_maximum_length, is_nullable, column_default
    FROM information_schema.columns WHERE table_schema = 'public'
"""
CONSTRAINTS = """
    SELECT conrelid::regclass, conname, pg_get_constraintdef(oid, true)
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
"""
INDEXES = "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'"
TRIGGERS = """
    SELECT tgrelid::regclass, tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
"""


def main(way: str, name: str, *step: str) -> None:
    """Make the database `name` by a way, up to a step, and print it."""
    settings.DATABASES["default"]["NAME"] = name
    django.setup()
    from django.core.management import call_command

    if way == "long":
        step_by_step()
    call_command("migrate", *(("sessions_app", *step) if step else ()), verbosity=0)
    print("\n".join(sorted(contents())))


def step_by_step() -> None:
    """Forget the steps that stand for several."""
    from django.db.migrations.loader import MigrationLoader

    usual = MigrationLoader.load_disk

    def single_steps(self: MigrationLoader) -> None:
        usual(self)
        assert self.disk_migrations
        for key in [key for key, step in self.disk_migrations.items() if step.replaces]:
            del self.disk_migrations[key]

    MigrationLoader.load_disk = single_steps  # type: ignore[method-assign]


def contents() -> Iterator[str]:
    """Tell columns, constraints, indexes and triggers; the order of columns says nothing."""
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            yield from file_contents(cursor)
            return
        for question in (COLUMNS, CONSTRAINTS, INDEXES, TRIGGERS):
            cursor.execute(question)
            for row in cursor.fetchall():
                yield " ".join(map(str, row))


def file_contents(cursor: Any) -> Iterator[str]:
    """Tell the same of an SQLite file, each part of a table's statement on a line of its own."""
    cursor.execute("SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    for kind, name, table, statement in cursor.fetchall():
        if kind != "table":
            yield f"{kind} {table} {name} {statement}"
            continue
        inside = statement[statement.index("(") + 1 : statement.rindex(")")]
        yield from (f"{table} {part}" for part in parts(inside))


def parts(inside: str) -> Iterator[str]:
    """Split at the commas that stand in no bracket and no quotes."""
    depth, quoted, begun = 0, False, 0
    for place, sign in enumerate(inside):
        quoted ^= sign == "'"
        if not quoted:
            depth += (sign == "(") - (sign == ")")
            if sign == "," and not depth:
                yield inside[begun:place].strip()
                begun = place + 1
    yield inside[begun:].strip()


if __name__ == "__main__":
    main(*sys.argv[1:])
