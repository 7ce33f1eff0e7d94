"""What verify runs, what it says, and when it fails."""

import subprocess
import sys
from pathlib import Path

import pytest

from clinic import components, verify, virtualenv
from clinic.verify import CHECKS, Check
from clinic.virtualenv import ROOT

GOOD = Check("good", (sys.executable, "-c", "print('not shown')"))
BAD = Check("bad", (sys.executable, "-c", "print('the reason'); raise SystemExit(1)"))
SKIPPING = """
import pytest

pytestmark = pytest.mark.slow
def test_that_lacks_something(): pytest.skip("needs a browser")
def test_of_the_other_database(): pytest.skip("only on PostgreSQL")
"""


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, tuple[str, ...]]]:
    """Give the list of test runs, each of which then only pretends to run."""
    made: list[tuple[str, tuple[str, ...]]] = []

    def pretend(database: str, selection: tuple[str, ...], surroundings: dict[str, str]) -> int:
        made.append((database, selection))
        return 1 if database == "SQLite" else 0

    monkeypatch.setattr(verify, "run_tests", pretend)
    monkeypatch.setattr(verify, "CHECKS", (GOOD,))
    monkeypatch.delenv("CI", raising=False)
    return made


def test_a_failing_check_shows_its_output_and_stops_the_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(verify, "CHECKS", (GOOD, BAD, GOOD))
    assert verify.main(["--fast"]) == 1
    said = capsys.readouterr().out
    assert "the reason" in said
    assert "not shown" not in said
    assert said.count("passed") == 1
    assert "verify stopped at «bad»" in said


def test_fast_is_sqlite_alone_and_hands_arguments_to_pytest(
    runs: list[tuple[str, tuple[str, ...]]],
) -> None:
    assert verify.main(["--fast", "--", "-x", "tests/safety"]) == 1
    assert runs == [("SQLite", (*verify.FAST, "-x", "tests/safety"))]


def test_a_failure_on_sqlite_is_kept_while_another_server_passes(
    runs: list[tuple[str, tuple[str, ...]]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("TEST_DATABASE_URL", "postgres://somewhere/test")
    monkeypatch.setattr(verify, "find_browser", lambda: "/bin/browser")
    assert verify.main([]) == 1
    assert [database for database, _ in runs] == ["SQLite", "TEST_DATABASE_URL"]
    assert "The tests on SQLite FAILED" in capsys.readouterr().out


@pytest.mark.parametrize("code", [0, verify.NO_TESTS])
def test_files_without_a_database_are_not_missed_on_the_other_server(
    monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    monkeypatch.setattr(verify, "CHECKS", (GOOD,))
    monkeypatch.setenv("TEST_DATABASE_URL", "postgres://somewhere/test")
    monkeypatch.setattr(verify, "find_browser", lambda: "/bin/browser")
    monkeypatch.setattr(verify, "run_tests", lambda name, *_: 0 if name == "SQLite" else code)
    assert verify.main(["--", "tests/safety"]) == 0


def test_a_component_that_is_missing_is_said_and_with_ci_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(components, "_install_debian", lambda package: False)
    monkeypatch.setenv("CI", "false")
    assert components.component(lambda: None, ("chromium",), "Chromium is missing") is None
    assert "Chromium is missing" in capsys.readouterr().out
    monkeypatch.setenv("CI", "true")
    with pytest.raises(virtualenv.Refused, match="Chromium is missing"):
        components.component(lambda: None, ("chromium",), "Chromium is missing")


def test_a_component_that_was_installed_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    shelf: list[str] = []
    monkeypatch.setattr(components, "_install_debian", lambda package: not shelf.append(package))
    found = components.component(lambda: next(iter(shelf), None), ("shell", "chromium"), "missing")
    assert found == "shell"
    assert shelf == ["shell"]


def test_where_the_first_package_cannot_be_had_the_next_is_installed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shelf: list[str] = []
    had = {"chromium"}
    monkeypatch.setattr(
        components, "_install_debian", lambda package: package in had and not shelf.append(package)
    )
    found = components.component(lambda: next(iter(shelf), None), ("shell", "chromium"), "missing")
    assert found == "chromium"


def test_a_browser_that_does_not_run_is_no_browser(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    stub = tmp_path / "chromium"
    stub.write_text("#!/bin/sh\nexit 1\n")
    stub.chmod(0o755)
    monkeypatch.setenv("CHROMIUM", str(stub))
    assert components.find_browser() is None
    stub.write_text("#!/bin/sh\nexit 0\n")
    assert components.find_browser() == str(stub)


@pytest.mark.slow
@pytest.mark.parametrize(("ci", "code", "words"), [("false", 0, "2 skipped"), ("true", 1, "1 fai")])
def test_with_ci_a_test_skipped_for_want_of_something_fails(
    tmp_path: Path, ci: str, code: int, words: str
) -> None:
    (tmp_path / "test_it.py").write_text(SKIPPING)
    strict = ["-p", "tests.nothing_skipped"] if ci == "true" else []
    quiet = ["-p", "no:django", "-p", "no:cacheprovider", "--rootdir", str(tmp_path)]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-c", "/dev/null", *quiet, *strict, str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == code, done.stdout
    assert words in done.stdout.splitlines()[-1]


def test_every_check_names_a_program_that_exists() -> None:
    for check in CHECKS:
        assert Path(check.command[0]).exists(), check.name


def test_continuous_integration_runs_verify_and_nothing_else() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert script.splitlines()[-1] == "exec python3 manage.py verify"
