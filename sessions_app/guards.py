"""What the database itself holds up, in one place: installed after every migrate, checked at start.

* the audit trail, the receipts of sessions and a clinic's decisions about thresholds take no UPDATE
  and no DELETE;
* a link between rows of clinics never leaves the clinic (composite foreign keys on PostgreSQL,
  triggers on SQLite), and a session's course is a course of its patient;
* a session that was not given has no after-score, and takes no later one;
* SQLite gets the covering index that Django leaves out there.

SQLite cannot rebuild a table, which is how Django alters one, while a trigger of another table
speaks of it: there the triggers step aside before a migrate that changes something. Installing is
idempotent and runs after each migrate. `missing()` names what is not there, or says something else
than it should; nothing serves then, so a migrate that broke off half-way leaves a database that
has to be migrated first.

What a guard says is compared, not its name alone. SQLite keeps the statement as it was sent.
PostgreSQL keeps it in words of its own, which differ from version to version: there a comment on
the guard holds a seal over the statements it was made by and over the words in which the server
tells it; who changes the one or the other breaks the seal.
"""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from django.apps import AppConfig
from django.core import checks
from django.db import DatabaseError, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from sessions_app.guard_statements import Guard, functions_for, guards_for

TAG = "guards"

_ON_SQLITE = "SELECT name, sql FROM sqlite_master WHERE type IN ('trigger', 'index')"
# A trigger that is off, or on for replicas only, guards nothing; nor does a link not yet checked.
_ON_POSTGRESQL = """
    SELECT t.tgname, t.tgrelid::regclass::text, obj_description(t.oid, 'pg_trigger'),
        pg_get_triggerdef(t.oid) || pg_get_functiondef(t.tgfoid)
    FROM pg_trigger t WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A')
    UNION ALL
    SELECT c.conname, c.conrelid::regclass::text, obj_description(c.oid, 'pg_constraint'),
        pg_get_constraintdef(c.oid)
    FROM pg_constraint c WHERE c.contype = 'f' AND c.convalidated
"""


def install(connection: BaseDatabaseWrapper) -> list[str]:
    """Put every missing or changed guard in place; return their names."""
    absent = _overdue(connection)
    with connection.cursor() as cursor:
        for statement in functions_for(connection.vendor) if absent else ():
            cursor.execute(statement)
        for guard in absent:
            for statement in guard.statements:
                cursor.execute(statement)
    if connection.vendor == "postgresql":
        _seal(connection, absent)
    return [guard.name for guard in absent]


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the names of the guards that are not in the database as they should be."""
    return [guard.name for guard in _absent(connection)]


def before_migrate(sender: AppConfig, using: str, plan: Sequence[Any] = (), **_: Any) -> None:
    """On SQLite, take the triggers away before tables are rebuilt under them."""
    connection = connections[using]
    if connection.vendor != "sqlite" or not plan:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE %s",
            [f"{sender.label}_%"],
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {connection.ops.quote_name(name)}")


def after_migrate(sender: AppConfig, using: str, plan: Sequence[Any] = (), **_: Any) -> None:
    """Install the guards of the tables that are there (a partial migrate has the others later)."""
    install(connections[using])


def register_check() -> None:
    """Let `check`, `runserver` and the server's start refuse a database without its guards."""
    checks.register(_check, TAG)


def _check(
    app_configs: Any = None, databases: Sequence[str] | None = None, **_: Any
) -> list[checks.CheckMessage]:
    if databases is not None:
        return []  # `migrate` asks this way, and migrate is what installs them
    connection = connections["default"]
    try:
        absent = _overdue(connection)
    except DatabaseError:
        return []  # no database to speak of: whoever needs one will say so
    hint = "Run «manage.py migrate»: it installs them."
    return [
        checks.Error(
            f"The database guard {guard.name} is missing or was changed.",
            hint=hint,
            id="sessions_app.E001",
        )
        for guard in absent
    ]


def _absent(connection: BaseDatabaseWrapper) -> list[Guard]:
    held = _held_on_postgresql if connection.vendor == "postgresql" else _held_on_sqlite
    present, tables = held(connection), set(connection.introspection.table_names())
    guards = guards_for(connection.vendor)
    return [guard for guard in guards if guard.table in tables and guard not in present]


def _held_on_sqlite(connection: BaseDatabaseWrapper) -> set[Guard]:
    with connection.cursor() as cursor:
        cursor.execute(_ON_SQLITE)
        said = {name: _words(sql) for name, sql in cursor.fetchall() if sql}
    guards = guards_for("sqlite")
    return {guard for guard in guards if said.get(guard.name) == _words(guard.statements[-1])}


def _held_on_postgresql(connection: BaseDatabaseWrapper) -> set[Guard]:
    told = _told(connection)
    found = set()
    for guard in guards_for("postgresql"):
        comment, words = told.get((guard.name, guard.table), (None, ""))
        if comment == _seal_of(guard, words):
            found.add(guard)
    return found


def _seal(connection: BaseDatabaseWrapper, guards: Sequence[Guard]) -> None:
    """Write beside each guard, on PostgreSQL, what it was made by and how the server tells it."""
    told = _told(connection)
    with connection.cursor() as cursor:
        for guard in guards:
            seal = _seal_of(guard, told[guard.name, guard.table][1])
            cursor.execute(f"COMMENT ON {guard.kind} {guard.name} ON {guard.table} IS '{seal}'")


def _told(connection: BaseDatabaseWrapper) -> dict[tuple[str, str], tuple[str | None, str]]:
    """Return the comment and the server's own words for each (name, table) on PostgreSQL."""
    with connection.cursor() as cursor:
        cursor.execute(_ON_POSTGRESQL)
        return {(name, table): (seal, words) for name, table, seal, words in cursor.fetchall()}


def _seal_of(guard: Guard, told: str) -> str:
    made_by = (*functions_for("postgresql"), *guard.statements)
    return sha256("\n".join((*made_by, told)).encode()).hexdigest()


def _words(sql: str) -> str:
    """Return a statement as it is compared: single-spaced, names without their marks."""
    return " ".join(sql.replace('"', " ").split())


def _overdue(connection: BaseDatabaseWrapper) -> list[Guard]:
    """Return the missing guards that `migrate` could install.

    A guard of columns that are not there yet is not overdue: `makemigrations`, which makes their
    migration, must be able to run, and `migrate` to stop half-way.
    """
    absent, columns = _absent(connection), {}
    with connection.cursor() as cursor:
        for table in {guard.table for guard in absent}:
            # Django's own description reads each table's statement word by word on SQLite.
            cursor.execute(f"SELECT * FROM {table} LIMIT 0")  # noqa: S608 - a guard's table
            columns[table] = {name for name, *_ in cursor.description}
    return [guard for guard in absent if columns[guard.table].issuperset(guard.needs)]
