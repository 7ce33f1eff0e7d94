"""What noting a reading costs a page: nothing noted, noted beside the request, stored in it.

    python -m benchmarks.chart_reads [--rounds 60]                       (SQLite)
    python -m tests.postgres --durable -- python -m benchmarks.chart_reads

The same chart of a small world, the three ways in turn, so that what else the machine does falls
on all of them alike. Told as ratios to the page that notes nothing; wall time, for an insert waits
for the disk and spends little of the processor.
"""

from argparse import ArgumentParser
from collections.abc import Callable
from contextlib import nullcontext
from statistics import median
from time import perf_counter
from typing import Any
from unittest import mock

from benchmarks.small import small_world

WAYS = ("nothing noted", "beside the request", "stored in the request")


def main() -> None:
    """Measure and print the three."""
    parser = ArgumentParser()
    parser.add_argument("--rounds", type=int, default=60)
    rounds = parser.parse_args().rounds
    with small_world() as world:
        _measure(world, rounds)


def _measure(world: Any, rounds: int) -> None:
    from django.db import connection
    from django.test import Client

    from sessions_app.reads.waiting import Waiting

    browser = Client()
    browser.force_login(world.therapist.user)
    where = f"/patients/{world.ada.pk}/"
    ways: tuple[Any, ...] = (lambda *_: None, None, _at_once)
    spent: dict[str, list[float]] = {way: [] for way in WAYS}
    for turn in range(rounds + 3):
        for way, add in zip(WAYS, ways, strict=True):
            with mock.patch.object(Waiting, "add", add) if add else nullcontext():
                took = _timed(lambda: browser.get(where))
            if turn >= 3:
                spent[way].append(took)
    usual = median(spent[WAYS[0]])
    print(f"{connection.vendor}, {rounds} rounds, the chart, median and slowest twentieth")
    for way, times in spent.items():
        slow = sorted(times)[-max(1, rounds // 20)]
        told = f"{median(times) * 1000:6.1f} ms ({median(times) / usual:4.2f} of nothing)"
        print(f"  {way:24} {told}, {slow * 1000:6.1f} ms ({slow / usual:4.2f})")


def _at_once(_: Any, read: Any) -> None:
    from sessions_app.reads import actions

    actions.keep([read])


def _timed(call: Callable[[], object]) -> float:
    begun = perf_counter()
    call()
    return perf_counter() - begun


if __name__ == "__main__":
    main()
