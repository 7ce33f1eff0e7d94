"""A database of an earlier version takes the later migrations, its guards and rows with it."""

import os
import sqlite3
import subprocess
import sys
import uuid
from pathlib import Path

import pytest

from sessions_app.patients.querysets import place_key

ROOT = Path(__file__).resolve().parents[2]
CLINIC = (
    "INSERT INTO sessions_app_clinic"
    " (id, name, slug, time_zone, emergency_text, emergency_number, opened_at)"
    " VALUES ('00', 'Old Ward', 'old', 'UTC', 'Call', '2222', '2026-01-01')"
)
PATIENT = (
    "INSERT INTO sessions_app_patient"
    " (id, clinic_id, chart_number, given_names, family_name, birth_date, language, ward, room,"
    " cancer_type, icd10, status, search_key, registered_at, registered_by_id)"
    " VALUES (?, '00', ?, 'Ada', 'Adason', '1950-01-01', '', 'Élan 2', ?, '', '', 'active', 'a',"
    " '2026-01-01', '00')"
)
PERSON = (
    "INSERT INTO sessions_app_user (id, email, display_name, is_active, password, added_at)"
    " VALUES ('00', 'a@b.example', 'A', 1, '', '2026-01-01')"
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
        connection.execute(PERSON)
        for room in ("14", "2", "1b"):
            connection.execute(PATIENT, (uuid.uuid4().hex, f"C-{room}", room))
    manage(database, "migrate", "--verbosity", "0")
    manage(database, "check")
    assert "audit_no_delete" in triggers(database)
    with sqlite3.connect(database) as connection:
        assert connection.execute("SELECT name FROM sessions_app_clinic").fetchall() == [
            ("Old Ward",)
        ]
        rows = connection.execute("SELECT room, place_key FROM sessions_app_patient ORDER BY 2")
        assert rows.fetchall() == [(room, place_key("Élan 2", room)) for room in ("1b", "2", "14")]
