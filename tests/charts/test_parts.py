"""Ticks, lettering and markup: what every chart is made of."""

from itertools import pairwise
from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.charts import figures, scales, svg, table
from sessions_app.charts.chart import Cell
from sessions_app.charts.lettering import Taken, shortened, spread, width, wrapped
from sessions_app.charts.svg import Drawing

SANE = st.floats(-1e6, 1e6, allow_nan=False)


@pytest.mark.parametrize(
    ("low", "high", "most", "expected"),
    [
        (0, 2.9, 6, (0, 0.5, 1, 1.5, 2, 2.5, 3)),
        (-0.4, 3.2, 4, (-1, 0, 1, 2, 3, 4)),
        (0, 47, 5, (0, 10, 20, 30, 40, 50)),
        (3, 3, 5, (3, 4)),
        (0, 0, 5, (0, 1)),
        (2, 1, 2, (1, 1.5, 2)),
    ],
)
def test_ticks_are_round_numbers_that_enclose_the_data(low, high, most, expected):
    assert scales.ticks(low, high, most) == expected


@pytest.mark.slow
@given(SANE, SANE, st.integers(2, 10))
def test_ticks_enclose_every_number_and_are_few(low, high, most):
    drawn = scales.ticks(low, high, most)
    hair = 1e-8 * (drawn[1] - drawn[0])
    assert drawn[0] <= min(low, high) + hair
    assert drawn[-1] >= max(low, high) - hair
    assert 2 <= len(drawn) <= most + 3
    assert len(set(drawn)) == len(drawn)


def test_the_axis_of_a_score_is_always_whole():
    assert scales.axis([4.9, 5.1], score=True) == (0, 2, 4, 6, 8, 10)
    assert scales.axis([0.4, 0.9], score=False)[0] == 0


@pytest.mark.parametrize(
    ("value", "said"),
    [(0, "0"), (0.0, "0.0"), (-0.04, "0.0"), (2, "+2"), (1.25, "+1.2"), (-3, "−3"),
     (None, "–"), (nan, "–"), (inf, "–")],
)  # fmt: skip
def test_a_change_has_its_sign_and_no_number_is_a_dash(value, said):
    assert figures.signed(value) == said


@given(st.lists(st.floats(-50, 150), max_size=12), st.floats(1, 30))
def test_places_are_spread_in_their_order_and_between_the_ends(wanted, gap):
    placed = spread(wanted, gap, 0, 100)
    room = min(gap, 100 / max(1, len(wanted) - 1))
    ordered = sorted(range(len(wanted)), key=lambda one: (wanted[one], one))
    assert all(-1e-6 <= at <= 100 + 1e-6 for at in placed)
    for one, other in pairwise(ordered):
        assert placed[other] - placed[one] >= room - 1e-6


@given(st.text(max_size=60), st.floats(0, 300), st.integers(1, 3))
def test_words_are_cut_to_the_room_they_have(words, room, most):
    assert shortened(words, room) == words or width(shortened(words, room)) <= room
    lines = wrapped(words, room, most)
    assert len(lines) <= most
    assert all(width(line) <= room for line in lines)


def test_lines_are_about_as_long_as_each_other():
    assert wrapped("needs 10 patients with both scores; you have 4", 250) == (
        "needs 10 patients with",
        "both scores; you have 4",
    )


def test_a_place_is_taken_once():
    taken = Taken()
    assert taken.words(50, 20, "first")
    assert not taken.words(60, 22, "second")
    assert taken.has_room(50, 60, "third")
    assert taken.words(50, 60, "third")


def test_text_is_escaped_and_a_drawing_is_taken_as_it_is():
    inner = svg.text((1, 2), "<script>&\"'", 'a"b')
    assert "<script>" not in inner
    assert "&lt;script&gt;&amp;&quot;&#x27;" in inner
    assert 'class="ch-text ch-start a&quot;b"' in inner
    assert svg.group("g", inner) == f'<g class="g">{inner}</g>'
    assert isinstance(svg.together([inner]), Drawing)


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "//elsewhere.example", "https://x.example/", "", "/\\x"]
)
def test_a_link_to_another_host_is_refused(address):
    with pytest.raises(ValueError, match="this host only"):
        svg.tag("a", href=address)


@pytest.mark.parametrize("name", ["style", "onclick", "onfocus"])
def test_no_element_has_a_style_or_a_handler(name):
    with pytest.raises(ValueError, match="does not belong"):
        svg.tag("rect", **{name: "x"})


@pytest.mark.parametrize("value", [nan, inf, -inf])
def test_what_is_no_number_is_not_drawn(value):
    with pytest.raises(ValueError, match="cannot be drawn"):
        svg.tag("rect", x=value)


@pytest.mark.parametrize(
    ("value", "written"), [(12.0, "12"), (12.34, "12.3"), (-0.01, "0"), (1e6, "1000000")]
)
def test_a_coordinate_has_one_place(value, written):
    assert svg.coordinate(value) == written


def test_the_rows_of_a_table_are_escaped_and_no_cell_stays_open() -> None:
    rows = [(Cell("<b>", "/a?b=1&c=2"), [(Cell("O'Neil", ""), False), (Cell(""), True)])]
    assert table.body(rows) == (
        '<tbody><tr><th scope="row"><a href="/a?b=1&amp;c=2">&lt;b&gt;</a></th>'
        '<td>O&#x27;Neil</td><td class="number"></td></tr></tbody>'
    )


def test_nothing_stands_behind_a_nought() -> None:
    assert table.body([(Cell("n"), [(Cell("0", "/a"), True)])]).count("<a ") == 0


def test_a_cell_leads_to_no_other_host() -> None:
    with pytest.raises(ValueError, match="this host"):
        table.body([(Cell("n", "https://elsewhere.example/"), [])])
