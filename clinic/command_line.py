"""The command line: where a setting or the database is wrong, one line says so, no traceback.

What it says never holds the password. Mistakes of our own keep their traceback.
"""

import sys
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import Error, connection

# `check` would pass without a database, and `runserver` meets it in a thread of its own.
ASKED_FIRST = {"check", "runserver"}
_HELP = {"-h", "--help"}

# By the code of the engine: what lies in the server, the disk or the address, not in a statement.
_OF_THE_SERVER = ("08", "28", "3D", "53", "57")
_OF_THE_FILE = (
    "SQLITE_BUSY", "SQLITE_CANTOPEN", "SQLITE_FULL", "SQLITE_IOERR", "SQLITE_LOCKED",
    "SQLITE_NOTADB", "SQLITE_PERM", "SQLITE_READONLY",
)  # fmt: skip
_NOT_ALLOWED = "42501"
_NO_TABLE_OR_COLUMN = ("42P01", "42703", "SQLITE_ERROR")

_SPELLING = " In DATABASE_URL a password's @ is written as %40, its / as %2F, its % as %25."


def run(arguments: Sequence[str]) -> None:
    """Run one command; leave with exit code 1 and a line where it cannot be run."""
    try:
        if ASKED_FIRST & {*arguments[1:2]} and not _HELP & {*arguments}:
            connection.ensure_connection()
            connection.close()
        execute_from_command_line([*arguments])
    except ImproperlyConfigured as problem:
        sys.exit(" ".join(str(problem).split()))
    except Error as problem:
        said = what_is_wrong(problem, connection.settings_dict)
        if said is None:
            raise
        sys.exit(said)


def what_is_wrong(problem: Error, database: dict[str, Any]) -> str | None:
    """Say what is wrong with the database in one line; None where the mistake is ours."""
    if problem.__cause__ is None and isinstance(problem.__context__, Error):
        problem = problem.__context__  # Django's own words about what the engine said
    cause = problem.__cause__
    code = getattr(cause, "sqlstate", None) or getattr(cause, "sqlite_errorname", None)
    words = _first_line(problem).rstrip(".")
    if database["PASSWORD"]:
        words = words.replace(str(database["PASSWORD"]), "…")
    where = f"DATABASE_URL means {_where(database)}."
    if code == _NOT_ALLOWED:
        return f"The database does not let its user do this: {words}. {where}"
    if code in _NO_TABLE_OR_COLUMN:
        return _what_lacks()
    if code is None or code.startswith((*_OF_THE_SERVER, *_OF_THE_FILE)):
        hint = _SPELLING if "password" in words else ""
        return f"The database cannot be used: {words}. {where}{hint}"
    return None


def _what_lacks() -> str | None:
    from clinic.start import is_behind  # its models want Django set up

    return "The database lacks migrations: run «manage.py migrate»." if is_behind() else None


def _where(database: dict[str, Any]) -> str:
    """Name the database that is meant, without the password."""
    if database["ENGINE"].endswith("sqlite3"):
        return f"the file {database['NAME']}"
    port = f", port {database['PORT']}" if database["PORT"] else ""
    host = f"at {database['HOST']}{port}" if database["HOST"] else "on this machine"
    user = f" as «{database['USER']}»" if database["USER"] else ""
    return f"the database «{database['NAME']}» {host}{user}"


def _first_line(problem: Error) -> str:
    """Give the engine's own words; the lines after them guess at the reason."""
    return next(iter(str(problem).splitlines()), "it gives no reason")
