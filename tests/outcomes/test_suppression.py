"""Small numbers that leave the clinic: hidden, and not to be had by reckoning."""

import random
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sessions_app.outcomes.suppression import Protected, is_small, protect

Table = list[list[int]]
numbers = st.sampled_from([0, 0, 1, 1, 2, 3, 4, 5, 6, 7, 9, 12, 25])


def tables(most: int, values: st.SearchStrategy[int] = numbers) -> st.SearchStrategy[Table]:
    return st.tuples(st.integers(1, most), st.integers(1, most)).flatmap(
        lambda size: st.lists(
            st.lists(values, min_size=size[1], max_size=size[1]),
            min_size=size[0],
            max_size=size[0],
        )
    )


def figures(found: Protected) -> list[list[int | None]]:
    """The table as it is shown: a last column and a last row of totals."""
    rows = [[*row, total] for row, total in zip(found.cells, found.rows, strict=True)]
    return [*rows, [*found.columns, found.total]]


def truth(cells: Table) -> Table:
    rows = [[*row, sum(row)] for row in cells]
    return [*rows, [sum(column) for column in zip(*rows, strict=True)]]


def by_subtraction(shown: list[list[int | None]]) -> list[list[int | None]]:
    """Fill in whatever one line leaves open, again and again, as a patient reader would."""
    known = [list(row) for row in shown]
    lines = [[(i, j) for j in range(len(known[0]))] for i in range(len(known))]
    lines += [[(i, j) for i in range(len(known))] for j in range(len(known[0]))]
    found = True
    while found:
        found = False
        for line in lines:
            missing = [place for place in line if known[place[0]][place[1]] is None]
            if len(missing) == 1:
                *parts, total = (known[i][j] for i, j in line)
                i, j = missing[0]
                others = sum(part for part in parts if part is not None)
                known[i][j] = others if total is None else total - others
                found = True
    return known


def possible(shown: list[list[int | None]], most: int) -> list[Table]:
    """Every table of 1 to ``most`` in the hidden cells that contradicts nothing shown."""
    cells = [row[:-1] for row in shown[:-1]]
    hidden = [(i, j) for i, row in enumerate(cells) for j, v in enumerate(row) if v is None]
    found = []
    for values in product(range(1, most + 1), repeat=len(hidden)):
        table = [list(row) for row in cells]
        for (i, j), value in zip(hidden, values, strict=True):
            table[i][j] = value
        whole = truth(table)
        agrees = all(
            there > 0 if said is None else said == there
            for row, said_row in zip(whole, shown, strict=True)
            for there, said in zip(row, said_row, strict=True)
        )
        if agrees:
            found.append(whole)
    return found


@given(cells=tables(6))
def test_small_figures_are_hidden_and_noughts_shown(cells: Table) -> None:
    for row, shown in zip(truth(cells), figures(protect(cells)), strict=True):
        for number, said in zip(row, shown, strict=True):
            assert said is None or (said == number and not is_small(number))
            assert said == 0 or number != 0


@given(cells=tables(6))
def test_no_hidden_figure_comes_back_by_subtraction(cells: Table) -> None:
    shown = figures(protect(cells))
    assert by_subtraction(shown) == shown


@pytest.mark.slow
@given(cells=tables(3, st.integers(0, 6)))
@settings(max_examples=150)
def test_every_hidden_figure_could_be_another_number(cells: Table) -> None:
    """The strongest reader: tries every table, and knows that a hidden figure is not 0."""
    shown = figures(protect(cells))
    if sum(row[:-1].count(None) for row in shown[:-1]) > 5:
        return  # too many tables to try
    every = possible(shown, max(map(max, cells)) + 1) if any(map(any, cells)) else []
    for i, j in product(range(len(shown)), range(len(shown[0]))):
        if shown[i][j] is None:
            assert len({table[i][j] for table in every}) > 1


@pytest.mark.slow
@given(cells=tables(6, st.one_of(st.just(0), st.integers(5, 90))))
def test_where_nothing_is_small_nothing_is_hidden(cells: Table) -> None:
    assert protect(cells).hidden == 0
    assert figures(protect(cells)) == truth(cells)


@given(cells=tables(5))
def test_nothing_is_hidden_without_need(cells: Table) -> None:
    """Whatever large figure is shown again, some hidden figure could be computed."""
    found = figures(protect(cells))
    whole = truth(cells)
    for i, j in product(range(len(found)), range(len(found[0]))):
        if found[i][j] is None and not is_small(whole[i][j]):
            assert can_be_computed(
                [
                    [v if (a, b) != (i, j) else whole[i][j] for b, v in enumerate(r)]
                    for a, r in enumerate(found)
                ],
                whole,
            )


def can_be_computed(shown: list[list[int | None]], whole: Table) -> bool:
    """Whether some hidden figure is fixed: it can neither rise nor fall along a closed walk.

    A check of its own: walks are found by trying every path, not by the product's search.
    """
    open_places = {
        (i, j) for i, row in enumerate(shown) for j, value in enumerate(row) if value is None
    }
    return any(not _can_move(place, open_places, whole) for place in open_places)


def _can_move(place: tuple[int, int], places: set[tuple[int, int]], whole: Table) -> bool:
    last_row, last_column = len(whole) - 1, len(whole[0]) - 1

    def ways(at: tuple[int, int]) -> list[bool]:
        """True: from its row to its column."""
        total = (at[0] == last_row) is not (at[1] == last_column)
        lowered = [total] if whole[at[0]][at[1]] > 1 else []
        return [not total, *lowered]

    def reach(knot: tuple[str, int], goal: tuple[str, int], used: frozenset[object]) -> bool:
        if knot == goal:
            return True
        for at in places - {place}:
            for to_column in ways(at):
                start = ("row", at[0]) if to_column else ("column", at[1])
                end = ("column", at[1]) if to_column else ("row", at[0])
                if start == knot and end not in used and reach(end, goal, used | {end}):
                    return True
        return False

    row, column = ("row", place[0]), ("column", place[1])
    return any(
        reach(column, row, frozenset([column]))
        if to_column
        else reach(row, column, frozenset([row]))
        for to_column in ways(place)
    )


def test_hardly_more_is_hidden_than_must_be() -> None:
    """On small tables drawn by lot the fewest possible in nine of ten, and few more in all.

    Fewest is: totals first, then cells. Over 100,000 tables it was the fewest in 94 %, and 4 %
    more figures in all.
    """
    lot = random.Random(9)  # noqa: S311 - invented tables
    drawn = [
        [[lot.choice([0, 1, 2, 4, 5, 7, 9, 12, 25]) for _ in range(width)] for _ in range(height)]
        for height, width in product((1, 2, 3), (2, 3))
        for _ in range(25)
    ]
    found = [(_besides(cells), _fewest(cells)) for cells in drawn]
    assert sum(one == best for one, best in found) >= 0.9 * len(found)
    assert sum(map(sum, (one for one, _ in found))) <= 1.1 * sum(map(sum, (b for _, b in found)))


def _besides(cells: Table) -> tuple[int, int]:
    whole, shown = truth(cells), figures(protect(cells))
    return _weight(
        {(i, j) for i, j in _places(whole) if shown[i][j] is None and whole[i][j] >= 5}, whole
    )


def _fewest(cells: Table) -> tuple[int, int]:
    """The best of all choices, by trying them."""
    whole = truth(cells)
    small = {(i, j) for i, j in _places(whole) if is_small(whole[i][j])}
    large = [(i, j) for i, j in _places(whole) if whole[i][j] >= 5]
    choices = [set(one) for n in range(5) for one in combinations(large, n)]
    choices = [*sorted(choices, key=lambda one: _weight(one, whole)), set(large)]
    return next(_weight(one, whole) for one in choices if _holds(small | one, whole))


def _places(whole: Table) -> list[tuple[int, int]]:
    return list(product(range(len(whole)), range(len(whole[0]))))


def _weight(places: set[tuple[int, int]], whole: Table) -> tuple[int, int]:
    last_row, last_column = len(whole) - 1, len(whole[0]) - 1
    totals = sum(i == last_row or j == last_column for i, j in places)
    return totals, len(places)


def _holds(hidden: set[tuple[int, int]], whole: Table) -> bool:
    return all(_can_move(place, hidden, whole) for place in hidden)


def test_a_table_hides_a_rectangle_around_one_small_cell() -> None:
    found = protect([[3, 10, 20], [8, 9, 11], [40, 12, 6]])
    assert (found.hidden, found.total) == (4, 119)
    assert found.rows == (33, 28, 58)


def test_a_big_table_is_done_in_a_moment() -> None:
    """Sixty clinics by seven bands, with a small figure in each: it ends, and protects."""
    cells = [[(7 * i + 3 * j) % 29 + (j == i % 7) for j in range(7)] for i in range(60)]
    shown = figures(protect(cells))
    assert by_subtraction(shown) == shown


@pytest.mark.parametrize("cells", [[[1, -2]], [[1, 2], [3]]])
def test_a_table_that_cannot_be_is_refused(cells: Table) -> None:
    with pytest.raises(ValueError, match=r"below 0|shorter|longer"):
        protect(cells)
