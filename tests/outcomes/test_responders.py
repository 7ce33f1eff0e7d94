"""Who had clearly less pain: thresholds, denominators, one vote a patient."""

from dataclasses import astuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.outcomes.resampling import MOST_DRAWN, cluster_interval
from sessions_app.outcomes.responders import (
    LEAST_BEFORE,
    ResponderSums,
    Threshold,
    hits,
    interval,
    responders,
    responds,
)
from sessions_app.outcomes.summary import Moments, PatientSums

scores = st.integers(0, 10)
session_rows = st.lists(st.tuples(scores, scores), max_size=6)
patient_rows = st.lists(session_rows, max_size=15)
Rows = list[list[tuple[int, int]]]

# before, after, ≥ 30 %, ≥ 2 points
CASES = [
    (10, 7, True, True),  # exactly 30 %
    (10, 8, False, True),
    (4, 3, False, False),  # 25 %
    (3, 2, True, False),  # a third, but 1 point
    (7, 5, False, True),  # 28.6 %
    (6, 4, True, True),
    (5, 3, True, True),
    (1, 0, True, False),
    (0, 0, False, False),  # nothing to lose: 0 is a score, and no response
    (0, 4, False, False),
    (4, 4, False, False),
    (4, 9, False, False),
]


@pytest.mark.parametrize(("before", "after", "by_percent", "by_points"), CASES)
def test_thresholds(before: int, after: int, by_percent: bool, by_points: bool) -> None:
    assert responds(Threshold.THIRTY_PERCENT, before, after) is by_percent
    assert responds(Threshold.TWO_POINTS, before, after) is by_points


@pytest.mark.parametrize("pair", [(11, 3), (3, -1)])
def test_a_score_outside_the_scale_is_refused(pair: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="outside 0 to 10"):
        responds(Threshold.TWO_POINTS, *pair)


@given(before=scores, after=scores, lower=scores)
def test_a_lower_score_after_never_unmakes_a_response(before: int, after: int, lower: int) -> None:
    for threshold in Threshold:
        if responds(threshold, before, after):
            assert responds(threshold, before, min(after, lower))


@given(before=scores, after=scores)
def test_who_rose_or_stayed_never_responds(before: int, after: int) -> None:
    if after >= before:
        assert not any(responds(threshold, before, after) for threshold in Threshold)


@pytest.mark.parametrize(
    ("least", "counted"), [(0, (4, 2)), (4, (3, 2)), (5, (2, 1)), (8, (1, 1)), (11, (0, 0))]
)
def test_only_sessions_that_began_high_enough_count(least: int, counted: tuple[int, int]) -> None:
    pairs = [(2, 1), (4, 1), (7, 6), (10, 3)]
    assert hits(Threshold.TWO_POINTS, pairs, least) == counted


def sums(rows: Rows, threshold: Threshold = Threshold.TWO_POINTS) -> ResponderSums:
    return ResponderSums.of(hits(threshold, row) for row in rows)


@given(here=patient_rows, there=patient_rows)
def test_merging_two_groups_of_patients_is_the_whole(here: Rows, there: Rows) -> None:
    assert sums(here) + sums(there) == sums(here + there)


@given(rows=patient_rows)
def test_the_counts_are_those_of_the_rows(rows: Rows) -> None:
    counted = [[pair for pair in row if pair[0] >= LEAST_BEFORE] for row in rows]
    counted = [row for row in counted if row]
    won = [[b - a >= 2 for b, a in row] for row in counted]
    found = sums(rows)
    assert (found.patients, found.sessions) == (len(counted), sum(map(len, counted)))
    assert found.session_hits == sum(map(sum, won))
    assert found.patient_votes == sum(sum(row) > len(row) / 2 for row in won)


@given(rows=patient_rows)
def test_the_sums_of_a_share_are_those_of_ones_and_noughts(rows: Rows) -> None:
    each = [hits(Threshold.TWO_POINTS, row) for row in rows]
    ones = astuple(Moments.of(PatientSums(n, hit) for n, hit in each))
    assert astuple(sums(rows).shares())[:-1] == ones[:-1]


@pytest.mark.parametrize("before", range(LEAST_BEFORE, 11))
def test_who_has_thirty_percent_less_has_two_points_less(before: int) -> None:
    """What leaves the clinics counts on it: those by 30 % are a part of those by 2 points."""
    for after in range(11):
        by_percent, by_points = (responds(one, before, after) for one in Threshold)
        assert by_points or not by_percent


def test_a_tie_is_no_vote_and_every_patient_has_one() -> None:
    """One patient with nine good sessions does not outvote nine with one bad one."""
    found = responders(Threshold.TWO_POINTS, ResponderSums({(9, 9): 1, (1, 0): 8, (2, 1): 1}))
    assert (found.votes, found.patients, found.hits, found.sessions) == (1, 10, 10, 19)
    assert (found.patient_share, found.session_share) == (0.1, 10 / 19)
    assert (found.low, found.high) == cluster_interval({(9, 9): 1, (1, 0): 8, (2, 1): 1})


def test_fewer_than_ten_patients_show_no_share() -> None:
    found = responders(Threshold.THIRTY_PERCENT, ResponderSums({(3, 3): 9}))
    assert (found.patient_share, found.session_share, found.low, found.high) == (None,) * 4
    assert (found.patients, found.sessions, found.votes, found.hits) == (9, 27, 9, 27)
    assert found.hidden_because == (
        "needs 10 patients with a session that began at 4 or more and has both scores; you have 9"
    )


def test_a_share_of_nought_is_a_share() -> None:
    found = responders(Threshold.TWO_POINTS, ResponderSums({(2, 0): 10}))
    assert (found.patient_share, found.session_share, found.low, found.high) == (0, 0, 0, 0)
    assert found.hidden_because == ""


@pytest.mark.slow
def test_beyond_the_most_that_are_drawn_the_variance_gives_the_same_interval() -> None:
    known = {(n, hit): 40 * n + hit for n in range(1, 7) for hit in range(n + 1)}
    scale = MOST_DRAWN // sum(known.values())
    few = ResponderSums({pair: scale * number for pair, number in known.items()})
    assert 0.8 * MOST_DRAWN < few.patients <= MOST_DRAWN
    many = ResponderSums({pair: 4 * number for pair, number in few.patients_with.items()})
    by_drawing, by_variance = interval(few), interval(many)
    middle = sum(by_variance) / 2
    widened = tuple(middle + 2 * (edge - middle) for edge in by_variance)
    assert by_drawing == pytest.approx(widened, abs=1e-3)
    assert interval(ResponderSums({(1, 1): MOST_DRAWN + 1})) == (1, 1)
