"""Measuring in turns: A B C A B C, and the medians of each."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median
from time import perf_counter
from typing import Any, NamedTuple

from django.db import connection

Deed = Callable[[], Any]


class Took(NamedTuple):
    """Milliseconds that a deed took, those of its statements among them, and how many they were."""

    whole: float
    sql: float = 0.0
    statements: int = 0

    @property
    def own(self) -> float:
        """What it took beside its statements."""
        return self.whole - self.sql


class Turns(list[Took]):
    """What a deed took, turn by turn."""

    @property
    def whole(self) -> float:
        """The median of a turn's milliseconds."""
        return median(one.whole for one in self)

    @property
    def sql(self) -> float:
        """The median of those of its statements."""
        return median(one.sql for one in self)

    @property
    def own(self) -> float:
        """The median of what is left of a turn without its statements."""
        return median(one.own for one in self)


def in_turns(rounds: int, **deeds: Deed) -> dict[str, Turns]:
    """Do each deed once a round; return what each took, by name."""
    took: dict[str, Turns] = {name: Turns() for name in deeds}
    for deed in deeds.values():
        deed()
    for _ in range(rounds):
        for name, deed in deeds.items():
            with database_time() as statements:
                began = perf_counter()
                deed()
                whole = 1e3 * (perf_counter() - began)
            took[name].append(Took(whole, sum(statements), len(statements)))
    return took


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
