"""The product as it is served: its own processes, on a loopback port and a throw-away database.

`served` is production's way (collectstatic, migrate, gunicorn with two workers) on a small world
(settings.py says what differs); `demo` is `manage.py demo` as a visitor starts it. Neither shares a
process or a database with the tests.
"""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

import psycopg

from tests.log_lines import naming_in

ROOT = Path(__file__).resolve().parents[2]
DEMO_PASSWORD = "a password for the journeys"
_SURROUNDINGS: dict[str, dict[str, str]] = {}
"""Of each server that runs: what a command beside it needs."""
READY_WITHIN = 90  # seconds; seeding the demo on a slow machine is most of it


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    """Give the address of the product on a fresh database that holds the journeys' world."""
    with _fresh_database(folder) as database_url, _listening() as door:
        surroundings = _surroundings(folder) | {
            "DATABASE_URL": database_url,
            "DJANGO_SETTINGS_MODULE": "tests.journeys.settings",
        }
        prepare = [sys.executable, "-m", "tests.journeys.world"]
        subprocess.run(prepare, cwd=ROOT, env=surroundings, check=True)
        gunicorn = ("-m", "gunicorn", "clinic.wsgi", "--workers", "2", "--bind")
        command = [sys.executable, *gunicorn, f"fd://{door.fileno()}", "--log-level", "warning"]
        with _running(command, surroundings, _address(door), folder, keep=(door.fileno(),)):
            _SURROUNDINGS[_address(door)] = surroundings
            yield _address(door)


def beside(address: str, *command: str) -> None:
    """Run a Python module on the database of the server at an address."""
    said = [sys.executable, "-m", *command]
    subprocess.run(said, cwd=ROOT, env=_SURROUNDINGS[address], check=True)


@contextlib.contextmanager
def demo(folder: Path) -> Iterator[str]:
    """Give the address of a demonstration clinic, started by its own command."""
    with _listening() as door:
        address = _address(door)
    port = str(urlsplit(address).port)
    command = [sys.executable, "manage.py", "demo", "--port", port, "--data", str(folder)]
    surroundings = _surroundings(folder) | {"DEMO_PASSWORD": DEMO_PASSWORD}
    with _running(command, surroundings, address, folder):
        yield address


def _surroundings(folder: Path) -> dict[str, str]:
    """Return the environment of a server: this one's, without what another run left in it."""
    ours = {k: v for k, v in os.environ.items() if not k.startswith(("STILLHAND_", "DJANGO_"))}
    ours.pop("DATABASE_URL", None)
    return ours | {
        "STILLHAND_SECRET_KEY": "only-for-the-journeys-0123456789-abcdefghijklmnopqrst",
        "STILLHAND_ALLOWED_HOSTS": "127.0.0.1,localhost",
        "STILLHAND_HTTPS": "0",
        "STILLHAND_STATIC": str(folder / "static"),
    }


@contextlib.contextmanager
def _fresh_database(folder: Path) -> Iterator[str]:
    """Give the URL of an empty database, on the PostgreSQL of this test run or in a file."""
    given = os.environ.get("DATABASE_URL", "")
    if not given.startswith("postgres"):
        yield f"sqlite:///{folder / 'journeys.sqlite3'}"
        return
    name = f"journeys_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(given, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        try:
            yield urlsplit(given)._replace(path=f"/{name}").geturl()
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextlib.contextmanager
def _listening() -> Iterator[socket.socket]:
    """Give a socket that already listens on a free loopback port: callers wait, none is refused."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen(64)
        yield door


def _address(door: socket.socket) -> str:
    return f"http://127.0.0.1:{door.getsockname()[1]}"


@contextlib.contextmanager
def _running(
    command: list[str],
    surroundings: dict[str, str],
    address: str,
    folder: Path,
    keep: tuple[int, ...] = (),
) -> Iterator[None]:
    """Run a server until the block ends; it has answered once before the block begins."""
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(
            command, cwd=ROOT, env=surroundings, stdout=log, stderr=log, pass_fds=keep
        )
        try:
            _wait_for(address, process, folder / "server.log")
            yield
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=30)
    assert naming_in(folder / "server.log") == []


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Return when the sign-in page is served; fail with the server's words when it has ended."""
    until = time.monotonic() + READY_WITHIN
    url = f"{address}/sign-in/"
    while time.monotonic() < until:
        with contextlib.suppress(URLError, TimeoutError), urlopen(url, timeout=5):  # noqa: S310 - our own
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=0.2)
            break
    raise AssertionError(f"the server did not start:\n{log.read_text(errors='replace')}")
