"""The fit in a process of its own: the same numbers, nothing of a person, an end in time."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from sessions_app.reports import apart
from sessions_app.reports.apart import NoComparison, fitted_apart
from sessions_app.reports.compare_arms import LibraryMissing, ScoredSession, fitted
from tests.reports.test_compare_arms import cohort

pytest.importorskip("statsmodels", reason="needs requirements-report.lock")


@pytest.fixture(autouse=True)
def time_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fit waits for others of a busy machine; only tests of the limit have one."""
    monkeypatch.setattr(apart, "LONGEST", 600.0)


@pytest.mark.slow
def test_it_is_the_same_fit() -> None:
    sessions = cohort(1)
    assert fitted_apart(sessions, "massage") == pytest.approx(fitted(sessions, "massage"), abs=1e-9)


def test_nothing_of_a_person_and_nothing_of_the_server_crosses_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: dict[str, Any] = {}

    def answered(command: list[str], **told: Any) -> "subprocess.CompletedProcess[bytes]":
        seen.update(told, command=command)
        return subprocess.CompletedProcess(command, 0, b"[1.0, 0.5, 1.5]")

    monkeypatch.setattr(apart.subprocess, "run", answered)
    monkeypatch.setenv("STILLHAND_SECRET_KEY", "kept to itself")
    sessions = [ScoredSession("0a-patient", "m", 7, 4), ScoredSession("0b-patient", "t", 6, 6)]
    assert fitted_apart(sessions, "m") == (1.0, 0.5, 1.5)
    assert json.loads(seen["input"]) == [[0, 1, 7, 4], [1, 0, 6, 6]]
    assert set(seen["env"]) <= {
        "PATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("code", "said", "error", "sentence"),
    [
        (0, b'"library missing"', LibraryMissing, "pip install --require-hashes"),
        (1, b"", NoComparison, "The comparison could not be made."),
    ],
)
def test_what_went_wrong_there_is_a_sentence_here(
    monkeypatch: pytest.MonkeyPatch, code: int, said: bytes, error: type[Exception], sentence: str
) -> None:
    done = subprocess.CompletedProcess([], code, said)
    monkeypatch.setattr(apart.subprocess, "run", lambda *_, **__: done)
    with pytest.raises(error, match=sentence):
        fitted_apart(cohort(2), "massage")


def test_it_is_ended_when_its_time_is_over() -> None:
    with pytest.raises(NoComparison, match="was ended"):
        fitted_apart(cohort(2), "massage", longest=0.001)


def test_without_the_library_the_process_says_so(tmp_path: Path) -> None:
    """A folder that stands first on its path has a «statsmodels» which cannot be imported."""
    (tmp_path / "statsmodels.py").write_text("raise ImportError\n", encoding="utf-8")
    root = Path(apart.__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", "from sessions_app.reports.apart import main; main()"],
        input="[[0, 1, 5, 4]]", capture_output=True, text=True, check=True, cwd=root,
        env={**os.environ, "PYTHONPATH": f"{tmp_path}:{root}"},
    )  # fmt: skip
    assert json.loads(done.stdout) == "library missing"


@pytest.mark.slow
def test_one_fits_at_a_time() -> None:
    import fcntl

    with Path(apart.__file__).open("rb") as door:
        fcntl.flock(door, fcntl.LOCK_EX)
        with pytest.raises(NoComparison, match="was ended"):
            fitted_apart(cohort(2), "massage", longest=1)


@pytest.mark.slow
def test_a_worker_that_asks_for_a_fit_never_imports_the_library() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _FITTING], capture_output=True, text=True, check=True,
        cwd=Path(apart.__file__).parents[2],
    )  # fmt: skip
    assert done.stdout == "[]\n"


_FITTING = """
import sys
from sessions_app.reports.apart import fitted_apart
from sessions_app.reports.compare_arms import ScoredSession
rows = [ScoredSession(f"p{n}", "ab"[n % 2], 4 + n % 5, n % 4) for n in range(40)]
fitted_apart(rows, "a", longest=600)
print(sorted(set(sys.modules) & {"numpy", "scipy", "statsmodels", "pandas"}))
"""
