"""How long the rules take over 100,000 past sessions, and in how much memory.

    python -m benchmarks.replay_speed
    python -m benchmarks.replay_speed --keep /tmp/replay.sqlite3    makes the file once, keeps it

Fills an SQLite file with one clinic and its sessions, a receipt each (200 different ones: two to
twelve facts, up to twelve sites), then runs `manage.py replay_rules` over them as an admin would,
in a process of its own. Prints the time, the CPU time and the peak memory of all its processes.
The aim: 60 s on two processors and 300 MB. Exit code 1 with --check when one is missed.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from benchmarks.assess_speed import TODAY, facts
from sessions_app.safety.assess import assess
from sessions_app.safety.facts import PatientFacts
from sessions_app.safety.receipt import Answered, receipt_of, serialise
from sessions_app.safety.situation import PlannedSession
from sessions_app.vocabulary.body_sites import BodySite
from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.techniques import Technique

DIFFERENT = 200
ROOT = Path(__file__).resolve().parent.parent


def main(arguments: list[str]) -> int:
    """Make the file, run the command over it; give the exit code."""
    options = _parser().parse_args(arguments)
    if options.fill:
        return _fill(options.fill, options.sessions)
    with tempfile.TemporaryDirectory() as folder:
        file = options.keep or Path(folder) / "replay.sqlite3"
        environment = os.environ | {"DATABASE_URL": f"sqlite:///{file}", "STILLHAND_HTTPS": "0"}
        environment.setdefault(
            "STILLHAND_SECRET_KEY", "only-for-benchmarks-0123456789-abcdefghijklmnopqrst"
        )
        if not file.exists():
            _run([sys.executable, "manage.py", "migrate", "-v", "0"], environment)
            filler = [sys.executable, "-m", "benchmarks.replay_speed", "--fill", str(file)]
            _run([*filler, "--sessions", str(options.sessions)], environment)
        return _measure(environment, options)


def _measure(environment: dict[str, str], options: argparse.Namespace) -> int:
    command = ["manage.py", "replay_rules", "--since", "2000-01-01"]
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *command, "--workers", str(options.workers)],
        cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    peak = 0
    while process.poll() is None:
        peak = max(peak, sum(_resident(pid) for pid in _family(process.pid)))
        time.sleep(0.05)
    spent, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    said = (process.stdout.read() if process.stdout else "").splitlines()
    print("\n".join(said[-1:]))
    load = os.getloadavg()[0]
    print(f"{spent:.1f} s, CPU {cpu:.1f} s, {options.workers} workers, load {load:.1f}")
    print(f"peak of all processes together {peak / 1e6:.0f} MB")
    missed = process.returncode or spent > 60 or peak > 300e6
    return 1 if missed and options.check else 0


def _family(pid: int) -> list[int]:
    """Return a process and all below it."""
    try:
        said = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    except OSError:
        return []
    return [pid, *(deep for child in said.split() for deep in _family(int(child)))]


def _resident(pid: int) -> int:
    """Return the memory of a process; what it shares with others counts in part."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def _written() -> list[str]:
    """Return the texts of different receipts, as sessions leave them."""
    known, sites = facts(tuple(FactKind)), list(BodySite)
    texts = []
    for n in range(DIFFERENT):
        mine = tuple(known[(n * 3 + k) % len(known)] for k in range(2 + n % 11))
        hands = {sites[(n + k) % len(sites)]: 1 + k % 2 for k in range(1 + n % 12)}
        plan = PlannedSession(frozenset(list(Technique)[n % 5 : n % 5 + 2]), hands, 30)
        day = TODAY - timedelta(days=n % 90)
        said = receipt_of(assess(PatientFacts(mine), plan, day), Answered(confirmed=True))
        texts.append(json.dumps(serialise(said), separators=(",", ":"), ensure_ascii=False))
    print(f"receipts of {min(map(len, texts))} to {max(map(len, texts))} characters")
    return texts


def _fill(file: Path, number: int) -> int:
    """Write the sessions past every action: they are sand to weigh, nothing to read."""
    os.environ |= {"DJANGO_SETTINGS_MODULE": "clinic.settings"}
    import django

    django.setup()
    from benchmarks.ward_of_receipts import fill

    fill(number, _written())
    print(f"{file}: {number:,} sessions, {file.stat().st_size / 1e6:.0f} MB")
    return 0


def _run(command: list[str], environment: dict[str, str]) -> None:
    subprocess.run(command, cwd=ROOT, env=environment, check=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.replay_speed")
    parser.add_argument("--check", action="store_true", help="exit 1 when a mark is missed")
    parser.add_argument("--sessions", type=int, default=100_000, help="how many (100000)")
    parser.add_argument("--workers", type=int, default=2, help="how many processors (2)")
    parser.add_argument("--keep", type=Path, help="the database file, made where it is not there")
    parser.add_argument("--fill", type=Path, help=argparse.SUPPRESS)
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
