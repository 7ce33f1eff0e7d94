"""Figures of a page that are tied by sums: which must be hidden so that no small one comes back.

Several tables of a page may rest on the same sessions: by clinic, by arm, by week, by reason. Each
figure is drawn as a flow from one sum into another, and what flows into a sum flows out of it: of
a week, what was planned flows in, what was given and what was not flow out. So the whole page is
one network, and what is known of a network holds (hidden_sums.py): a hidden figure that lies on no
closed walk of hidden ones can be computed, one that does could as well be another number. A sum
that follows from the others is not drawn, since it tells nothing new.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass

from sessions_app.outcomes.hidden_sums import Line, Network
from sessions_app.outcomes.suppression import hidden_lines, is_small

Sum = Hashable
Ends = tuple[Sum, Sum]
Key = tuple[Hashable, ...]
OUTSIDE: Sum = "outside"
"""Where a figure comes from, or goes to, that stands in one sum only."""


@dataclass(frozen=True)
class Figure:
    """One number of a page, by its key: part of the sum it flows into and of that it comes from.

    ``small`` says that it may not leave the clinic; where the patients behind it are not known it
    is judged by itself (`judged`). ``dear`` is what a page needs most, and is hidden last.
    """

    key: Key
    value: int
    source: Sum
    target: Sum
    small: bool
    dear: bool = False


def judged(value: int, patients: int | None = None) -> bool:
    """Whether a count is small: by the patients behind it, else as if each were another patient."""
    return is_small(min(value, patients) if patients else value)


def to_hide(figures: Iterable[Figure]) -> frozenset[Key]:
    """Return the keys of the figures to hide: the small ones, and those that protect them."""
    known = list(figures)
    if not any(one.small for one in known):
        return frozenset()
    knots: dict[Sum, int] = {}
    for one in known:
        knots.setdefault(one.source, len(knots))
        knots.setdefault(one.target, len(knots))
    every, dear = sum(one.value for one in known) + 1, 4 * len(known)
    lines = [
        Line(
            knots[one.source],
            knots[one.target],
            one.value,
            is_total=False,
            cost=(every + one.value) * (dear if one.dear else 1),
        )
        for one in known
    ]
    small = [number for number, one in enumerate(known) if one.small]
    return frozenset(known[number].key for number in hidden_lines(Network(lines), small))
