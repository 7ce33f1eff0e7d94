"""The change of a score: improvement is positive, 0 is a value."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.outcomes.change import change
from sessions_app.vocabulary.scales import RATED, Scale

scores = st.integers(0, 10)
rated = st.sampled_from(RATED)


@pytest.mark.parametrize(
    ("scale", "before", "after", "points"),
    [
        (Scale.PAIN, 7, 4, 3),
        (Scale.PAIN, 4, 7, -3),
        (Scale.PAIN, 10, 0, 10),
        (Scale.PAIN, 0, 0, 0),
        (Scale.PAIN, 0, 1, -1),
        (Scale.MOOD, 4, 7, 3),
        (Scale.MOOD, 0, 10, 10),
        (Scale.MOOD, 1, 0, -1),
        (Scale.RELAXATION, 2, 5, 3),
        (Scale.SLEEP, 0, 3, 3),
    ],
)
def test_improvement_is_positive_on_every_scale(
    scale: Scale, before: int, after: int, points: int
) -> None:
    assert change(scale, before, after) == points


@given(scale=rated, before=scores, after=scores)
def test_going_back_undoes_the_change(scale: Scale, before: int, after: int) -> None:
    assert change(scale, after, before) == -change(scale, before, after)


@given(before=scores, after=scores)
def test_change_is_antisymmetric_in_the_scales_direction(before: int, after: int) -> None:
    higher_is_worse, higher_is_better = Scale.PAIN, Scale.MOOD
    assert change(higher_is_worse, before, after) == -change(higher_is_better, before, after)


@given(scale=rated, before=scores, between=scores, after=scores)
def test_changes_add_up_along_the_way(scale: Scale, before: int, between: int, after: int) -> None:
    whole = change(scale, before, after)
    assert whole == change(scale, before, between) + change(scale, between, after)


@pytest.mark.parametrize("scale", [Scale.HEART_RATE, Scale.RESPIRATORY_RATE])
def test_a_scale_without_a_better_end_has_no_change(scale: Scale) -> None:
    with pytest.raises(ValueError, match=f"{scale.label} has no better end"):
        change(scale, 60, 70)


@pytest.mark.parametrize(("before", "after"), [(-1, 5), (5, -1), (11, 5), (5, 11)])
def test_a_score_outside_the_scale_is_refused(before: int, after: int) -> None:
    with pytest.raises(ValueError, match="is outside 0 to 10"):
        change(Scale.PAIN, before, after)
