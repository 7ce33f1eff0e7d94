"""What the database itself holds up, in one place: installed after every migrate, checked at start.

* the audit trail takes no UPDATE and no DELETE;
* a link between rows of clinics never leaves the clinic (composite foreign keys on PostgreSQL,
  triggers on SQLite);
* a session that was not given has no after-score;
* SQLite gets the covering index that Django leaves out there.

SQLite drops a table's triggers when Django rebuilds the table, so installing is idempotent and
runs after each migrate. `missing()` names what is not there; nothing serves then.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import AppConfig, apps
from django.core import checks
from django.db import DatabaseError, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from sessions_app.clinics.owned import ClinicOwned, SameClinicKey

TAG = "guards"

_INSTALLED = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type IN ('trigger', 'index')",
    "postgresql": """
        SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'
        UNION SELECT conname FROM pg_constraint WHERE contype = 'f' AND convalidated
    """,
}
_REFUSAL_FUNCTION = """
CREATE OR REPLACE FUNCTION stillhand_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation'; END $$
"""
_UNSCORED_FUNCTION = """
CREATE OR REPLACE FUNCTION stillhand_not_given_unscored() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE broken boolean;
BEGIN
  IF TG_TABLE_NAME = 'sessions_app_score' THEN
    broken := EXISTS ({given});
  ELSE
    broken := EXISTS ({scored});
  END IF;
  IF broken THEN
    RAISE EXCEPTION 'not_given_has_no_after_score' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$
"""
_NOT_GIVEN_SESSION = (
    "SELECT 1 FROM sessions_app_session s WHERE s.clinic_id = NEW.clinic_id "
    "AND s.id = NEW.session_id AND s.status = 'not_given'"
)
_AFTER_SCORE = (
    "SELECT 1 FROM sessions_app_score a WHERE a.clinic_id = NEW.clinic_id "
    'AND a.session_id = NEW.id AND a."after" IS NOT NULL'
)
_AUDIT = "sessions_app_auditevent"
_SCORE = "sessions_app_score"
_SESSION = "sessions_app_session"
_UNSCORED = "not_given_has_no_after_score"


@dataclass(frozen=True)
class Guard:
    """One thing the database holds up: its name in the catalogue, and how it is put there."""

    name: str
    table: str
    statements: tuple[str, ...]


def guards_for(vendor: str) -> tuple[Guard, ...]:
    """Return every guard for an engine, `sqlite` or `postgresql`."""
    if vendor == "postgresql":
        return (*_append_only_postgresql(), *_links_postgresql(), *_not_given_postgresql())
    return (*_append_only_sqlite(), *_links_sqlite(), *_not_given_sqlite(), _covering_sqlite())


def install(connection: BaseDatabaseWrapper) -> list[str]:
    """Put every missing guard in place; return the names of those that were missing."""
    absent = _absent(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql" and absent:
            cursor.execute(_REFUSAL_FUNCTION)
            cursor.execute(_UNSCORED_FUNCTION.format(given=_NOT_GIVEN_SESSION, scored=_AFTER_SCORE))
        for guard in absent:
            for statement in guard.statements:
                cursor.execute(statement)
    return [guard.name for guard in absent]


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the names of the guards that are not in the database; empty where all are."""
    return [guard.name for guard in _absent(connection)]


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
        absent = missing(connection) if _tables_exist(connection) else []
    except DatabaseError:
        return []  # no database to speak of: whoever needs one will say so
    hint = "Run «manage.py migrate»: it installs them."
    return [
        checks.Error(f"The database guard {name} is missing.", hint=hint, id="sessions_app.E001")
        for name in absent
    ]


def _absent(connection: BaseDatabaseWrapper) -> list[Guard]:
    with connection.cursor() as cursor:
        cursor.execute(_INSTALLED[connection.vendor])
        present = {name for (name,) in cursor.fetchall()}
    return [guard for guard in guards_for(connection.vendor) if guard.name not in present]


def _tables_exist(connection: BaseDatabaseWrapper) -> bool:
    tables = set(connection.introspection.table_names())
    return tables >= {guard.table for guard in guards_for(connection.vendor)}


def _links() -> Iterator[tuple[str, str, str, str]]:
    """Yield (name, table, column, parent table) of each link that must stay inside a clinic."""
    for model in apps.get_app_config("sessions_app").get_models():
        if issubclass(model, ClinicOwned):
            for field in model._meta.local_fields:
                if isinstance(field, SameClinicKey):
                    table, parent = model._meta.db_table, field.related_model._meta.db_table
                    short = table.removeprefix("sessions_app_")
                    yield f"same_clinic_{short}_{field.column}", table, field.column, parent


def _append_only_postgresql() -> Iterator[Guard]:
    for when in ("UPDATE", "DELETE", "TRUNCATE"):
        name = f"audit_no_{when.lower()}"
        sql = (
            f"CREATE OR REPLACE TRIGGER {name} BEFORE {when} ON {_AUDIT} FOR EACH STATEMENT "
            f"EXECUTE FUNCTION stillhand_refuse('audit_is_append_only')"
        )
        yield Guard(name, _AUDIT, (sql,))


def _append_only_sqlite() -> Iterator[Guard]:
    for when in ("UPDATE", "DELETE"):
        name = f"audit_no_{when.lower()}"
        sql = (
            f"CREATE TRIGGER {name} BEFORE {when} ON {_AUDIT} "
            "BEGIN SELECT RAISE(ABORT, 'audit_is_append_only'); END"
        )
        yield Guard(name, _AUDIT, (sql,))
    # REPLACE deletes without asking the DELETE trigger, so what is there is looked for first.
    there = "id = NEW.id OR clinic_id = NEW.clinic_id AND seq = NEW.seq"
    sql = (
        f"CREATE TRIGGER audit_no_replace BEFORE INSERT ON {_AUDIT} "  # noqa: S608 - no input
        f"WHEN EXISTS (SELECT 1 FROM {_AUDIT} WHERE {there}) "
        "BEGIN SELECT RAISE(ABORT, 'audit_is_append_only'); END"
    )
    yield Guard("audit_no_replace", _AUDIT, (sql,))


def _links_postgresql() -> Iterator[Guard]:
    for name, table, column, parent in _links():
        sql = (
            f"ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY (clinic_id, {column}) "
            f"REFERENCES {parent} (clinic_id, id)"
        )
        yield Guard(name, table, (sql,))


def _links_sqlite() -> Iterator[Guard]:
    for name, table, column, parent in _links():
        mine = f"p.id = NEW.{column} AND p.clinic_id = NEW.clinic_id"
        own = f"SELECT 1 FROM {parent} p WHERE {mine}"  # noqa: S608 - our own tables' names
        astray = f"NEW.{column} IS NOT NULL AND NOT EXISTS ({own})"
        linked = f"c.clinic_id = OLD.clinic_id AND c.{column} = OLD.id"
        held = f"EXISTS (SELECT 1 FROM {table} c WHERE {linked})"  # noqa: S608 - as above
        left = f"(NEW.clinic_id <> OLD.clinic_id OR NEW.id <> OLD.id) AND {held}"
        for suffix, when, only in (
            ("", f"INSERT ON {table}", astray),
            ("_moved", f"UPDATE OF {column}, clinic_id ON {table}", astray),
            ("_held", f"DELETE ON {parent}", held),
            ("_left", f"UPDATE OF clinic_id, id ON {parent}", left),
        ):
            trigger = f"CREATE TRIGGER {name}{suffix} BEFORE {when} WHEN {only}"
            sql = f"{trigger} BEGIN SELECT RAISE(ABORT, '{name}'); END"
            yield Guard(f"{name}{suffix}", table, (sql,))


def _not_given_postgresql() -> Iterator[Guard]:
    run = "EXECUTE FUNCTION stillhand_not_given_unscored()"
    for name, table, when, only in (
        (_UNSCORED, _SCORE, "INSERT OR UPDATE", 'NEW."after" IS NOT NULL'),
        (f"{_UNSCORED}_status", _SESSION, "UPDATE OF status", "NEW.status = 'not_given'"),
    ):
        trigger = f"CREATE OR REPLACE TRIGGER {name} BEFORE {when} ON {table} FOR EACH ROW"
        yield Guard(name, table, (f"{trigger} WHEN ({only}) {run}",))


def _not_given_sqlite() -> Iterator[Guard]:
    scored = f'NEW."after" IS NOT NULL AND EXISTS ({_NOT_GIVEN_SESSION})'
    turned = f"NEW.status = 'not_given' AND EXISTS ({_AFTER_SCORE})"
    for name, table, when, only in (
        (f"{_UNSCORED}_insert", _SCORE, "INSERT", scored),
        (f"{_UNSCORED}_update", _SCORE, "UPDATE", scored),
        (f"{_UNSCORED}_status", _SESSION, "UPDATE OF status", turned),
    ):
        refuse = f"BEGIN SELECT RAISE(ABORT, '{_UNSCORED}'); END"
        sql = f"CREATE TRIGGER {name} BEFORE {when} ON {table} WHEN {only} {refuse}"
        yield Guard(name, table, (sql,))


def _covering_sqlite() -> Guard:
    table, name = "sessions_app_session", "session_by_time_covering"
    columns = "clinic_id, performed_at, status, patient_id, enrolment_id, minutes, given_by_id"
    return Guard(name, table, (f"CREATE INDEX {name} ON {table} ({columns})",))
