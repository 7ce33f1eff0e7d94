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
HERE = "0" * 32
"""The id of the one clinic, and of the one person."""
CLINIC = (
    "INSERT INTO sessions_app_clinic"
    " (id, name, slug, time_zone, emergency_text, emergency_number, opened_at)"
    " VALUES ('00', 'Old Ward', 'old', 'UTC', 'Call', '2222', '2026-01-01')"
).replace("'00'", f"'{HERE}'")
PATIENT = (
    "INSERT INTO sessions_app_patient"
    " (id, clinic_id, chart_number, given_names, family_name, birth_date, language, ward, room,"
    " cancer_type, icd10, status, search_key, registered_at, registered_by_id)"
    " VALUES (?, '00', ?, 'Ada', 'Adason', '1950-01-01', '', 'Élan 2', ?, '', '', 'active', 'a',"
    " '2026-01-01', '00')"
).replace("'00'", f"'{HERE}'")
PERSON = (
    "INSERT INTO sessions_app_user (id, email, display_name, is_active, password, added_at)"
    " VALUES ('00', 'a@b.example', 'A', 1, '', '2026-01-01')"
).replace("'00'", f"'{HERE}'")


def manage(database: Path, *arguments: str) -> None:
    _run(database, "manage.py", *arguments)


def grown(database: Path, step: str) -> None:
    """Make a database of an earlier version: its tables as they were after a step."""
    _run(database, "-m", "tests.guards.way", "long", str(database), step)


def _run(database: Path, *arguments: str) -> None:
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{database}"}
    command = [sys.executable, *arguments]
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
    grown(database, "0001")
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


PROTOCOL = (
    '[arms.touch]\nroles = ["volunteer", "therapist"]\ntechniques = "any"\n'
    'sites = ["kutner_touch_ten"]\nmax_pressure = 1\n'
    '[arms.massage]\nroles = ["therapist"]\ntechniques = ["effleurage"]\nsites = "any"\n'
)
GIVEN = [
    ("touch", "volunteer", "given", True),
    ("massage", "volunteer", "given", False),
    ("massage", "therapist", "given", True),
    ("massage", "therapist", "in_progress", False),
]


def insert(connection: sqlite3.Connection, table: str, **values: object) -> str:
    """Store a row as an earlier version would, with something in each column that wants it."""
    key = uuid.uuid4().hex
    row: dict[str, object] = {"id": key}
    for _, name, kind, wanted, default, _ in connection.execute(
        f"PRAGMA table_info(sessions_app_{table})"
    ):
        if wanted and default is None and name not in row:
            row[name] = 0 if "int" in kind or kind == "bool" else ""
    row |= values
    marks = ", ".join("?" * len(row))
    connection.execute(
        f"INSERT INTO sessions_app_{table} ({', '.join(row)}) VALUES ({marks})", [*row.values()]
    )
    return key


@pytest.mark.slow
def test_sessions_of_an_earlier_version_get_the_keys_by_which_they_are_counted(
    tmp_path: Path,
) -> None:
    database = tmp_path / "old.sqlite3"
    grown(database, "0014")
    with sqlite3.connect(database) as connection:
        connection.execute(CLINIC)
        connection.execute(PERSON)
        _sessions_of_an_earlier_version(connection)
    manage(database, "migrate", "--verbosity", "0")
    manage(database, "check")
    with sqlite3.connect(database) as connection:
        told = connection.execute(
            "SELECT a.code, s.given_as, s.status, c.counted, c.performed_at = s.performed_at,"
            " c.patient_id = s.patient_id, c.given_by_id = s.given_by_id, s.arm_id = c.arm_id,"
            " s.counted = c.counted FROM sessions_app_score c"
            " JOIN sessions_app_session s ON s.id = c.session_id"
            " JOIN sessions_app_arm a ON a.id = c.arm_id ORDER BY s.minutes"
        ).fetchall()
        rows = connection.execute("SELECT outside FROM sessions_app_session ORDER BY minutes")
        outside = [said for (said,) in rows.fetchall()]
    assert told == [(*one, 1, 1, 1, 1, 1) for one in GIVEN]
    assert outside == ["site_outside pressure_beyond", *["technique_outside"] * 2, ""]


def _sessions_of_an_earlier_version(connection: sqlite3.Connection) -> None:
    protocol = insert(connection, "protocol", code="old", version=1, text=PROTOCOL)
    arms = {
        code: insert(connection, "arm", protocol_id=protocol, code=code)
        for code in ("touch", "massage")
    }
    common = {"clinic_id": HERE}
    for number, (arm, role, status, _) in enumerate(GIVEN, 1):
        patient = insert(
            connection, "patient", **common, chart_number=str(number), status="active",
            birth_date="1950-01-01", registered_at="2026-01-01", registered_by_id=HERE,
        )  # fmt: skip
        course = insert(
            connection, "enrolment", **common, patient_id=patient, arm_id=arms[arm],
            starts_on="2026-01-01", checklist="{}", enrolled_at="2026-01-01", enrolled_by_id=HERE,
        )  # fmt: skip
        session = insert(
            connection, "session", **common, patient_id=patient, enrolment_id=course,
            given_by_id=HERE, given_as=role, status=status, performed_at=f"2026-02-0{number}",
            date_source="now", recorded_at="2026-02-09", completed_at="2026-02-09", minutes=number,
            techniques='["petrissage"]', plan="{}", interruptions="[]", client_key=uuid.uuid4().hex,
        )  # fmt: skip
        site = {"site": "shin_left", "pressure": 2}
        insert(connection, "sitetreated", **common, session_id=session, **site)
        insert(connection, "score", **common, session_id=session, scale="pain", before=5)


@pytest.mark.slow
def test_sums_of_an_earlier_version_are_dropped_and_its_marks_are_kept(tmp_path: Path) -> None:
    """No window is there that was made, so rows are read until the next fold."""
    database = tmp_path / "old.sqlite3"
    grown(database, "0036")
    day = "2026-01-05"
    old = {
        "foldedwindow": (HERE, day),
        "tally": (HERE, day, HERE, "pain", 3, 1, 2, 4, 9),
        "unfolded": (HERE, HERE, HERE, day),
    }
    columns = {
        "foldedwindow": "clinic_id, since",
        "tally": "clinic_id, since, arm_id, scale, n, patients, rise, rise_squares, befores",
        "unfolded": "id, clinic_id, patient_id, week",
    }
    with sqlite3.connect(database) as connection:
        for table, row in old.items():
            marks = ", ".join("?" * len(row))
            said = f"INSERT INTO sessions_app_{table} ({columns[table]}) VALUES ({marks})"
            connection.execute(said, row)
    manage(database, "migrate", "--verbosity", "0")
    with sqlite3.connect(database) as connection:
        for table, rows in (("foldedwindow", 0), ("tally", 0), ("weekofplans", 0), ("unfolded", 1)):
            told = connection.execute(f"SELECT count(*) FROM sessions_app_{table}")
            assert told.fetchone() == (rows,), table
    manage(database, "fold_rollups")
    manage(database, "fold_rollups", "--check")
