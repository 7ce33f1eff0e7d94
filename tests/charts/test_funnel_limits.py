"""The limits of the funnel: the formula, and where a unit lies."""

from math import sqrt

import pytest

from sessions_app.charts.funnel_limits import INNER, OUTER, Limits


@pytest.mark.parametrize(("within", "z"), [(INNER, 1.959964), (OUTER, 3.090232)])
@pytest.mark.parametrize("patients", [10, 25, 400])
def test_the_limits_are_the_mean_and_so_many_standard_errors(within, z, patients):
    low, high = Limits(1.7, 2.0).at(patients, within)
    assert low == pytest.approx(1.7 - z * 2.0 / sqrt(patients), abs=1e-5)
    assert high == pytest.approx(1.7 + z * 2.0 / sqrt(patients), abs=1e-5)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (1.7, "inside both limits"),
        (1.7 + 1.95 * 0.4, "inside both limits"),
        (1.7 - 1.97 * 0.4, "outside the 95\xa0% limits"),
        (1.7 + 3.08 * 0.4, "outside the 95\xa0% limits"),
        (1.7 - 3.10 * 0.4, "outside the 99.8\xa0% limits"),
    ],
)
def test_where_a_unit_lies_is_said_without_a_judgement(value, said):
    assert Limits(1.7, 2.0).place_of(value, 25) == said


@pytest.mark.parametrize(("centre", "deviation"), [(float("nan"), 1), (1, float("inf")), (1, -1)])
def test_what_no_data_can_have_given_is_refused(centre, deviation):
    with pytest.raises(ValueError, match="mean and a spread"):
        Limits(centre, deviation)
