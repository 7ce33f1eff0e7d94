"""A command that cannot work says so in one line, without the password, and leaves with 1."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import dj_database_url
import psycopg
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, IntegrityError, connection

from clinic import environment
from clinic.command_line import what_is_wrong
from clinic.virtualenv import ROOT
from tests import postgres

SERVER = postgres.system_binaries() or postgres.wheel_binaries()
# `verify` sets REQUIRE_POSTGRES and brings a server, so nothing is skipped there.
wants_a_server = pytest.mark.skipif(
    SERVER is None and not os.environ.get("REQUIRE_POSTGRES"), reason=postgres.MISSING
)
ASKING = ("check", "migrate", "runserver --noreload 1", "fold_rollups", "send_mail")
ADDING = "add_member a@b.example --clinic x --role admin"


def manage(url: str, command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command on the database of an address, in a process of its own."""
    usual = {name: value for name, value in os.environ.items() if name in ("PATH", "SYSTEMROOT")}
    return subprocess.run(
        [sys.executable, "manage.py", *command.split()],
        cwd=ROOT,
        env={**usual, "STILLHAND_ALLOWED_HOSTS": "a.example", "DATABASE_URL": url, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def told(done: subprocess.CompletedProcess[str]) -> str:
    """Return the one line that was said, where it is one and the command failed."""
    assert done.returncode == 1
    assert "secret" not in done.stdout + done.stderr
    (line,) = [one for one in done.stderr.splitlines() if not one.startswith("DATABASE_URL is not")]
    return line


@pytest.fixture(scope="module")
def closed() -> Iterator[int]:
    """Give a port at which nobody answers, for as long as it is held."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield held.getsockname()[1]


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """Give the socket's folder of a PostgreSQL on which «anna» has the password «secret»."""
    with postgres.throwaway_cluster(SERVER) as url:
        folder = dj_database_url.parse(url)["HOST"]
        with psycopg.connect(host=folder, user="stillhand", dbname="postgres") as asked:
            asked.execute("CREATE ROLE anna LOGIN PASSWORD 'secret'")
            asked.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
            rules = Path(folder) / "data/pg_hba.conf"
            rules.write_text(f"local all anna scram-sha-256\n{rules.read_text()}")
            asked.execute("SELECT pg_reload_conf()")
        yield folder


@pytest.mark.slow
@pytest.mark.parametrize("command", [*ASKING, ADDING])
def test_every_command_says_that_nobody_answers(closed: int, command: str) -> None:
    said = told(manage(f"postgresql://anna:secret@127.0.0.1:{closed}/wards", command))
    assert said.startswith("The database cannot be used: connection failed: ")
    assert f"the database «wards» at 127.0.0.1, port {closed} as «anna»." in said


@pytest.mark.slow
@pytest.mark.parametrize("command", ["check", "migrate"])
def test_an_address_that_is_none_is_said_in_one_line(command: str) -> None:
    assert "begin with postgresql://" in told(manage("mysql://anna:secret@db/wards", command))
    assert "write @ as %40" in told(manage("postgresql://anna:se/cret@secret/wards", command))


@pytest.mark.slow
def test_a_host_that_nobody_knows_is_named() -> None:
    said = told(manage("postgresql://anna:secret@nowhere.invalid/wards", "migrate"))
    assert "'nowhere.invalid'" in said


@pytest.mark.slow
@wants_a_server
@pytest.mark.parametrize(
    ("user", "name", "said"),
    [
        ("anna:not-it", "postgres", "password authentication failed"),
        ("anna:secret", "wards", 'database "wards" does not exist'),
        ("anna:secret", "postgres", "does not let its user do this: permission denied"),
    ],
)
def test_what_a_server_refuses_is_said(server: str, user: str, name: str, said: str) -> None:
    line = told(manage(f"postgresql://{user}@/{name}?host={server}", "migrate"))
    assert said in line
    assert "not-it" not in line
    assert ("%40" in line) is ("password" in said)


@pytest.mark.slow
def test_a_database_without_tables_is_told_what_to_do(tmp_path: Path) -> None:
    said = told(manage(f"sqlite:///{tmp_path / 'new.sqlite3'}", ADDING))
    assert said == "The database lacks migrations: run «manage.py migrate»."


@pytest.mark.slow
def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear Anna, " * 50, encoding="utf-8")
    said = told(manage(f"sqlite:///{tmp_path / 'letter.txt'}", "migrate"))
    assert f"DATABASE_URL means the file {tmp_path / 'letter.txt'}." in said


@pytest.mark.slow
def test_another_setting_that_is_wrong_is_said_in_one_line() -> None:
    done = manage("sqlite://:memory:", "send_mail", STILLHAND_HTTPS="maybe")
    assert told(done) == "STILLHAND_HTTPS is «maybe»: write 1 or 0."


@pytest.mark.slow
def test_help_needs_no_database(closed: int) -> None:
    done = manage(f"postgresql://anna@127.0.0.1:{closed}/wards", "check --help")
    assert done.returncode == 0


@pytest.mark.parametrize(
    "mistaken",
    [
        "postgresql://anna:se/cret@db/wards",
        "postgresql://anna:1/2@db/wards",
        "postgresql://anna:1#2@db/wards",
        "postgresql://anna:1?2@db/wards",
        "postgresql://anna:[1@db/wards",
        "postgresql://anna:secret@db:port/wards",
    ],
)
def test_a_password_that_is_not_written_as_an_address_wants_it_is_told(mistaken: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="In a password write @ as %40") as refused:
        environment.database(mistaken)
    assert "cret" not in str(refused.value)


@pytest.mark.parametrize("password", ["p@ss", "p:ss", "p%40ss", "p%2F%23ss"])
def test_a_password_that_can_be_read_is_read(password: str) -> None:
    read = environment.database(f"postgresql://anna:{password}@db:5433/wards?sslmode=require")
    assert read["PASSWORD"] == password.replace("%40", "@").replace("%2F%23", "/#")
    assert (read["HOST"], read["PORT"], read["NAME"]) == ("db", 5433, "wards")


@pytest.mark.django_db
def test_a_mistake_of_our_own_keeps_its_traceback() -> None:
    with pytest.raises(DatabaseError) as wrong, connection.cursor() as cursor:
        cursor.execute("SELECT nothing FROM nowhere")
    assert wrong.value.__cause__ is not None
    broken = IntegrityError("x")
    broken.__cause__ = psycopg.errors.UniqueViolation("x")
    assert what_is_wrong(broken, connection.settings_dict) is None
