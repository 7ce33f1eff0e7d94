"""What the database itself holds up, in one place: installed after every migrate, checked at start.

* the audit trail takes no UPDATE and no DELETE;
* a link between rows of clinics never leaves the clinic (composite foreign keys on PostgreSQL,
  triggers on SQLite);
* a session that was not given has no after-score;
* SQLite gets the covering index that Django leaves out there.

SQLite cannot rebuild a table, which is how Django alters one, while a trigger of another table
speaks of it: there the triggers step aside before a migrate that changes something. Installing is
idempotent and runs after each migrate. `missing()` names what is not there; nothing serves then,
so a migrate that broke off half-way leaves a database that has to be migrated first.
"""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core import checks
from django.db import DatabaseError, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from sessions_app.guard_statements import Guard, functions_for, guards_for

TAG = "guards"

_INSTALLED = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type IN ('trigger', 'index')",
    "postgresql": """
        SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'
        UNION SELECT conname FROM pg_constraint WHERE contype = 'f' AND convalidated
    """,
}


def install(connection: BaseDatabaseWrapper) -> list[str]:
    """Put every missing guard in place; return the names of those that were missing."""
    absent = _absent(connection)
    with connection.cursor() as cursor:
        for statement in functions_for(connection.vendor) if absent else ():
            cursor.execute(statement)
        for guard in absent:
            for statement in guard.statements:
                cursor.execute(statement)
    return [guard.name for guard in absent]


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the names of the guards that are not in the database; empty where all are."""
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
    """Install the guards once the tables are there (a partial migrate has them later)."""
    connection = connections[using]
    if _tables_exist(connection):
        install(connection)


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
        absent = _overdue(connection) if _tables_exist(connection) else []
    except DatabaseError:
        return []  # no database to speak of: whoever needs one will say so
    hint = "Run «manage.py migrate»: it installs them."
    return [
        checks.Error(
            f"The database guard {guard.name} is missing.", hint=hint, id="sessions_app.E001"
        )
        for guard in absent
    ]


def _absent(connection: BaseDatabaseWrapper) -> list[Guard]:
    with connection.cursor() as cursor:
        cursor.execute(_INSTALLED[connection.vendor])
        present = {name for (name,) in cursor.fetchall()}
    return [guard for guard in guards_for(connection.vendor) if guard.name not in present]


def _overdue(connection: BaseDatabaseWrapper) -> list[Guard]:
    """Return the missing guards that `migrate` could install.

    The guard of a link that has no column yet is not overdue: `makemigrations`, which makes the
    column's migration, must be able to run.
    """
    overdue = []
    for guard in _absent(connection):
        with connection.cursor() as cursor:
            described = connection.introspection.get_table_description(cursor, guard.table)
        if not guard.column or guard.column in {column.name for column in described}:
            overdue.append(guard)
    return overdue


def _tables_exist(connection: BaseDatabaseWrapper) -> bool:
    tables = set(connection.introspection.table_names())
    return tables >= {guard.table for guard in guards_for(connection.vendor)}
