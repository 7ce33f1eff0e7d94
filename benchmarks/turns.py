"""Measuring in turns: A B C A B C, and the median of each."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median
from time import perf_counter
from typing import Any

from django.db import connection

Deed = Callable[[], Any]


def in_turns(rounds: int, **deeds: Deed) -> dict[str, float]:
    """Do each deed once a round; return the median milliseconds of each by name."""
    took: dict[str, list[float]] = {name: [] for name in deeds}
    for deed in deeds.values():
        deed()
    for _ in range(rounds):
        for name, deed in deeds.items():
            began = perf_counter()
            deed()
            took[name].append(1e3 * (perf_counter() - began))
    return {name: median(each) for name, each in took.items()}


@contextmanager
def database_time() -> Iterator[list[float]]:
    """Collect the milliseconds that each statement takes, with its way through the driver."""
    took: list[float] = []

    def timed(execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
        began = perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            took.append(1e3 * (perf_counter() - began))

    with connection.execute_wrapper(timed):
        yield took


def speed_of_the_machine() -> float:
    """Return the milliseconds of a fixed piece of Python: how fast the machine is just now."""
    began = perf_counter()
    sum(n * n % 7 for n in range(400_000))
    return 1e3 * (perf_counter() - began)
