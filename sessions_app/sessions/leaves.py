"""A long list beside another on one page: turned leaf by leaf, without counting it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

LISTED = 30


@dataclass(frozen=True)
class Leaf:
    """Some rows of a list, in its order: which leaf they are, and whether one follows."""

    rows: tuple[Any, ...]
    number: int
    has_next: bool

    @property
    def previous(self) -> int:
        """The number of the leaf before, 0 at the first."""
        return self.number - 1

    @property
    def next(self) -> int:
        """The number of the leaf after, 0 at the last."""
        return self.number + 1 if self.has_next else 0


def leaf(rows: "QuerySet[Any]", asked: str | None) -> Leaf:
    """Return the leaf that is asked for; the first where nothing sensible is."""
    number = int(asked) if asked and asked.isdecimal() and 0 < len(asked) < 7 else 1
    number = max(number, 1)
    first = (number - 1) * LISTED
    found = tuple(rows[first : first + LISTED + 1])
    return Leaf(found[:LISTED], number, len(found) > LISTED)
