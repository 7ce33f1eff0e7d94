"""A share of sessions with its interval, where the patients are the clusters."""

from collections import Counter
from dataclasses import astuple
from fractions import Fraction
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.outcomes.shares import Share, ShareSums, share
from sessions_app.outcomes.student_t import student_t_quantile
from sessions_app.outcomes.summary import Moments, PatientSums

Pairs = list[tuple[int, int]]
"""Of each patient the sessions that can be a hit, and the hits."""

pair = st.integers(0, 8).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n)))
seen = st.integers(1, 8).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n)))
some = st.lists(pair, max_size=25)
enough = st.lists(seen, min_size=10, max_size=25)


def sums(pairs: Pairs) -> ShareSums:
    return ShareSums.of(Counter(pairs))


# Ten patients each time; the arithmetic can be followed by hand.
BY_HAND = [
    # Five with one hit in one, five with none in one: p 1/2, residuals ±1/2,
    # variance 10/9 · 10/4 / 100 = 1/36.
    ([(1, 1)] * 5 + [(1, 0)] * 5, Fraction(1, 2), Fraction(1, 36)),
    # Every patient has one of two: no spread between patients at all.
    ([(2, 1)] * 10, Fraction(1, 2), Fraction(0)),
    # Nine with one miss, one with nine hits: p 1/2, sums about it nine of −1/2 and one of 9/2;
    # variance 10/9 · (9/4 + 81/4) / 324 = 25/324. A patient without a session counts for nothing.
    ([(1, 0)] * 9 + [(9, 9), (0, 0)], Fraction(1, 2), Fraction(25, 324)),
    # Nought and all are shares.
    ([(3, 0)] * 10, Fraction(0), Fraction(0)),
    ([(3, 3)] * 10, Fraction(1), Fraction(0)),
]


@pytest.mark.parametrize(("pairs", "of_all", "variance"), BY_HAND)
def test_figures_agree_with_those_worked_by_hand(
    pairs: Pairs, of_all: Fraction, variance: Fraction
) -> None:
    found, half = share(sums(pairs)), 2.262157162798205 * sqrt(variance)  # t(0.975, 9)
    assert sums(pairs).variance_of_mean() == variance
    assert (found.patients, found.share, found.hidden_because) == (10, of_all, "")
    ends = max(0, of_all - half), min(1, of_all + half)
    assert (found.low, found.high) == pytest.approx(ends, rel=1e-9)


@given(pairs=enough)
def test_sums_give_the_same_as_the_formula_patient_by_patient(pairs: Pairs) -> None:
    g, every = len(pairs), sum(n for n, _ in pairs)
    p = sum(hits for _, hits in pairs) / every
    spread = sum((hits - p * n) ** 2 for n, hits in pairs)
    half = student_t_quantile(0.975, g - 1) * sqrt(g / (g - 1) * spread) / every
    found = share(sums(pairs))
    assert found.share == pytest.approx(p)
    assert found.low == pytest.approx(max(0, p - half), abs=1e-7)
    assert found.high == pytest.approx(min(1, p + half), abs=1e-7)


@given(here=some, there=some)
def test_merging_two_groups_of_patients_is_the_whole(here: Pairs, there: Pairs) -> None:
    assert sums(here) + sums(there) == sums(here + there)


@given(pairs=some)
def test_a_share_is_the_mean_of_ones_and_noughts(pairs: Pairs) -> None:
    ones = astuple(Moments.of(PatientSums(n, hits) for n, hits in pairs))
    assert astuple(sums(pairs)) == ones[:-1]


@given(pairs=enough)
def test_turning_hits_and_misses_round_turns_the_interval_round(pairs: Pairs) -> None:
    one = share(sums(pairs))
    other = share(sums([(n, n - hits) for n, hits in pairs]))
    turned = (1 - one.share, 1 - one.high, 1 - one.low)
    assert (other.share, other.low, other.high) == pytest.approx(turned, abs=1e-12)


@given(pairs=enough)
def test_the_interval_holds_the_share_and_no_share_that_cannot_be(pairs: Pairs) -> None:
    found = share(sums(pairs))
    assert 0 <= found.low <= found.share <= found.high <= 1


@given(pairs=enough)
def test_ten_times_the_same_patients_are_surer(pairs: Pairs) -> None:
    few, many = sums(pairs), sums(pairs * 10)
    assert many.mean() == few.mean()
    assert many.variance_of_mean() <= few.variance_of_mean()


def test_fewer_than_ten_patients_show_no_share() -> None:
    words = "needs 10 patients who count; you have 9"
    found = share(sums([(3, 2)] * 9), "patients who count")
    assert found == Share(9, 27, 18, hidden_because=words)
    assert share(ShareSums()).hidden_because == "needs 10 patients; you have none"
