"""The rules of the run chart as tables of cases, and the expected number of runs."""

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.charts import runs
from sessions_app.charts.runs import expected_runs, read

ZIGZAG = (1, 9, 2, 8, 1, 9, 2, 8, 1, 9)
"""Ten weeks around 5 with as many runs; a series to put other weeks behind."""


def _kinds(values: tuple[float, ...]) -> list[str]:
    return [signal.words for signal in read(values).signals]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ((*ZIGZAG,), []),
        # five on one side are none, six are a shift
        ((1, 1, 6, 7, 6, 7, 6, 1, 9, 1, 1, 5, 9, 1), []),
        ((1, 2, 1, 2, 1, 2, 8, 9, 8, 9, 8, 9),
         ["6 weeks below the median", "6 weeks above the median"]),
        # what lies on the median belongs to no side and breaks no shift
        ((8, 9, 8, 5, 5, 9, 8, 9, 1, 2, 1, 2, 1, 5, 2),
         ["6 weeks above the median", "6 weeks below the median"]),
        # four steps up are five weeks rising
        ((9, 1, 2, 6, 7, 8, 1, 9, 1, 9, 1, 9), ["5 weeks rising"]),
        ((9, 1, 2, 6, 7, 1, 8, 1, 9, 1, 9, 1), []),
        ((1, 9, 8, 3, 2, 1, 9, 1, 9, 1, 9, 2), ["5 weeks falling"]),
        # of equal neighbours one counts
        ((9, 1, 2, 2, 6, 7, 8, 1, 9, 1, 9, 1, 9), ["5 weeks rising"]),
        ((9, 1, 2, 2, 6, 7, 7, 1, 9, 1, 9, 1, 9), []),
        # too few weeks, or too few off the median, for any rule
        ((1, 2, 3, 4, 5, 6, 7, 8, 9), []),
        ((5,) * 20, []),
    ],
)  # fmt: skip
def test_a_shift_is_six_on_one_side_and_a_trend_five_one_way(values, said):
    assert _kinds(values) == said


def test_a_signal_knows_its_weeks():
    shift = read((1, 2, 1, 2, 1, 2, 8, 9, 8, 9, 8, 9)).signals[1]
    assert (shift.first, shift.last, shift.up) == (6, 11, True)


@pytest.mark.parametrize(
    ("above", "below", "critical"),
    [
        # Swed and Eisenhart's 2.5 % points: so many runs or fewer, so many or more, are a signal
        (5, 5, (2, 10)), (6, 6, (3, 11)), (8, 8, (4, 14)), (10, 10, (6, 16)),
        (15, 15, (10, 22)), (20, 20, (14, 28)),
    ],
)  # fmt: skip
def test_the_expected_runs_are_those_of_the_printed_table(above, below, critical):
    fewest, most = expected_runs(above, below)
    assert (fewest - 1, most + 1) == critical


@pytest.mark.slow
@given(st.integers(0, 40), st.integers(0, 40))
def test_chance_alone_leaves_the_expected_runs_at_most_one_time_in_forty_each_way(above, below):
    fewest, most = expected_runs(above, below)
    assert (fewest, most) == expected_runs(below, above)
    assert fewest <= most
    if above and below:
        ways = [runs._ways(n, above, below) for n in range(2, above + below + 1)]
        every = comb(above + below, above)
        assert sum(ways) == every
        assert sum(ways[: fewest - 2]) <= 0.025 * every
        assert sum(ways[most - 1 :]) <= 0.025 * every


@pytest.mark.parametrize(
    ("values", "said", "chance"),
    [
        (ZIGZAG, "More runs than expected: 10 runs; 3 to 9 are expected of chance alone", False),
        ((1, 2, 1, 2, 1, 9, 8, 9, 8, 9),
         "Fewer runs than expected: 2 runs; 3 to 9 are expected of chance alone", False),
        ((1, 2, 9, 8, 1, 9, 2, 8, 1, 9), "8 runs; 3 to 9 are expected of chance alone", True),
        ((1, 2, 3), "The rules for runs need 10 weeks off the median", True),
    ],
)  # fmt: skip
def test_the_runs_are_told_against_the_expected(values, said, chance):
    reading = read(values)
    assert reading.runs_words == said
    assert reading.by_chance is chance or not reading.asked


@given(st.lists(st.integers(0, 10), min_size=1, max_size=60))
def test_a_series_upside_down_has_the_same_runs_and_signals(values):
    reading, turned = read(values), read([10 - value for value in values])
    assert (reading.runs, reading.fewest, reading.most) == (
        turned.runs, turned.fewest, turned.most,
    )  # fmt: skip
    places = [(s.kind, s.first, s.last, s.length, s.up) for s in reading.signals]
    assert places == [(s.kind, s.first, s.last, s.length, not s.up) for s in turned.signals]


def test_no_week_has_no_median():
    with pytest.raises(ValueError, match="without a point"):
        read(())
