"""`demo`: what it refuses, and that it serves, stops and starts again as it should."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from django.core.management import CommandError, call_command

from sessions_app.demo.mark import FILE
from sessions_app.management.commands import demo

ROOT = Path(__file__).resolve().parents[2]
READY_WITHIN = 90  # seconds, on a slow machine


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the command believe that its database lies in a folder of the test."""
    place = tmp_path / "stillhand.sqlite3"
    monkeypatch.setattr(demo, "_database", lambda data: place)
    return place


@pytest.fixture
def port() -> int:
    """Give a port that is free."""
    with closing(socket.create_server(("127.0.0.1", 0))) as door:
        return int(door.getsockname()[1])


def run(port: int, folder: Path, *more: str) -> None:
    call_command("demo", "--port", str(port), "--data", str(folder), *more)


def test_it_does_not_run_with_the_settings_of_a_real_clinic(tmp_path: Path, port: int) -> None:
    with pytest.raises(CommandError, match=r"^the demo needs its own settings: start it as"):
        run(port, tmp_path)


def test_it_does_not_run_on_a_database_beside_its_folder(
    tmp_path: Path, port: int, settings: Any
) -> None:
    settings.DEMO = True
    with pytest.raises(CommandError, match="name another database than the demo's"):
        run(port, tmp_path)


@pytest.mark.parametrize("more", [(), ("--reset",)])
def test_a_database_of_others_is_refused_and_left_as_it_is(
    database: Path, port: int, more: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo.connection, "close", lambda: None)
    database.write_bytes(b"somebody else's")
    with pytest.raises(CommandError, match="was not made by the demo") as refused:
        run(port, database.parent, *more)
    assert "\n" not in str(refused.value)
    assert database.read_bytes() == b"somebody else's"
    assert [file.name for file in database.parent.iterdir()] == [database.name]


def test_a_port_in_use_is_said_in_one_line_and_nothing_is_written(database: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as door:
        port = door.getsockname()[1]
        with pytest.raises(CommandError, match=f"^port {port} is in use: ") as refused:
            run(port, database.parent)
    assert "\n" not in str(refused.value)
    assert list(database.parent.iterdir()) == []


class Started:
    """A demo in a process of its own."""

    def __init__(self, folder: Path, port: int, **variables: str) -> None:
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("STILLHAND_", "DJANGO_"))}
        command = [sys.executable, "manage.py", "demo", "--port", str(port), "--data", str(folder)]
        self.address = f"http://127.0.0.1:{port}/"
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=clean | variables, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip

    def is_ready(self) -> bool:
        """Wait until the sign-in page is served, or the process has ended."""
        until = time.monotonic() + READY_WITHIN
        while time.monotonic() < until and self.process.poll() is None:
            try:
                with urlopen(f"{self.address}sign-in/", timeout=5) as answer:  # noqa: S310 - our own
                    return answer.status == 200
            except (URLError, TimeoutError):
                with_patience(self.process)
        return False

    def ends_with(self, sent: signal.Signals) -> tuple[int, str]:
        """Send a signal; return the exit code and all that was printed."""
        self.process.send_signal(sent)
        printed, _ = self.process.communicate(timeout=30)
        return self.process.returncode, printed


def with_patience(process: subprocess.Popen[str]) -> None:
    """Wait a moment, or until the process ends."""
    try:
        process.wait(timeout=0.1)
    except subprocess.TimeoutExpired:
        return


@pytest.mark.slow
def test_it_serves_ends_quietly_and_starts_again_on_the_same_data(
    tmp_path: Path, port: int
) -> None:
    folder = tmp_path / "data"
    first = Started(folder, port)
    assert first.is_ready(), first.ends_with(signal.SIGKILL)
    code, printed = first.ends_with(signal.SIGINT)
    assert code == 0, printed
    assert "Traceback" not in printed
    assert first.address in printed
    password = re.search(r"with the password  (\S{15,})", printed)
    assert password, printed
    assert {FILE, "password", "stillhand.sqlite3"} <= {file.name for file in folder.iterdir()}

    second = Started(folder, port)
    assert second.is_ready(), second.ends_with(signal.SIGKILL)
    code, printed_again = second.ends_with(signal.SIGTERM)
    assert (code, "Traceback" in printed_again) == (0, False), printed_again
    assert "Making" in printed
    assert "Making" not in printed_again
    assert password[1] in printed_again
