"""How values are written on a page: 0 is a value, improvement is positive, the clinic's clock."""

from datetime import UTC, datetime

import pytest

from sessions_app.templatetags import clinical


@pytest.mark.parametrize(("value", "text"), [(0, "0"), (10, "10"), (None, "–")])
def test_a_score_of_zero_is_written_and_only_nothing_is_a_dash(value, text):
    assert clinical.score(value) == text


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (1.87, None, "+1.9"),
        (-0.44, None, "−0.4"),
        (0.0, None, "0.0"),
        (-0.04, None, "0.0"),
        (3, None, "+3"),
        (0, None, "0"),
        (1.866, 2, "+1.87"),
        (None, None, "–"),
    ],
)
def test_a_change_carries_its_sign_and_a_rounded_zero_carries_none(value, places, text):
    assert clinical.signed(value, places) == text


@pytest.mark.parametrize(
    ("value", "text"), [(2, "+2 better"), (-1, "−1 worse"), (0, "no change"), (None, "–")]
)
def test_a_change_is_said_in_words(value, text):
    assert clinical.change_words(value) == text


def test_a_moment_is_written_on_the_clock_of_the_clinic():
    moment = datetime(2025, 11, 21, 23, 30, tzinfo=UTC)
    assert clinical.clinic_time(moment, "Europe/Berlin") == "Sat 22 Nov 2025, 00:30"
    assert clinical.clinic_day(moment, "America/New_York") == "Fri 21 Nov 2025"


@pytest.mark.parametrize(
    ("items", "text"),
    [
        ([], ""),
        (["neck"], "neck"),
        (["neck", "arms"], "neck and arms"),
        (["neck", "arms", "feet"], "neck, arms and feet"),
    ],
)
def test_labels_are_joined_as_in_a_sentence(items, text):
    assert clinical.words(items) == text


@pytest.mark.parametrize(
    ("value", "axis", "place"),
    [(0, "0 10", "0.00%"), (7, "0 10", "70.00%"), (1.5, "-1 4", "50.00%"), (9, "-1 4", "100.00%")],
)
def test_a_value_has_its_place_on_an_axis(value, axis, place):
    assert clinical.along(value, axis) == place
