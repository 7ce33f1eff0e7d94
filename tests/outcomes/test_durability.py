"""Does it last: what can be shown, and what is refused for want of data."""

from datetime import UTC, datetime
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.outcomes.durability import (
    NO_DROP,
    AtNumber,
    LastingSums,
    NumberSums,
    StillThere,
    by_number,
    lasting,
    later_measure,
)
from sessions_app.outcomes.student_t import student_t_quantile
from sessions_app.outcomes.summary import Moments, PatientSums

FIRST = datetime(2026, 3, 1, 10, tzinfo=UTC)
change = st.integers(-10, 10)
still = st.lists(st.builds(StillThere, st.just(1), change, change), max_size=4)
cohorts = st.lists(still, max_size=15)
Cohort = list[list[StillThere]]


def sums(cohort: Cohort) -> LastingSums:
    return LastingSums.of(sum(rows, StillThere()) for rows in cohort)


def test_means_by_number_are_hidden_below_ten_patients_and_nought_survives() -> None:
    found = by_number(
        {
            3: NumberSums(9, 9, 20),
            1: NumberSums(12, 12, 60),
            2: NumberSums(10, 11, 0),
            4: NumberSums(),
        }
    )
    assert found == (AtNumber(1, 12, 12, 5.0), AtNumber(2, 10, 11, 0.0), AtNumber(3, 9, 9, None))


@given(here=cohorts, there=cohorts)
def test_merging_two_groups_of_patients_is_the_whole(here: Cohort, there: Cohort) -> None:
    assert sums(here) + sums(there) == sums(here + there)


def test_numbers_merge_too() -> None:
    assert NumberSums(1, 2, 3) + NumberSums(4, 5, 6) == NumberSums(5, 7, 9)


# Ten patients, one pair each: (drop, kept), the share, and its interval by hand.
def test_half_of_every_drop_is_half_for_certain() -> None:
    found = lasting(sums([[StillThere(1, 2 * k, k)] for k in range(1, 11)]))
    assert (found.share, found.low, found.high) == pytest.approx((0.5, 0.5, 0.5))
    assert (found.patients, found.pairs) == (10, 10)


def test_the_interval_is_fieller_s() -> None:
    """Against the printed formula, in floats and patient by patient."""
    rows = [(3, 2), (4, 0), (2, 1), (5, 4), (1, 2), (3, -1), (2, 2), (4, 3), (6, 1), (0, 1), (3, 0)]
    found = lasting(sums([[StillThere(1, d, k)] for d, k in rows]))
    g, t = len(rows), student_t_quantile(0.975, len(rows) - 1)
    md, mk = sum(d for d, _ in rows) / g, sum(k for _, k in rows) / g
    vdd = sum((d - md) ** 2 for d, _ in rows) / (g - 1) / g
    vkk = sum((k - mk) ** 2 for _, k in rows) / (g - 1) / g
    vdk = sum((d - md) * (k - mk) for d, k in rows) / (g - 1) / g
    a, b, c = md**2 - t**2 * vdd, md * mk - t**2 * vdk, mk**2 - t**2 * vkk
    half = sqrt(b * b - a * c)
    assert found.share == pytest.approx(mk / md)
    assert (found.low, found.high) == pytest.approx(((b - half) / a, (b + half) / a), rel=1e-9)


@given(cohort=st.lists(still, min_size=10, max_size=15))
def test_a_share_lies_in_its_interval_or_is_not_told(cohort: Cohort) -> None:
    found = lasting(sums(cohort))
    if found.share is None:
        assert found.hidden_because
    else:
        assert found.low - 1e-9 <= found.share <= found.high + 1e-9


@given(cohort=st.lists(still, min_size=10, max_size=15))
def test_scores_that_did_not_fall_have_no_share(cohort: Cohort) -> None:
    risen = [[StillThere(1, -abs(one.drop), one.kept) for one in rows] for rows in cohort]
    found = lasting(sums(risen))
    assert found.share is None
    assert found.hidden_because == NO_DROP or "needs 10 patients" in found.hidden_because


def test_a_drop_that_is_not_sure_has_no_share() -> None:
    """Five fell by 6 and five rose by 5: the mean fell, but by nothing to rely on."""
    found = lasting(sums([[StillThere(1, 6, 3)]] * 5 + [[StillThere(1, -5, 0)]] * 5))
    assert (found.share, found.hidden_because) == (None, NO_DROP)


def test_fewer_than_ten_patients_say_what_is_needed() -> None:
    found = lasting(sums([[StillThere(1, 4, 2)] * 3] * 4))
    assert (found.share, found.patients, found.pairs) == (None, 4, 12)
    assert found.hidden_because == (
        "needs 10 patients who came again within 72 hours, with the scores before and after; "
        "you have 4"
    )


def test_a_later_measure_stands_beside_the_same_sessions() -> None:
    later = Moments.of([PatientSums(2, 0)] * 10)
    at_once = Moments.of([PatientSums(2, 4)] * 10)
    found = later_measure(later, at_once, 3)
    assert (found.later.mean, found.at_once.mean, found.missing) == (0, 2, 3)
    with pytest.raises(ValueError, match="not of the same sessions"):
        later_measure(later, Moments.of([PatientSums(1, 4)] * 10), 3)
