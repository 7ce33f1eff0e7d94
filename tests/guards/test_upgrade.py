"""A database of an earlier version takes the later migrations, its guards and rows with it."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CLINIC = (
    "INSERT INTO sessions_app_clinic"
    " (id, name, slug, time_zone, emergency_text, emergency_number, opened_at)"
    " VALUES ('00', 'Old Ward', 'old', 'UTC', 'Call', '2222', '2026-01-01')"
)


def manage(database: Path, *arguments: str) -> None:
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{database}"}
    command = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def triggers(database: Path) -> set[str]:
    with sqlite3.connect(database) as connection:
        rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        return {name for (name,) in rows}


@pytest.mark.slow
def test_an_embedded_database_of_the_first_version_is_migrated_under_its_guards(
    tmp_path: Path,
) -> None:
    database = tmp_path / "old.sqlite3"
    manage(database, "migrate", "sessions_app", "0001", "--verbosity", "0")
    assert "audit_no_delete" in triggers(database)
    with sqlite3.connect(database) as connection:
        connection.execute(CLINIC)
    manage(database, "migrate", "--verbosity", "0")
    manage(database, "check")
    assert "audit_no_delete" in triggers(database)
    with sqlite3.connect(database) as connection:
        assert connection.execute("SELECT name FROM sessions_app_clinic").fetchall() == [
            ("Old Ward",)
        ]
