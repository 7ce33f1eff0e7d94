"""The lock files, and the stamps that say which of them are installed."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from clinic import virtualenv
from clinic.virtualenv import ROOT, pins, stamps_after

LOCKS = [
    "requirements.lock",
    "requirements-dev.lock",
    "requirements-report.lock",
    "requirements-postgres.lock",
]


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(virtualenv, "ROOT", tmp_path)
    (tmp_path / "requirements.lock").write_text("django==1 \\\n    --hash=sha256:aa\n")
    (tmp_path / "requirements-dev.lock").write_text("django==1 \\\npytest==2\n")
    (tmp_path / "requirements-postgres.lock").write_text("server==3\n")
    return tmp_path


def test_what_serves_the_tests_serves_the_demo_too(shelf: Path) -> None:
    after = stamps_after("requirements-dev.lock", {})
    assert after.keys() == {"requirements-dev.lock", "requirements.lock"}


def test_the_demo_s_packages_do_not_serve_the_tests(shelf: Path) -> None:
    assert stamps_after("requirements.lock", {}).keys() == {"requirements.lock"}


def test_a_lock_that_pins_other_packages_stays_installed(shelf: Path) -> None:
    before = stamps_after("requirements-dev.lock", {})
    after = stamps_after("requirements-postgres.lock", before)
    assert after.keys() == {*before, "requirements-postgres.lock"}


def test_a_lock_whose_version_was_replaced_is_no_longer_installed(shelf: Path) -> None:
    before = stamps_after("requirements-dev.lock", {})
    (shelf / "requirements.lock").write_text("django==9\n")
    assert stamps_after("requirements.lock", before).keys() == {"requirements.lock"}


def test_a_stamp_of_an_older_lock_is_not_renewed(shelf: Path) -> None:
    before = {"requirements-postgres.lock": "of last year"}
    assert "requirements-postgres.lock" not in stamps_after("requirements.lock", before)


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-report.lock"])
def test_the_test_lock_holds_the_others_with_the_same_versions(lock: str) -> None:
    assert pins(lock).items() <= pins("requirements-dev.lock").items()


def test_the_demo_is_spared_the_statistics_library() -> None:
    assert not {"statsmodels", "numpy", "scipy", "pandas"} & pins("requirements.lock").keys()


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_pins_by_hash_and_names_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "//" not in text
    blocks = re.split(r"\n(?=\S)", text.strip())
    assert all("--hash=sha256:" in block for block in blocks if not block.startswith("#"))


@pytest.mark.parametrize("lock", LOCKS[:3])
def test_a_lock_satisfies_every_dependency_of_the_project(lock: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = list(project["dependencies"])
    extras = project["optional-dependencies"]
    if "dev" in lock:
        wanted += extras["dev"]
    if lock != "requirements.lock":
        wanted += extras["report"]
    locked = pins(lock)
    for line in wanted:
        need = Requirement(line)
        assert all(map(need.specifier.contains, locked[need.name.lower()])), line
