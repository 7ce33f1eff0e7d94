"""The funnel: limits by the formula, small units left out, no order of merit."""

from fractions import Fraction
from math import sqrt
from statistics import pstdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.outcomes.funnel import INNER, OUTER, Place, UnitSums, funnel
from sessions_app.outcomes.summary import PatientSums

Rows = list[list[int]]
rows = st.lists(st.lists(st.integers(-10, 10), min_size=1, max_size=4), min_size=10, max_size=20)


def unit(patients: Rows, before: int = 6) -> UnitSums:
    one_each = (UnitSums.of_patient(PatientSums.of(row), before * len(row)) for row in patients)
    return sum(one_each, UnitSums())


def test_the_usual_limits_are_1_96_and_3_09() -> None:
    assert (round(INNER, 4), round(OUTER, 4)) == (1.96, 3.0902)


def test_limits_and_middle_agree_with_those_worked_by_hand() -> None:
    """Two units of ten: means 1 and 3, each with patients one point to both sides."""
    found = funnel({"a": unit([[0]] * 5 + [[2]] * 5), "b": unit([[2]] * 5 + [[4]] * 5, 8)})
    sigma = sqrt(20 / 18)  # 20 squared residuals, 20 patients less two means
    assert (found.centre, found.sigma) == pytest.approx((2, sigma))
    half = 1.959964 * sigma / sqrt(10)
    assert found.limits(10) == pytest.approx((2 - half, 2 + half))
    assert [(one.key, one.mean, one.mean_before) for one in found.units] == [
        ("a", 1, 6),
        ("b", 3, 8),
    ]


def test_a_patient_counts_once_however_many_sessions() -> None:
    assert unit([[4] * 9, [0]]).means == unit([[4], [0]]).means == Fraction(4)


@given(n=st.integers(1, 4), sums=st.lists(st.tuples(st.integers(-40, 40), st.integers(0, 40))))
def test_patients_with_as_many_sessions_may_be_summed_first(
    n: int, sums: list[tuple[int, int]]
) -> None:
    one_by_one = (UnitSums.of_patient(PatientSums(n, total), before) for total, before in sums)
    totals, befores = [total for total, _ in sums], [before for _, before in sums]
    squares = sum(total * total for total in totals)
    folded = UnitSums.of_alike(n, len(sums), sum(totals), squares, sum(befores))
    assert folded == sum(one_by_one, UnitSums())


@given(units=st.lists(rows, min_size=2, max_size=5))
def test_the_spread_is_that_inside_the_units(units: list[Rows]) -> None:
    found = funnel({str(i): unit(one) for i, one in enumerate(units)})
    means = [[sum(row) / len(row) for row in one] for one in units]
    squares = sum(pstdev(one) ** 2 * len(one) for one in means)
    everyone = sum(map(len, means))
    assert found.sigma == pytest.approx(sqrt(squares / (everyone - len(units))), abs=1e-9)
    assert found.centre == pytest.approx(sum(map(sum, means)) / everyone)


@given(units=st.lists(rows, min_size=2, max_size=4), shift=st.integers(-5, 5))
def test_a_shift_of_all_moves_the_funnel_and_nobody_in_it(units: list[Rows], shift: int) -> None:
    here = funnel({str(i): unit(one) for i, one in enumerate(units)})
    shifted = [[[d + shift for d in row] for row in one] for one in units]
    there = funnel({str(i): unit(one) for i, one in enumerate(shifted)})
    assert there.centre == pytest.approx(here.centre + shift)
    assert there.sigma == pytest.approx(here.sigma)


@given(units=st.lists(rows, min_size=2, max_size=4))
def test_turned_round_all_stand_where_they_stood(units: list[Rows]) -> None:
    here = funnel({str(i): unit(one) for i, one in enumerate(units)})
    turned = [[[-d for d in row] for row in one] for one in units]
    there = funnel({str(i): unit(one) for i, one in enumerate(turned)})
    assert [one.place for one in there.units] == [one.place for one in here.units]
    assert there.centre == -here.centre


@given(here=rows, there=rows)
def test_merging_is_the_whole(here: Rows, there: Rows) -> None:
    assert unit(here) + unit(there) == unit(here + there)


def test_places() -> None:
    """Ten like units around 0 with spread 1; the last at 0, 0.8 and 1.5 above the middle."""
    around = [[-1], [1]] * 5
    for above, place in ((0, Place.INSIDE), (8, Place.BEYOND_95), (15, Place.BEYOND_99_8)):
        far = [[10 * d[0] + above] for d in around]
        near = {str(i): unit([[10 * d[0]] for d in around]) for i in range(40)}
        found = funnel(near | {"far": unit(far)})
        assert {one.key: one.place for one in found.units}["far"] is place
        assert found.beyond == (place is not Place.INSIDE)


def test_units_stand_in_the_order_they_came_and_small_ones_nowhere() -> None:
    big = unit([[0], [1]] * 5)
    found = funnel({"z": big + unit([[9]]), "few": unit([[5]] * 9), "none": UnitSums(), "a": big})
    assert [one.key for one in found.units] == ["z", "a"]


def test_patients_who_are_all_alike_leave_a_line_and_no_nan() -> None:
    found = funnel({"a": unit([[0]] * 10), "b": unit([[0]] * 12)})
    assert (found.centre, found.sigma, found.limits(10), found.beyond) == (0, 0, (0, 0), 0)


@pytest.mark.parametrize(
    ("units", "words"),
    [
        ({}, "needs 2 clinics with 10 patients each; you have none"),
        ({"a": unit([[1]] * 10)}, "needs 2 clinics with 10 patients each; you have 1"),
        (
            {"a": unit([[1]] * 10), "b": unit([[1]] * 9)},
            "needs 2 clinics with 10 patients each; you have 1",
        ),
    ],
)
def test_too_little_data_says_so(units: dict[str, UnitSums], words: str) -> None:
    found = funnel(units, "clinics")
    assert (found.units, found.centre, found.hidden_because) == ((), None, words)
    with pytest.raises(ValueError, match="needs 2 clinics"):
        found.limits(10)
    assert UnitSums.of_patient(PatientSums(0, 0), 0) == UnitSums()
