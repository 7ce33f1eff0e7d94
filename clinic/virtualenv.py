"""The `.venv` beside manage.py: is it ready, make it, fill it from a hash-pinned lock.

Standard library only. The SHA-256 of each installed lock is kept in `.venv/locks.json`: the
next start compares it and loses no time. A file `.venv/unfinished` stands there while packages
are being installed; if it is still there at the next start, that run was interrupted and the
environment is made anew.
"""

# ruff: noqa: T201, S603 - it tells the user what it does, and runs the installers

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMPS = VENV / "locks.json"
UNFINISHED = VENV / "unfinished"
LOG = VENV / "install.log"

NO_VENV = (
    "this Python cannot make a virtual environment, its venv module is incomplete: "
    "on Debian or Ubuntu run apt-get install python3-venv, then try again"
)
NO_NETWORK = re.compile(
    r"No matching distribution|Failed to establish a new connection|Failed to fetch|ProxyError"
    r"|error sending request|name resolution|Connection (refused|broken|aborted)|timed out"
    r"|no versions of|not found in the (package registry|provided package locations)",
    re.IGNORECASE,
)


class Refused(Exception):
    """The command cannot go on; the message is the one line that the user reads."""


def is_current() -> bool:
    """Tell whether this process runs in `.venv`."""
    return Path(sys.prefix).resolve() == VENV.resolve()


def ensure(lock: str) -> None:
    """Make `.venv` ready for the packages of `lock`, a file beside manage.py.

    Does nothing when they are installed already. Raises Refused with the reason otherwise.
    """
    if _is_ready(lock):
        return
    try:
        with _alone():
            if _is_ready(lock):  # another run has just done it
                return
            if not _is_usable():
                _make()
            _install(lock)
    except OSError as error:
        raise Refused(
            f"cannot write to {error.filename or ROOT} ({error.strerror}): "
            "Stillhand keeps its .venv in its own folder, which must be yours and writable"
        ) from None


def _is_usable() -> bool:
    """Tell whether `.venv` is whole and belongs to the Python that runs now."""
    try:
        text = (VENV / "pyvenv.cfg").read_text(encoding="utf-8")
    except OSError:
        return False
    made_by = re.search(r"^version(?:_info)? *= *(\d+)\.(\d+)", text, re.MULTILINE)
    same = made_by is not None and tuple(map(int, made_by.groups())) == sys.version_info[:2]
    return same and PYTHON.exists() and not UNFINISHED.exists()


def _is_ready(lock: str) -> bool:
    return _is_usable() and _stamps().get(lock) == _digest(lock)


def _stamps() -> dict[str, str]:
    try:
        return dict(json.loads(STAMPS.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def _digest(lock: str) -> str:
    return hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()


def pins(lock: str) -> dict[str, tuple[str, ...]]:
    """Read the names that `lock` pins, each with its version (several where markers differ)."""
    found: dict[str, tuple[str, ...]] = {}
    for line in (ROOT / lock).read_text(encoding="utf-8").splitlines():
        pin = re.match(r"([\w.-]+)==([^\s;\\]+)", line)
        if pin:
            found[pin[1]] = (*found.get(pin[1], ()), pin[2])
    return found


def stamps_after(lock: str, before: dict[str, str]) -> dict[str, str]:
    """Say which locks are installed once `lock` is, given the stamps from before.

    A lock that pins a subset of `lock` has come with it. One installed earlier stays valid
    unless the two disagree on a version.
    """
    new = pins(lock)
    after = {lock: _digest(lock)}
    for path in ROOT.glob("requirements*.lock"):
        other = pins(path.name)
        was_valid = before.get(path.name) == _digest(path.name)
        agrees = all(new.get(name, versions) == versions for name, versions in other.items())
        if agrees and (was_valid or other.keys() <= new.keys()):
            after[path.name] = _digest(path.name)
    return after


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """Hold the folder against a second run that prepares `.venv` at the same moment."""
    try:
        import fcntl
    except ImportError:  # Windows: two first starts at once are the user's to avoid
        yield
        return
    folder = os.open(ROOT, os.O_RDONLY)
    try:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Another run is preparing .venv; waiting for it.", flush=True)
            fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def _make() -> None:
    print("Making .venv", flush=True)
    try:
        import venv

        venv.EnvBuilder(clear=True, symlinks=os.name != "nt", prompt="stillhand").create(VENV)
    except ImportError:
        raise Refused(NO_VENV) from None
    except ValueError as error:
        raise Refused(f"cannot make .venv: {error}") from None
    UNFINISHED.touch()


def _install(lock: str) -> None:
    """Install `lock` with the first installer that can, and stamp it."""
    before = _stamps()
    UNFINISHED.touch()
    print(f"Installing {len(pins(lock))} packages of {lock} into .venv, once", flush=True)
    options = ["--quiet", "--require-hashes", "--only-binary", ":all:", "-r", str(ROOT / lock)]
    surroundings = {**os.environ, "UV_PYTHON_DOWNLOADS": "never", "PIP_USER": "0"}
    for installer in _installers():
        with LOG.open("w", encoding="utf-8") as log:
            done = subprocess.run(
                [*installer, *options], stdout=log, stderr=log, env=surroundings, check=False
            )
        if done.returncode == 0:
            break
    else:
        raise Refused(_why(LOG.read_text(encoding="utf-8", errors="replace")))
    STAMPS.write_text(json.dumps(stamps_after(lock, before)), encoding="utf-8")
    UNFINISHED.unlink()


def _installers() -> Iterator[list[str]]:
    """Give the ways to install, the fastest first; a later one is tried when one fails."""
    uv = shutil.which("uv")
    if uv:
        bytecode = ["--compile-bytecode"] if sys.dont_write_bytecode else []
        yield [uv, "pip", "install", "--python", str(PYTHON), *bytecode]
    base = str(getattr(sys, "_base_executable", sys.executable))
    for host in dict.fromkeys((sys.executable, base)):
        if _pip_version(host) >= (22, 3):  # from here on pip can install for another Python
            # Python compiles at the first import, unless it is told to write no bytecode.
            compiling = "--compile" if sys.dont_write_bytecode else "--no-compile"
            yield [host, "-m", "pip", "--python", str(PYTHON), "install", compiling]
            return
    if _pip_version(str(PYTHON)) == (0, 0):
        made = subprocess.run([PYTHON, "-m", "ensurepip"], capture_output=True, check=False)
        if made.returncode != 0 and uv:  # then uv's own complaint is the one to hear
            return
        if made.returncode != 0:
            raise Refused(NO_VENV)
    yield [str(PYTHON), "-m", "pip", "install"]


def _pip_version(python: str) -> tuple[int, int]:
    asked = subprocess.run(
        [python, "-m", "pip", "--version"], capture_output=True, text=True, check=False
    )
    found = re.match(r"pip (\d+)\.(\d+)", asked.stdout)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def _why(log: str) -> str:
    """Say in one line why an installation with this `log` failed."""
    if "DO NOT MATCH THE HASHES" in log or "Hash mismatch" in log:
        return f"a downloaded package is not the one that was locked; details in {LOG}"
    if "No space left" in log:
        return f"the disk is full; details in {LOG}"
    if NO_NETWORK.search(log):
        UNFINISHED.unlink(missing_ok=True)  # nothing was installed: what was there is whole
        return f"no package index answers: is there a network connection? details in {LOG}"
    last = next((line for line in reversed(log.splitlines()) if line.strip()), "no message")
    return f"installing failed: {last.strip()}; details in {LOG}"
