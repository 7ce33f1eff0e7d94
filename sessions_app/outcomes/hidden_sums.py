"""Hidden figures that are tied to each other by totals: can one still be computed?

Every figure of a table stands in at most two sums, that of its row and that of its column. So a
table is a network: each sum is a knot, each figure a line between two knots. Whoever tries to
compute a hidden figure may raise and lower the hidden ones in every way that leaves all sums right,
and each such way is made of closed walks through the network (Gusfield 1988, A graph theoretic
approach to statistical data security, SIAM J. Comput. 17:552-571). A hidden figure on no closed
walk can be computed; one on a closed walk could as well be another number.

A reader also knows that a hidden figure is at least 1, since 0 is shown. So a figure of 1 cannot
be lowered, and a walk may pass it one way only.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush

from sessions_app.outcomes.knots import bridges, together


@dataclass(frozen=True)
class Line:
    """One figure, between the knot of its row and the knot of its column.

    ``is_total`` marks a row's or a column's total: it stands on the other side of its sum, so
    walking from row to column lowers it, where any other figure is raised. ``cost`` is what it
    costs to hide it.
    """

    row: int
    column: int
    value: int
    is_total: bool
    cost: int

    def directions(self) -> tuple[tuple[int, int], ...]:
        """The ways it may be walked, from which knot to which; 0 is shown and never moves."""
        raised, lowered = (self.row, self.column), (self.column, self.row)
        if self.is_total:
            raised, lowered = lowered, raised
        return (raised, lowered)[: min(self.value, 2)]


Walk = tuple[int, tuple[int, ...]]
"""What a closed walk costs, and the lines that it hides newly, in the order they are met."""


class Network:
    """The figures of one table and the sums that tie them."""

    def __init__(self, lines: Sequence[Line]) -> None:
        """Note which lines leave each knot, and where they may be walked to."""
        self.lines = lines
        self._directions = [line.directions() for line in lines]
        self._ways: dict[int, list[tuple[int, int]]] = {}
        for number, directions in enumerate(self._directions):
            for start, end in directions:
                self._ways.setdefault(start, []).append((number, end))

    def cheapest_walk(self, hidden: Collection[int], target: int) -> Walk:
        """The cheapest closed walk through a line, the hidden lines costing nothing.

        There is always one: the figure's row total, the total of all, its column total.
        """
        ways = self._directions[target]
        walks = [self._way(hidden, target, end, start) for start, end in ways]
        return min(walk for walk in walks if walk is not None)

    def all_protected(self, hidden: Collection[int], lines: Collection[int] | None = None) -> bool:
        """Whether each hidden line, or each of these, has a walk through hidden lines alone.

        Of all at once: a line walked one way only has one where its knots can reach each other.
        A line walked both ways has one where it is no bridge among such lines: were there no way
        round it either way, its two ends would fall apart without it.
        """
        if lines is not None:
            ways = self._ways_through(hidden)
            return all(
                any(_leads(ways, number, end, start) for start, end in self._directions[number])
                for number in lines
            )
        told = {number: self._directions[number] for number in hidden}
        if not all(told.values()):
            return False
        part = together({way for ways in told.values() for way in ways})
        inside = {
            number: ways[0] for number, ways in told.items() if part[ways[0][0]] == part[ways[0][1]]
        }
        return len(inside) == len(told) and not any(
            len(told[number]) > 1 for number in bridges(inside)
        )

    def _ways_through(self, hidden: Collection[int]) -> dict[int, list[tuple[int, int]]]:
        ways: dict[int, list[tuple[int, int]]] = {}
        for number in hidden:
            for start, end in self._directions[number]:
                ways.setdefault(start, []).append((number, end))
        return ways

    def _way(self, hidden: Collection[int], target: int, start: int, end: int) -> Walk | None:
        """The cheapest way between two knots that leaves the target out (Dijkstra 1959)."""
        done: set[int] = set()
        queue: list[tuple[int, tuple[int, ...], int]] = [(0, (), start)]
        while queue:
            cost, bought, knot = heappop(queue)
            if knot == end:
                return cost, bought
            if knot in done:
                continue
            done.add(knot)
            for number, there in self._ways.get(knot, ()):
                if there in done or number == target:
                    continue
                if number in hidden:
                    heappush(queue, (cost, bought, there))
                else:
                    price = self.lines[number].cost
                    heappush(queue, (cost + price, (*bought, number), there))
        return None


def _leads(ways: dict[int, list[tuple[int, int]]], without: int, start: int, end: int) -> bool:
    """Whether one may get from a knot to another without walking a certain line."""
    seen, edge = {start}, [start]
    while edge:
        knot = edge.pop()
        if knot == end:
            return True
        for number, there in ways.get(knot, ()):
            if number != without and there not in seen:
                seen.add(there)
                edge.append(there)
    return False
