"""The guards in the words of each engine: triggers, composite foreign keys, one index."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from sessions_app.clinics.links import Link, links
from sessions_app.guard_indexes import COVERING

_REFUSAL_FUNCTION = """
CREATE OR REPLACE FUNCTION stillhand_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation'; END $$
"""
_UNSCORED_FUNCTION = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS ({broken}) THEN
    RAISE EXCEPTION '{refusal}' USING ERRCODE = 'check_violation';
  END IF;
  RETURN {answer};
END $$
"""
_NOT_GIVEN_SESSION = (
    "SELECT 1 FROM sessions_app_session s WHERE s.clinic_id = NEW.clinic_id "
    "AND s.id = NEW.session_id AND s.status = 'not_given'"
)
# One row by its primary key for each score: as a join, the planner may read the whole table.
_NOT_GIVEN_SESSIONS = (
    'SELECT 1 FROM written w WHERE w."after" IS NOT NULL AND '
    "(SELECT s.status FROM sessions_app_session s WHERE s.id = w.session_id) = 'not_given'"
)
_AFTER_SCORE = (
    "SELECT 1 FROM sessions_app_score a WHERE a.clinic_id = NEW.clinic_id "
    'AND a.session_id = NEW.id AND a."after" IS NOT NULL'
)
_AUDIT, _RECEIPT = "sessions_app_auditevent", "sessions_app_sessionreceipt"
_THRESHOLD = "sessions_app_clinicthreshold"
_SCORE = "sessions_app_score"
_SESSION = "sessions_app_session"
_UNSCORED = "not_given_has_no_after_score"
_LATER = "sessions_app_followupscore"
_NO_LATER = "not_given_has_no_later_score"


class AppendOnly(NamedTuple):
    """A table that takes new rows and nothing else, and by what a row is the same row."""

    what: str
    table: str
    refusal: str
    key: tuple[str, ...]


_APPEND_ONLY = (
    AppendOnly("audit", _AUDIT, "audit_is_append_only", ("clinic_id", "seq")),
    AppendOnly(
        "receipt", _RECEIPT, "receipt_is_never_changed", ("clinic_id", "session_id", "phase")
    ),
    AppendOnly("read", "sessions_app_chartread", "read_is_append_only", ()),
    AppendOnly("threshold", _THRESHOLD, "threshold_is_append_only", ()),
)


@dataclass(frozen=True)
class Guard:
    """One thing the database holds up: its name in the catalogue, and how it is put there.

    The last statement makes it; those before take away another thing of the same name. `column`
    is the link's, where the guard is about a link; `needs` are columns of the table that it speaks
    of and that came later; `kind` is what SQL calls such a thing.
    """

    name: str
    table: str
    statements: tuple[str, ...]
    column: str = ""
    kind: str = "TRIGGER"
    needs: tuple[str, ...] = ()


def functions_for(vendor: str) -> tuple[str, ...]:
    """Return what the triggers of an engine call, to be made before them."""
    if vendor == "postgresql":
        made = (
            ("stillhand_scores_of_given", _NOT_GIVEN_SESSIONS, "NULL", _UNSCORED),
            ("stillhand_not_given_unscored", _AFTER_SCORE, "NEW", _UNSCORED),
            ("stillhand_later_score_of_given", _NOT_GIVEN_SESSION, "NEW", _NO_LATER),
        )
        unscored = (
            _UNSCORED_FUNCTION.format(name=name, broken=broken, answer=answer, refusal=refusal)
            for name, broken, answer, refusal in made
        )
        return (_REFUSAL_FUNCTION, *unscored)
    return ()


def guards_for(vendor: str) -> tuple[Guard, ...]:
    """Return every guard for an engine, `sqlite` or `postgresql`."""
    if vendor == "postgresql":
        return (*_append_only_postgresql(), *_links_postgresql(), *_not_given_postgresql())
    return (*_append_only_sqlite(), *_links_sqlite(), *_not_given_sqlite(), *_covering_sqlite())


def _append_only_postgresql() -> Iterator[Guard]:
    for one in _APPEND_ONLY:
        for when in ("UPDATE", "DELETE", "TRUNCATE"):
            name = f"{one.what}_no_{when.lower()}"
            sql = (
                f"CREATE OR REPLACE TRIGGER {name} BEFORE {when} ON {one.table} "
                f"FOR EACH STATEMENT EXECUTE FUNCTION stillhand_refuse('{one.refusal}')"
            )
            yield Guard(name, one.table, (sql,))


def _append_only_sqlite() -> Iterator[Guard]:
    for one in _APPEND_ONLY:
        refuse = f"BEGIN SELECT RAISE(ABORT, '{one.refusal}'); END"
        for when in ("UPDATE", "DELETE"):
            name = f"{one.what}_no_{when.lower()}"
            sql = f"CREATE TRIGGER {name} BEFORE {when} ON {one.table} {refuse}"
            yield _trigger_sqlite(name, one.table, sql)
        # REPLACE deletes without asking the DELETE trigger, so what is there is looked for first.
        same = " AND ".join(f"{column} = NEW.{column}" for column in one.key)
        mine = f"id = NEW.id OR {same}" if same else "id = NEW.id"
        there = f"SELECT 1 FROM {one.table} WHERE {mine}"  # noqa: S608 - no input
        name = f"{one.what}_no_replace"
        sql = f"CREATE TRIGGER {name} BEFORE INSERT ON {one.table} WHEN EXISTS ({there}) {refuse}"
        yield _trigger_sqlite(name, one.table, sql)


def _links_postgresql() -> Iterator[Guard]:
    for link in links():
        clinic, *others = (*link.shared, *link.carried)
        follow = " ON UPDATE CASCADE" if link.carried else ""
        mine = ", ".join((clinic, link.column, *others))
        theirs = ", ".join((clinic, "id", *others))
        sql = (
            f"ALTER TABLE {link.table} ADD CONSTRAINT {link.name} FOREIGN KEY ({mine}) "
            f"REFERENCES {link.parent} ({theirs}){follow}"
        )
        away = f"ALTER TABLE {link.table} DROP CONSTRAINT IF EXISTS {link.name}"
        yield Guard(link.name, link.table, (away, sql), link.column, "CONSTRAINT", link.columns)


def _links_sqlite() -> Iterator[Guard]:
    for link in links():
        table, column, parent = link.table, link.column, link.parent
        both = (*link.shared, *link.carried)
        same = "".join(f" AND p.{one} = NEW.{one}" for one in both)
        mine = f"p.id = NEW.{column}{same}"
        own = f"SELECT 1 FROM {parent} p WHERE {mine}"  # noqa: S608 - our own tables' names
        astray = f"NEW.{column} IS NOT NULL AND NOT EXISTS ({own})"
        linked = f"c.clinic_id = OLD.clinic_id AND c.{column} = OLD.id"
        held = f"EXISTS (SELECT 1 FROM {table} c WHERE {linked})"  # noqa: S608 - as above
        other = " OR ".join(f"NEW.{one} <> OLD.{one}" for one in (*link.shared, "id"))
        for suffix, when, only in (
            ("", f"INSERT ON {table}", astray),
            ("_moved", f"UPDATE OF {', '.join((column, *both))} ON {table}", astray),
            ("_held", f"DELETE ON {parent}", held),
            (
                "_left",
                f"UPDATE OF {', '.join((*link.shared, 'id'))} ON {parent}",
                f"({other}) AND {held}",
            ),
        ):
            trigger = f"CREATE TRIGGER {link.name}{suffix} BEFORE {when} WHEN {only}"
            sql = f"{trigger} BEGIN SELECT RAISE(ABORT, '{link.name}'); END"
            yield _trigger_sqlite(f"{link.name}{suffix}", table, sql, link)
        if link.carried:
            yield _following_sqlite(link)


def _following_sqlite(link: Link) -> Guard:
    """The rows take over what has changed in the row that they hang on."""
    name, carried = f"{link.name}_follows", link.carried
    other = " OR ".join(f"NEW.{one} <> OLD.{one}" for one in carried)
    set_to = ", ".join(f"{one} = NEW.{one}" for one in carried)
    mine = f"clinic_id = NEW.clinic_id AND {link.column} = NEW.id"
    follow = f"UPDATE {link.table} SET {set_to} WHERE {mine}"  # noqa: S608 - as above
    sql = (
        f"CREATE TRIGGER {name} AFTER UPDATE OF {', '.join(carried)} ON {link.parent} "
        f"WHEN {other} BEGIN {follow}; END"
    )
    return _trigger_sqlite(name, link.table, sql, link)


def _not_given_postgresql() -> Iterator[Guard]:
    # Once a statement, not once a row: the scores of a session come in one.
    for when in ("INSERT", "UPDATE"):
        name = f"{_UNSCORED}_{when.lower()}"
        sql = (
            f"CREATE OR REPLACE TRIGGER {name} AFTER {when} ON {_SCORE} "
            "REFERENCING NEW TABLE AS written FOR EACH STATEMENT "
            "EXECUTE FUNCTION stillhand_scores_of_given()"
        )
        yield Guard(name, _SCORE, (sql,))
    name = f"{_UNSCORED}_status"
    sql = (
        f"CREATE OR REPLACE TRIGGER {name} BEFORE UPDATE OF status ON {_SESSION} FOR EACH ROW "
        "WHEN (NEW.status = 'not_given') EXECUTE FUNCTION stillhand_not_given_unscored()"
    )
    yield Guard(name, _SESSION, (sql,))
    # A score asked during a session stays when that is called off: only a new row is refused.
    name = f"{_NO_LATER}_insert"
    sql = (
        f"CREATE OR REPLACE TRIGGER {name} BEFORE INSERT ON {_LATER} FOR EACH ROW "
        "EXECUTE FUNCTION stillhand_later_score_of_given()"
    )
    yield Guard(name, _LATER, (sql,))


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
        yield _trigger_sqlite(name, table, sql)
    name, refuse = f"{_NO_LATER}_insert", f"BEGIN SELECT RAISE(ABORT, '{_NO_LATER}'); END"
    late = f"EXISTS ({_NOT_GIVEN_SESSION})"
    sql = f"CREATE TRIGGER {name} BEFORE INSERT ON {_LATER} WHEN {late} {refuse}"
    yield _trigger_sqlite(name, _LATER, sql)


def _covering_sqlite() -> Iterator[Guard]:
    for name, table, columns, needs in COVERING:
        sql = f"CREATE INDEX {name} ON {table} {columns}"
        away = f"DROP INDEX IF EXISTS {name}"
        yield Guard(name, table, (away, sql), kind="INDEX", needs=needs)


def _trigger_sqlite(name: str, table: str, sql: str, link: Link | None = None) -> Guard:
    column, needs = (link.column, link.columns) if link else ("", ())
    return Guard(name, table, (f"DROP TRIGGER IF EXISTS {name}", sql), column, needs=needs)
