"""From which band to which: counts of raw scores, and borders laid over them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.outcomes.bands import (
    PAIN_BANDS,
    Band,
    ScorePairs,
    band_table,
)
from sessions_app.vocabulary.scales import Scale

scores = st.integers(0, 10)
Rows = list[tuple[int, int]]
rows = st.lists(st.tuples(scores, scores), max_size=40)


@pytest.mark.parametrize(
    ("pair", "cell"),
    [
        ((0, 0), (0, 0)),  # 0 is a score, and a band of its own
        ((1, 0), (1, 0)),
        ((3, 4), (1, 2)),
        ((6, 7), (2, 3)),
        ((10, 1), (3, 1)),
    ],
)
def test_the_borders(pair: tuple[int, int], cell: tuple[int, int]) -> None:
    table = band_table(ScorePairs.of(Scale.PAIN, [pair]))
    filled = [(i, j) for i, row in enumerate(table.cells) for j, number in enumerate(row) if number]
    assert filled == [cell]


def test_another_author_s_borders_may_be_laid_over_the_same_counts() -> None:
    pairs = ScorePairs.of(Scale.PAIN, [(4, 4)])
    assert band_table(pairs).cells[2][2] == 1
    milder = (*PAIN_BANDS[:1], Band("mild", 1, 4), Band("moderate", 5, 6), *PAIN_BANDS[3:])
    assert band_table(pairs, milder).cells[1][1] == 1
    assert [band.title for band in PAIN_BANDS] == [
        "none, 0", "mild, 1–3", "moderate, 4–6", "severe, 7–10",
    ]  # fmt: skip


@given(pairs=rows)
def test_every_session_stands_in_one_cell(pairs: Rows) -> None:
    table = band_table(ScorePairs.of(Scale.PAIN, pairs))
    assert sum(table.rows) == sum(table.columns) == table.sessions == len(pairs)
    assert table.better + table.same + table.worse == len(pairs)


@given(here=rows, there=rows)
def test_merging_is_the_whole(here: Rows, there: Rows) -> None:
    one, other = ScorePairs.of(Scale.PAIN, here), ScorePairs.of(Scale.PAIN, there)
    assert one + other == ScorePairs.of(Scale.PAIN, here + there)


@given(pairs=rows)
def test_a_session_told_backwards_is_worse_where_it_was_better(pairs: Rows) -> None:
    there = band_table(ScorePairs.of(Scale.PAIN, pairs))
    back = band_table(ScorePairs.of(Scale.PAIN, [(after, before) for before, after in pairs]))
    assert (there.better, there.same, there.worse) == (back.worse, back.same, back.better)
    assert there.rows == back.columns


@given(pairs=rows)
def test_where_higher_is_better_a_rise_is_better(pairs: Rows) -> None:
    pain, mood = (band_table(ScorePairs.of(scale, pairs)) for scale in (Scale.PAIN, Scale.MOOD))
    assert (pain.better, pain.worse) == (mood.worse, mood.better)


@pytest.mark.parametrize(
    "bands",
    [
        PAIN_BANDS[1:],
        PAIN_BANDS[:-1],
        (Band("low", 0, 5), Band("high", 5, 10)),
        (Band("low", 0, 4), Band("high", 6, 10)),
        (Band("high", 6, 10), Band("low", 0, 5)),
        (),
    ],
)
def test_bands_that_leave_a_score_out_or_take_it_twice_are_refused(bands: tuple[Band]) -> None:
    with pytest.raises(ValueError, match="do not cover 0 to 10"):
        band_table(ScorePairs(Scale.PAIN), bands)


def test_a_score_outside_the_scale_and_two_scales_are_refused() -> None:
    with pytest.raises(ValueError, match="outside 0 to 10"):
        ScorePairs.of(Scale.PAIN, [(4, 12)])
    with pytest.raises(ValueError, match="cannot be added"):
        ScorePairs(Scale.PAIN) + ScorePairs(Scale.MOOD)
