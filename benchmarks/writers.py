"""What the mark for the sums costs whoever logs a session: whole sessions with it and without.

    python -m benchmarks.writers

Each write is the product's own, as it goes to PostgreSQL: session, sites, scores, reminders,
receipt, the clinic's audit chain, in one message that waits for the disk. The two kinds take turns
on a throw-away cluster; the writers belong to several clinics. Afterwards all are counted: nothing
is lost, and the chains are whole. Exit code 1 with --check when a mark is missed.
"""

import argparse
import os
import re
import sys
import threading
import uuid
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import Any, NamedTuple

from tests import postgres

AT_ONCE = (1, 8, 16, 32)
CLINICS, MARK = 8, 0.93
_IDENTITY = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Write(NamedTuple):
    """One statement with its values, and the ids in them that each repeat needs anew."""

    sql: str
    values: Sequence[Any]
    own: frozenset[str]

    def again(self) -> list[Any]:
        """Return the values of another session like this one."""
        new = {old: str(uuid.uuid4()) for old in self.own}

        def renewed(value: Any) -> Any:
            if isinstance(value, uuid.UUID):
                return uuid.UUID(new.get(str(value), str(value)))
            if isinstance(value, str):
                return _IDENTITY.sub(lambda found: new.get(found[0], found[0]), value)
            return value

        return [renewed(value) for value in self.values]


class Rate(NamedTuple):
    """Sessions that were sent, how many a second, and what one took of the server's CPU in ms."""

    sent: int
    a_second: float
    cpu: float


class Both(NamedTuple):
    """The same session, stored with the mark for the sums and without."""

    marked: Write
    plain: Write


def main(arguments: list[str]) -> int:
    """Measure on a fresh cluster; give the exit code."""
    options = _parser().parse_args(arguments)
    binaries = postgres.system_binaries() or postgres.wheel_binaries()
    if binaries is None:
        print(postgres.MISSING, file=sys.stderr)
        return 2
    with postgres.throwaway_cluster(binaries, durable=True) as url:
        os.environ |= {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "benchmarks.settings"}
        import django

        django.setup()
        from django.db import connections

        try:
            missed = measure(options.rounds, options.seconds)
        finally:
            connections.close_all()
    return 1 if missed and options.check else 0


def measure(rounds: int, seconds: float) -> list[str]:
    """Print the rate with the mark as a share of the rate without, by how many write at once."""
    from benchmarks.written import audited, examples, stored

    each = examples(CLINICS)
    missed, sent = [], Counter(stored())
    for number in AT_ONCE:
        turns: list[tuple[Rate, Rate]] = []
        for turn in range(rounds):
            marked, plain = _turn(turn, number, each, seconds)
            sent += Counter(sessions=marked.sent + plain.sent, marks=marked.sent)
            turns.append((marked, plain))
        share = median(marked.a_second / plain.a_second for marked, plain in turns)
        print(_words(number, share, turns), flush=True)
        if share < MARK:
            missed.append(f"{number} writers keep {MARK} of their rate")
    if Counter(stored()) != sent:
        missed.append(f"what was sent ({dict(sent)}) is stored ({stored()})")
    print(f"stored: {dict(sent)}; chains that are whole: {audited()} of {CLINICS}")
    return missed


def _turn(turn: int, number: int, each: list[Both], seconds: float) -> tuple[Rate, Rate]:
    """Let so many write with the mark and without, now these first and now those."""
    if number == 1:
        return _one_by_one(each[0], 2 * seconds)
    kinds = [0, 1][:: 1 if turn % 2 else -1]
    rates = {kind: _rate(number, [one[kind] for one in each], seconds) for kind in kinds}
    return rates[0], rates[1]


def _one_by_one(both: Both, seconds: float) -> tuple[Rate, Rate]:
    """Let one write, session by session with the mark and without.

    The disk's own pace changes by more than the mark costs, within a second; both share it so.
    """
    from benchmarks.written import writing

    took, cpu, sent = [0.0, 0.0], [0.0, 0.0], [0, 0]
    with writing() as cursor:
        server = cursor.connection.info.backend_pid
        for _ in range(10):  # PostgreSQL keeps a plan once a statement has come some times
            for kind in (0, 1):
                cursor.execute(both[kind].sql, both[kind].again())
        until = perf_counter() + seconds
        while perf_counter() < until:
            for kind in (0, 1, 1, 0):
                values, before, began = both[kind].again(), _cpu_of(server), perf_counter()
                cursor.execute(both[kind].sql, values)
                took[kind] += perf_counter() - began
                cpu[kind] += _cpu_of(server) - before
                sent[kind] += 1
    marked, plain = (
        Rate(10 + n, n / all_took, all_cpu / n)
        for n, all_took, all_cpu in zip(sent, took, cpu, strict=True)
    )
    return marked, plain


def _words(number: int, share: float, turns: list[tuple[Rate, Rate]]) -> str:
    """Say the share with its quartiles: where they lie far apart, so few turns say little."""
    shares = [marked.a_second / plain.a_second for marked, plain in turns]
    low, _, high = quantiles(shares, n=4) if len(shares) > 1 else (share, share, share)
    cpu = median(plain.cpu / (marked.cpu or 1) for marked, plain in turns)
    usual = median(plain.a_second for _, plain in turns)
    return (
        f"{number:2} writers: {usual:5.0f} sessions a second without the mark, with it "
        f"{share:.3f} of that (half of the turns {low:.2f} to {high:.2f}; mark {MARK}), by the "
        f"server's CPU {cpu:.3f}"
    )


def _cpu_of(process: int) -> float:
    """Return the milliseconds of CPU that a process has had, where the system tells (Linux)."""
    told = Path(f"/proc/{process}/schedstat")
    return int(told.read_text().split()[0]) / 1e6 if told.exists() else 0.0


def _rate(number: int, writes: list[Write], seconds: float) -> Rate:
    """Let so many write at once."""
    from benchmarks.written import writing

    done, cpu = [0] * number, [0.0] * number
    ready = threading.Barrier(number + 1)
    failed: list[BaseException] = []

    def write(place: int) -> None:
        mine = writes[place % len(writes)]
        try:
            with writing() as cursor:
                for _ in range(10):  # PostgreSQL keeps a plan once a statement has come some times
                    cursor.execute(mine.sql, mine.again())
                done[place] = 10
                server = cursor.connection.info.backend_pid
                ready.wait()
                cpu[place] -= _cpu_of(server)
                until = perf_counter() + seconds
                while perf_counter() < until:
                    cursor.execute(mine.sql, mine.again())
                    done[place] += 1
                cpu[place] += _cpu_of(server)
        except BaseException as refused:
            failed.append(refused)
            ready.abort()

    threads = [threading.Thread(target=write, args=(place,)) for place in range(number)]
    for thread in threads:
        thread.start()
    ready.wait()
    began = perf_counter()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
    kept = sum(done) - 10 * number
    return Rate(sum(done), kept / (perf_counter() - began), sum(cpu) / max(kept, 1))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.writers")
    parser.add_argument("--check", action="store_true", help="exit 1 when a mark is missed")
    parser.add_argument("--rounds", type=int, default=7, help="how many turns (7)")
    parser.add_argument("--seconds", type=float, default=3, help="of each run in a turn (3)")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
