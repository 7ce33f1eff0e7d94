"""How a database shows that the demo made it: a file beside it, and slugs inside it.

The file is written before the database, so an interrupted first start leaves nothing that the
next start would refuse. Both signs are needed: a file can be copied beside another database.
"""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

SLUG_PREFIX = "demo-"
FILE = "demo.json"
_BESIDE = ("", "-wal", "-shm", "-journal")


class NotOurs(Exception):
    """The demo did not make this database; the message is one line for the user."""


def check(database: Path) -> None:
    """Raise NotOurs unless the database is absent, or was made by the demo."""
    if not database.exists():
        return
    if not _file(database).exists():
        raise NotOurs(f"{database} was not made by the demo: choose another folder with --data DIR")
    strangers = [slug for slug in _slugs(database) if not slug.startswith(SLUG_PREFIX)]
    if strangers:
        raise NotOurs(
            f"{database} holds a clinic that the demo did not make ({strangers[0]}): "
            "choose another folder with --data DIR"
        )


def put(database: Path) -> None:
    """Mark the folder as the demo's own, before the database is made in it."""
    if not _file(database).exists():
        said = {"made_by": "manage.py demo", "database": database.name}
        _file(database).write_text(json.dumps(said) + "\n", encoding="utf-8")


def delete(database: Path) -> None:
    """Delete the database that the demo made, and its mark. Raises NotOurs for any other."""
    check(database)
    for suffix in _BESIDE:
        database.with_name(database.name + suffix).unlink(missing_ok=True)
    _file(database).unlink(missing_ok=True)


def _file(database: Path) -> Path:
    return database.with_name(FILE)


def _slugs(database: Path) -> list[str]:
    """Return the slugs of all clinics; none where the table is not there yet."""
    try:
        with closing(sqlite3.connect(database, timeout=20)) as connection:
            query = "SELECT name FROM sqlite_master WHERE name = 'sessions_app_clinic'"
            if connection.execute(query).fetchone() is None:
                return []
            return [slug for (slug,) in connection.execute("SELECT slug FROM sessions_app_clinic")]
    except sqlite3.Error as problem:
        raise NotOurs(f"{database} cannot be read ({problem}): delete it yourself") from None
