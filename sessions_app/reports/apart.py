"""The library's fit in a process of its own, which gives its memory back when it ends.

    python -m sessions_app.reports.apart < rows.json

The statistics library takes some 100 MB and never gives them back, so no worker of the server
imports it: a worker starts this module, hands it the numbers, and reads three of them (docs/adr/
0017). Nothing of a person crosses over: patients are numbers in the order of their rows, the
environment holds nothing of the server's, and neither side writes a file. One fit runs at a time
on a machine; the others wait, and who waits too long is told so.
"""

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from sessions_app.reports.compare_arms import (
    INSTALL,
    Fit,
    LibraryMissing,
    ScoredSession,
    fitted,
    numbered,
)

LONGEST = 20.0
"""So many seconds a fit may take, its wait for the one before it included."""

TOO_LONG = (
    "The comparison took longer than 20 seconds and was ended. Choose fewer days, or try again "
    "when the server is less busy."
)
FAILED = "The comparison could not be made. Whoever looks after the server finds why in its log."
_ROOT = Path(__file__).resolve().parents[2]
_MISSING = "library missing"
_STARTS = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT")


class NoComparison(Exception):
    """There is no figure; the message is a sentence for the page."""


def fitted_apart(sessions: Sequence[ScoredSession], arm: str, longest: float | None = None) -> Fit:
    """Return what `fitted` returns, computed by another process.

    Raises LibraryMissing and NoComparison.
    """
    rows = [
        (number, int(session.arm == arm), session.before, session.after)
        for number, session in zip(numbered(s.patient for s in sessions), sessions, strict=True)
    ]
    command = [sys.executable, "-m", "sessions_app.reports.apart"]
    try:
        done = subprocess.run(  # noqa: S603 - this very module, by the interpreter that runs us
            command,
            input=json.dumps(rows).encode(),
            stdout=subprocess.PIPE,
            cwd=_ROOT,
            env=_environment(),
            timeout=LONGEST if longest is None else longest,
            check=False,
        )
    except subprocess.TimeoutExpired as expired:
        raise NoComparison(TOO_LONG) from expired
    return _read(done)


def _environment() -> dict[str, str]:
    """What an interpreter needs to start, and nothing that the server was told in confidence."""
    kept = {name: os.environ[name] for name in _STARTS if name in os.environ}
    return {**kept, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


def _read(done: "subprocess.CompletedProcess[bytes]") -> Fit:
    if done.returncode:
        raise NoComparison(FAILED)
    said = json.loads(done.stdout)
    if said == _MISSING:
        raise LibraryMissing(INSTALL)
    difference, low, high = said
    return difference, low, high


def main() -> None:
    """Read the rows, wait for one's turn, write the three numbers."""
    sessions = [
        ScoredSession(str(who), str(arm), *pair) for who, arm, *pair in json.load(sys.stdin)
    ]
    with _turn():
        try:
            said: object = fitted(sessions, "1")
        except LibraryMissing:
            said = _MISSING
    json.dump(said, sys.stdout, allow_nan=False)


@contextlib.contextmanager
def _turn() -> Iterator[None]:
    """Wait until no other process of this machine fits; the lock ends with the process."""
    try:
        import fcntl
    except ImportError:  # a system without such locks: each fits at once
        yield
        return
    with Path(__file__).open("rb") as door:
        fcntl.flock(door, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    main()
