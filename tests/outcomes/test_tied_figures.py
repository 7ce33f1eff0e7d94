"""Figures tied by sums over a whole page: what is hidden stays hidden, by the strongest reckoning.

The reader here knows every sum of the page, and that a hidden figure is 1 or more, and finds the
least and the most that each hidden figure can be by a linear program. The sums are those of a
network, so its corners are whole numbers: wider than nothing is two numbers at least.
"""

import random
from collections.abc import Hashable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sessions_app.outcomes.hidden_sums import Line, Network
from sessions_app.outcomes.tied_figures import OUTSIDE, Figure, judged, to_hide
from tests.reckoning import least_and_most

numbers = st.sampled_from([0, 0, 1, 1, 2, 3, 4, 5, 6, 9, 12, 40])


def a_week(week: int, given_: int, not_given: int) -> list[Figure]:
    said = (("planned", given_ + not_given), ("given", given_), ("not given", not_given))
    ends = (("all", week), (week, "given"), (week, "not given"))
    return [
        Figure((week, name), value, *end, judged(value), dear=name == "planned")
        for (name, value), end in zip(said, ends, strict=True)
    ]


def a_page(weeks: list[tuple[int, int]], lot: random.Random) -> list[Figure]:
    """Weeks, their totals, and the reasons for what was not given, split by lot."""
    found = [one for n, week in enumerate(weeks) for one in a_week(n, *week)]
    given_, lacking = (sum(week[side] for week in weeks) for side in (0, 1))
    reasons, left = [], lacking
    while left:
        reasons.append(part := lot.randint(1, left))
        left -= part
    totals = (
        ("P", given_ + lacking, OUTSIDE, "all"),
        ("G", given_, "given", OUTSIDE),
        ("N", lacking, "not given", "reasons"),
    )
    found += [Figure(key, n, *ends, judged(n), dear=True) for key, n, *ends in totals]
    found += [
        Figure(("why", n), part, "reasons", OUTSIDE, judged(part)) for n, part in enumerate(reasons)
    ]
    return found


def balance(figures: list[Figure]) -> dict[Hashable, int]:
    found: dict[Hashable, int] = {}
    for one in figures:
        found[one.source] = found.get(one.source, 0) - one.value
        found[one.target] = found.get(one.target, 0) + one.value
    return found


def could_be(figures: list[Figure], hidden: frozenset[Hashable]) -> dict[Hashable, float]:
    """How far each hidden figure may range: the widest that the sums allow (linear programming)."""
    unknown = [one for one in figures if one.key in hidden]
    knots = sorted({knot for one in unknown for knot in (one.source, one.target)}, key=str)
    sums = [[0.0] * len(unknown) for _ in knots]
    for column, one in enumerate(unknown):
        sums[knots.index(one.source)][column] -= 1
        sums[knots.index(one.target)][column] += 1
    told = [sum(part * one.value for part, one in zip(row, unknown, strict=True)) for row in sums]
    found = {}
    for column, one in enumerate(unknown):
        least, most = least_and_most(column, sums, told, (1, 999))
        found[one.key] = most - least
    return found


@pytest.mark.slow
@given(weeks=st.lists(st.tuples(numbers, numbers), min_size=1, max_size=6), seed=st.integers(0, 99))
@settings(max_examples=60)
def test_every_hidden_figure_of_a_page_could_be_another(
    weeks: list[tuple[int, int]], seed: int
) -> None:
    page = a_page(weeks, random.Random(seed))  # noqa: S311 - invented
    assert not any(balance(page).values())
    hidden = to_hide(page)
    assert all(one.key in hidden for one in page if one.small)
    assert all(one.value > 0 for one in page if one.key in hidden)
    assert all(wide > 0.9 for wide in could_be(page, hidden).values())


@pytest.mark.slow
def test_a_page_that_is_not_protected_is_found_out() -> None:
    """The reader of these tests is no fool: hiding the small one alone gives it away."""
    page = a_page([(40, 3), (30, 9)], random.Random(1))  # noqa: S311
    assert could_be(page, frozenset({(0, "not given")})) == {(0, "not given"): 0}


def test_nothing_small_nothing_hidden() -> None:
    page = a_page([(40, 12), (30, 9)], random.Random(0))  # noqa: S311
    large = [Figure(f.key, f.value, f.source, f.target, small=False) for f in page]
    assert to_hide(large) == frozenset()


@pytest.mark.parametrize(
    ("value", "patients", "small"),
    [
        (3, 0, True),
        (0, None, False), (1, None, True), (4, None, True), (5, None, False), (40, 4, True),
        (40, 5, False), (3, 5, True), (0, 0, False), (40, 0, False),
    ],
)  # fmt: skip
def test_a_count_is_judged_by_its_patients(
    value: int, patients: int | None, *, small: bool
) -> None:
    assert judged(value, patients) is small


ends = st.integers(0, 5)


@pytest.mark.slow
@given(
    lines=st.lists(st.tuples(ends, ends, st.integers(0, 3)), max_size=14),
    seed=st.integers(0, 9),
)
@settings(max_examples=300)
def test_all_at_once_is_one_by_one(lines: list[tuple[int, int, int]], seed: int) -> None:
    """Groups and bridges say what walking round each line says."""
    network = Network([Line(*ends, value, is_total=False, cost=1) for *ends, value in lines])
    hidden = {number for number in range(len(lines)) if (number + seed) % 4}
    apart = all(network.all_protected(hidden, [number]) for number in hidden)
    assert network.all_protected(hidden) is apart


def test_two_hundred_clinics_are_protected_in_a_moment() -> None:
    """Each with a small figure: what this costs grows with the page, not with its square."""
    page = a_page([(30 + n % 7, 1 + n % 4) for n in range(200)], random.Random(2))  # noqa: S311
    hidden = to_hide(page)
    assert all(one.key in hidden for one in page if one.small)
