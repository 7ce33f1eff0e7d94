"""The inner loop tries a few cases of each long table; `verify` tries all.

A table over the pure cores costs next to nothing and is always tried whole. One over the database
asks for a page or two in each case: there the first case and the last are tried, of a long table
some evenly between too; the same ones each time.
"""

from collections.abc import Sequence
from typing import TypeVar

import pytest

OPTION = "--few-cases"
FEWEST = 2
SHARE = 40
"""Of a table of hundreds one case in so many is tried."""

Case = TypeVar("Case")


def spread(cases: Sequence[Case]) -> list[Case]:
    """Return the first case, the last, and some evenly between; all where they are few."""
    wanted = max(FEWEST, -(-len(cases) // SHARE))
    if len(cases) <= wanted:
        return list(cases)
    last = len(cases) - 1
    return [cases[round(place * last / (wanted - 1))] for place in range(wanted)]


def thin(table: pytest.Metafunc) -> None:
    """Leave in a test's table the cases that are tried, before a test is made of each."""
    table._calls[:] = spread(table._calls)
