"""The mean change and its interval, where the patients are the clusters."""

from fractions import Fraction
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.outcomes.student_t import student_t_quantile
from sessions_app.outcomes.summary import MeanChange, Moments, PatientSums, mean_change

Rows = list[list[int]]
"""The changes of each patient's sessions."""

patients = st.lists(st.lists(st.integers(-10, 10), min_size=1, max_size=6), max_size=25)
enough = st.lists(st.lists(st.integers(-10, 10), min_size=1, max_size=6), min_size=10, max_size=25)


def moments(rows: Rows) -> Moments:
    return Moments.of(PatientSums.of(row) for row in rows)


def naive(rows: Rows) -> tuple[float, float]:
    """Mean and variance by the printed formula, session by session, in floats."""
    g, every = len(rows), [d for row in rows for d in row]
    m = sum(every) / len(every)
    squared = [sum(d - m for d in row) ** 2 for row in rows]
    return m, g / (g - 1) * sum(squared) / len(every) ** 2


# Ten patients each time; the arithmetic can be followed by hand.
BY_HAND = [
    # Five with one session of +1 and five with one of +3: mean 2, residuals ±1,
    # variance 10/9 · 10/100 = 1/9.
    ([[1]] * 5 + [[3]] * 5, 2, Fraction(1, 9), 2),
    # All alike: no spread at all.
    ([[2, 2]] * 10, 2, Fraction(0), 2),
    # Zeros are values: mean 0, not «missing».
    ([[0]] * 10, 0, Fraction(0), 0),
    # Two sessions each; (0, 2) has residual 0 in sum, (2, 2) would not: five sums of −1, five
    # of +1 about the mean 3/2; variance 10/9 · 10/400 = 1/36.
    ([[0, 2]] * 5 + [[2, 2]] * 5, 1.5, Fraction(1, 36), 1.5),
    # Unequal: nine patients with one session of 0, one with nine of +2: N 18, mean 1, patients'
    # mean 0.2; sums about the mean: nine of −1, one of 9; variance 10/9 · 90/324 = 25/81.
    ([[0]] * 9 + [[2] * 9], 1, Fraction(25, 81), 0.2),
]


@pytest.mark.parametrize(("rows", "mean", "variance", "patient_mean"), BY_HAND)
def test_figures_agree_with_those_worked_by_hand(
    rows: Rows, mean: float, variance: Fraction, patient_mean: float
) -> None:
    whole = moments(rows)
    shown = mean_change(whole)
    half = 2.262157162798205 * sqrt(variance)  # t(0.975, 9)
    assert whole.variance_of_mean() == variance
    assert (shown.mean, shown.patient_mean) == (mean, patient_mean)
    assert (shown.low, shown.high) == pytest.approx((mean - half, mean + half), rel=1e-9)


@given(rows=enough)
def test_sums_give_the_same_as_the_formula_on_the_raw_rows(rows: Rows) -> None:
    mean, variance = naive(rows)
    shown = mean_change(moments(rows))
    half = student_t_quantile(0.975, len(rows) - 1) * sqrt(variance)
    assert shown.mean == pytest.approx(mean, abs=1e-9)
    assert shown.low == pytest.approx(mean - half, abs=1e-7)
    assert shown.high == pytest.approx(mean + half, abs=1e-7)
    assert shown.patient_mean == pytest.approx(sum(sum(r) / len(r) for r in rows) / len(rows))


@given(here=patients, there=patients)
def test_merging_two_groups_of_patients_is_the_whole(here: Rows, there: Rows) -> None:
    assert moments(here) + moments(there) == moments(here + there)


alike = st.integers(1, 6).flatmap(
    lambda n: st.lists(st.lists(st.integers(-10, 10), min_size=n, max_size=n), min_size=1)
)


@given(rows=alike)
def test_patients_with_as_many_sessions_may_be_summed_first(rows: Rows) -> None:
    sums = [sum(row) for row in rows]
    squares = sum(one * one for one in sums)
    folded = Moments.of_alike(len(rows[0]), len(rows), sum(sums), squares)
    assert folded == moments(rows)


@given(rows=patients)
def test_a_patient_without_sessions_changes_nothing(rows: Rows) -> None:
    assert moments([*rows, []]) == moments(rows)


@given(earlier=st.lists(st.integers(-10, 10)), later=st.lists(st.integers(-10, 10)))
def test_sessions_of_one_patient_add_up(earlier: list[int], later: list[int]) -> None:
    assert PatientSums.of(earlier) + PatientSums.of(later) == PatientSums.of(earlier + later)


@given(rows=enough)
def test_turning_the_scale_round_turns_the_interval_round(rows: Rows) -> None:
    one = mean_change(moments(rows))
    other = mean_change(moments([[-d for d in row] for row in rows]))
    assert (other.mean, other.low, other.high) == (-one.mean, -one.high, -one.low)


@given(rows=enough, shift=st.integers(-5, 5))
def test_a_shift_moves_the_mean_and_leaves_the_variance(rows: Rows, shift: int) -> None:
    one, moved = moments(rows), moments([[d + shift for d in row] for row in rows])
    assert moved.mean() == one.mean() + shift
    assert moved.variance_of_mean() == one.variance_of_mean()


@pytest.mark.parametrize(
    ("patients_seen", "words"),
    [
        (0, "needs 10 patients with both scores; you have none"),
        (1, "needs 10 patients with both scores; you have 1"),
        (4, "needs 10 patients with both scores; you have 4"),
        (9, "needs 10 patients with both scores; you have 9"),
    ],
)
def test_fewer_than_ten_patients_show_no_figure(patients_seen: int, words: str) -> None:
    shown = mean_change(moments([[3, 3]] * patients_seen))
    assert shown == MeanChange(patients_seen, 2 * patients_seen, hidden_because=words)
    assert not shown.is_shown


def test_ten_patients_show_a_figure_even_when_it_is_nought() -> None:
    shown = mean_change(moments([[0]] * 10))
    assert shown == MeanChange(10, 10, mean=0, low=0, high=0, patient_mean=0)
    assert shown.is_shown


@pytest.mark.parametrize(("n", "total"), [(-1, 0), (0, 3)])
def test_sums_that_cannot_be_are_refused(n: int, total: int) -> None:
    with pytest.raises(ValueError, match="sessions cannot sum to"):
        PatientSums(n, total)
