"""The throw-away PostgreSQL starts, answers, and leaves nothing behind, however it is left."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import dj_database_url
import psycopg
import pytest

from clinic.virtualenv import ROOT
from tests import postgres

SERVER = postgres.system_binaries() or postgres.wheel_binaries()
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        SERVER is None and not os.environ.get("REQUIRE_POSTGRES"), reason=postgres.MISSING
    ),
]
TELL_AND_WAIT = "import os; print(os.environ['DATABASE_URL'], flush=True); input()"


def folder_of(url: str) -> Path:
    """Give the folder in which the server of a database URL keeps everything."""
    return Path(dj_database_url.parse(url)["HOST"])


def hear_ctrl_c() -> None:
    """Undo what a shell does to its background jobs: they ignore Ctrl-C."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def ask(url: str, question: str) -> str:
    """Give the answer of the server to a question with one value."""
    told = dj_database_url.parse(url)
    place = {"host": told["HOST"], "user": told["USER"], "dbname": told["NAME"]}
    with psycopg.connect(**place) as connection:
        return str(connection.execute(question).fetchone()[0])


@pytest.mark.parametrize(("durable", "fsync"), [(False, "off"), (True, "on")])
def test_a_cluster_answers_on_its_socket_alone_and_is_gone_afterwards(
    durable: bool, fsync: str
) -> None:
    with postgres.throwaway_cluster(SERVER, durable=durable) as url:
        assert ask(url, "show fsync") == fsync
        assert ask(url, "show listen_addresses") == ""
        assert ask(url, "show server_encoding") == "UTF8"
    assert not folder_of(url).exists()


def test_a_cluster_is_stopped_when_its_user_fails() -> None:
    with pytest.raises(ZeroDivisionError), postgres.throwaway_cluster(SERVER) as url:
        1 / 0  # noqa: B018
    assert not folder_of(url).exists()


@pytest.mark.parametrize("signals", [["SIGTERM"], ["SIGINT"], ["SIGTERM", "SIGTERM"]])
def test_a_signal_stops_the_cluster(signals: list[str]) -> None:
    command = [sys.executable, "-m", "tests.postgres", "--", sys.executable, "-c", TELL_AND_WAIT]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=hear_ctrl_c,
    ) as running:
        folder = folder_of(running.stdout.readline().strip())
        assert folder.exists()
        for name in signals:
            running.send_signal(getattr(signal, name))
        assert running.wait(timeout=30) != 0
    assert not folder.exists()


def test_the_command_s_exit_code_is_handed_on() -> None:
    assert postgres.main(["--", sys.executable, "-c", "raise SystemExit(7)"]) == 7


def test_a_server_that_cannot_start_says_why(tmp_path: Path) -> None:
    programs = tmp_path / "package" / "server" / "bin"
    programs.mkdir(parents=True)
    (programs / "initdb").write_text("#!/bin/sh\necho no room >&2\nexit 1\n")
    (programs / "initdb").chmod(0o755)
    with (
        pytest.raises(postgres.ClusterFailed, match="initdb: no room"),
        postgres.throwaway_cluster(programs),
    ):
        raise AssertionError("it started")
