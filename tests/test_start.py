"""The server's start: refused half-configured, in one line that names all that is missing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test import override_settings

from clinic.start import refuse_half_configured
from sessions_app.guards import guards_for
from tests.guards.dropping import drop

ROOT = Path(__file__).resolve().parent.parent


def test_a_server_in_order_starts(db: None) -> None:
    refuse_half_configured()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"SECRET_KEY_IS_TEMPORARY": True}, "STILLHAND_SECRET_KEY is not set"),
        ({"SECRET_KEY": "short"}, "STILLHAND_SECRET_KEY wants 50 random signs or more"),
        ({"SECRET_KEY": "ab" * 40}, "STILLHAND_SECRET_KEY wants 50 random signs or more"),
        (
            {"SECRET_KEY": "django-insecure-0123456789-0123456789-0123456789-0123456789"},
            "STILLHAND_SECRET_KEY wants 50 random signs or more",
        ),
        ({"ALLOWED_HOSTS": []}, "STILLHAND_ALLOWED_HOSTS is not set"),
        ({"ALLOWED_HOSTS": ["*"]}, "STILLHAND_ALLOWED_HOSTS is «\\*»"),
        ({"ALLOWED_HOSTS": ["http://a.example"]}, "has «http://a.example»: a name alone"),
        ({"ALLOWED_HOSTS": ["a.example", "b.example:8000"]}, "has «b.example:8000»"),
        ({"DEBUG": True}, "DEBUG is on"),
    ],
)
def test_what_is_not_set_is_named(db: None, change: dict[str, object], said: str) -> None:
    with override_settings(**change), pytest.raises(ImproperlyConfigured, match=said):
        refuse_half_configured()


def test_a_guard_that_is_missing_is_named_beside_the_rest(db: None) -> None:
    guard = guards_for(connection.vendor)[0]
    drop(guard)
    with (
        override_settings(SECRET_KEY_IS_TEMPORARY=True),
        pytest.raises(ImproperlyConfigured) as refused,
    ):
        refuse_half_configured()
    assert "STILLHAND_SECRET_KEY" in str(refused.value)
    assert guard.name in str(refused.value)


def start(tmp_path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Import the server's entry in a fresh interpreter, on an SQLite file of its own."""
    usual = {name: value for name, value in os.environ.items() if name in ("PATH", "SYSTEMROOT")}
    return subprocess.run(
        [sys.executable, "-c", "import clinic.wsgi"],
        cwd=ROOT,
        env={**usual, "STILLHAND_DATA": str(tmp_path), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_the_server_does_not_start_without_settings_and_says_which(tmp_path: Path) -> None:
    done = start(tmp_path)
    last = done.stderr.strip().splitlines()[-1]
    assert done.returncode != 0
    assert "Stillhand does not start: STILLHAND_SECRET_KEY is not set" in last
    assert "STILLHAND_ALLOWED_HOSTS is not set" in last


@pytest.mark.slow
def test_the_server_does_not_start_on_a_database_without_its_tables(tmp_path: Path) -> None:
    done = start(
        tmp_path, STILLHAND_SECRET_KEY="a kettle " * 10, STILLHAND_ALLOWED_HOSTS="c.example"
    )
    last = done.stderr.strip().splitlines()[-1]
    assert done.returncode != 0
    assert "Stillhand does not start: the database lacks migrations" in last
    assert "STILLHAND_SECRET_KEY" not in last


@pytest.mark.slow
def test_a_database_that_is_away_does_not_keep_the_server_from_waiting_for_it(
    tmp_path: Path,
) -> None:
    nowhere = "postgresql://nobody@127.0.0.1:1/nothing"
    said = {"STILLHAND_SECRET_KEY": "a kettle " * 10, "STILLHAND_ALLOWED_HOSTS": "c.example"}
    assert start(tmp_path, DATABASE_URL=nowhere, **said).returncode == 0
