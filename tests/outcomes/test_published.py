"""The trials' printed results, as printed."""

import pytest

from sessions_app.outcomes.published import (
    PUBLISHED,
    WHY_THEY_DIFFER,
    PublishedResult,
    published,
    touch_share_of_pain_drop,
    touch_share_words,
)
from sessions_app.protocols.definition import load_all
from sessions_app.vocabulary.scales import Scale


@pytest.mark.parametrize(
    ("arm", "scale", "printed"),
    [
        ("massage", Scale.PAIN, (1.87, 1.67, 2.07)),
        ("touch", Scale.PAIN, (0.97, 0.76, 1.18)),
        ("massage", Scale.MOOD, (1.58, 1.40, 1.76)),
        ("touch", Scale.MOOD, (0.97, 0.78, 1.16)),
    ],
)
def test_kutners_figures_stand_as_printed(
    arm: str, scale: Scale, printed: tuple[float, float, float]
) -> None:
    result = published("rest", arm, scale)
    assert result is not None
    assert (result.mean_change, result.low, result.high) == printed


@pytest.mark.parametrize("arm", ["massage", "attention"])
@pytest.mark.parametrize("scale", list(Scale))
def test_no_figure_is_shown_for_jane(arm: str, scale: Scale) -> None:
    assert published("jane-bone", arm, scale) is None


def test_what_was_not_printed_is_none() -> None:
    assert published("rest", "massage", Scale.HEART_RATE) is None


@pytest.mark.parametrize("result", PUBLISHED, ids=lambda r: f"{r.arm} {r.scale}")
def test_improvement_is_positive_and_the_papers_signs_are_kept(result: PublishedResult) -> None:
    assert 0 < result.low < result.mean_change < result.high
    way, minus = ("drop", "−") if result.scale is Scale.PAIN else ("rise", "")
    size = f"{result.mean_change:.2f}"
    assert result.as_printed.startswith(
        f"a {way} of {size}, in the paper's signs {minus}{size} (95% CI {minus}"
    )


def test_every_result_belongs_to_a_shipped_arm_and_its_paper() -> None:
    shipped = {(one.code, arm.code): one.doi for one in load_all() for arm in one.arms}
    assert all(shipped[each.protocol, each.arm] == each.doi for each in PUBLISHED)


def test_half_of_the_drop_in_pain_came_with_still_touch() -> None:
    assert touch_share_of_pain_drop() == 52
    assert touch_share_words() == (
        "52 % of the massage arm's drop in pain also happened with still touch."
    )


@pytest.mark.parametrize(
    "reason",
    ["control arm", "Regression to the mean", "Who asked", "Selection", "Missing", "Entry"],
)
def test_the_fixed_caveats_name_each_reason(reason: str) -> None:
    assert any(reason in words for words in WHY_THEY_DIFFER)
    assert len(WHY_THEY_DIFFER) == 6
