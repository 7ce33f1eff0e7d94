"""Two old questions about knots and the ways between them, each answered in one go.

Which knots can reach each other (Kosaraju; Sharir 1981), and which lines are bridges, the only way
between two parts (Tarjan 1974). No recursion: a page may have thousands of lines.
"""

from collections.abc import Collection, Iterator, Mapping

Way = tuple[int, int]


def together(ways: Collection[Way]) -> dict[int, int]:
    """Return for each knot a name of the group of knots that can all reach each other."""
    ahead: dict[int, list[int]] = {}
    back: dict[int, list[int]] = {}
    for start, end in ways:
        ahead.setdefault(start, []).append(end)
        back.setdefault(end, []).append(start)
    done: list[int] = []
    seen: set[int] = set()
    for knot in {*ahead, *back}:
        done += _left_in_order(knot, ahead, seen)
    group: dict[int, int] = {}
    for knot in reversed(done):
        edge = [] if knot in group else [knot]
        while edge:
            there = edge.pop()
            if there not in group:
                group[there] = knot
                edge += back.get(there, ())
    return group


def _left_in_order(knot: int, ahead: Mapping[int, list[int]], seen: set[int]) -> Iterator[int]:
    """Walk from a knot to all that is new, and tell each when there is nothing new behind it."""
    if knot in seen:
        return
    seen.add(knot)
    path = [(knot, iter(ahead.get(knot, ())))]
    while path:
        here, ways = path[-1]
        following = next((one for one in ways if one not in seen), None)
        if following is None:
            path.pop()
            yield here
        else:
            seen.add(following)
            path.append((following, iter(ahead.get(following, ()))))


def bridges(lines: Mapping[int, Way]) -> set[int]:
    """Return the lines, by number, without which their ends fall apart; a line runs both ways."""
    beside: dict[int, list[tuple[int, int]]] = {}
    for number, (one, other) in lines.items():
        beside.setdefault(one, []).append((number, other))
        beside.setdefault(other, []).append((number, one))
    found: set[int] = set()
    order: dict[int, int] = {}
    for knot in beside:
        if knot not in order:
            found |= _bridges_from(knot, beside, order)
    return found


def _bridges_from(
    first: int, beside: Mapping[int, list[tuple[int, int]]], order: dict[int, int]
) -> set[int]:
    """Walk from a knot; a line is a bridge where nothing behind it leads back before it."""
    found: set[int] = set()
    order[first] = len(order)
    low = {first: order[first]}
    path = [(-1, first, iter(beside[first]))]
    while path:
        by, here, ways = path[-1]
        for number, there in ways:
            if number == by:
                continue
            if there in order:
                low[here] = min(low[here], order[there])
                continue
            order[there] = low[there] = len(order)
            path.append((number, there, iter(beside[there])))
            break
        else:
            path.pop()
            if path:
                above = path[-1][1]
                low[above] = min(low[above], low[here])
                if low[here] > order[above]:
                    found.add(by)
    return found
