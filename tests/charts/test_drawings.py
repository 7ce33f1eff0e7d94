"""What holds for every chart with any numbers: on the sheet, legible, escaped, true."""

import re
from itertools import combinations
from xml.etree.ElementTree import Element

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sessions_app.charts.chart import SIZES, Chart
from sessions_app.charts.svg import Drawing
from tests.charts.reading import overlap, points, read, sheet, words
from tests.charts.strategies import CHARTS

KINDS = [pytest.param(kind, id=name) for name, kind in CHARTS.items()]
EXAMPLES = min(40, settings().max_examples)
SIZED = st.sampled_from(SIZES)
FORBIDDEN = re.compile(
    r"<script|<style|\sstyle=|\son[a-z]+=|javascript:|https?:|NaN|\bnan\b|\binf\b"
)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(data=st.data())
def test_any_chart_is_a_true_and_legible_picture_or_a_sentence(kind, data):
    chart, size = data.draw(kind), data.draw(SIZED)
    head, rows = chart.head(), chart.table
    assert all(len(row) == len(head) for row in rows)
    drawing = chart.draw(size, "c")
    if not drawing:
        assert chart.answer == chart.lacking
        assert chart.lacking.endswith(".")
        return
    tree = read(drawing)
    assert rows
    assert chart.own_summary().endswith(".")
    assert sheet(tree)[0] == size.width
    is_drawn_on_the_sheet(tree)
    has_words_that_can_be_read(tree)
    is_markup_of_ours_only(drawing)
    says_what_it_is(chart, tree)
    leads_nowhere_that_the_table_does_not(chart, tree)


def is_drawn_on_the_sheet(tree: Element) -> None:
    width, height = sheet(tree)
    for x, y in points(tree):
        assert -0.1 <= x <= width + 0.1, (x, y)
        assert -0.1 <= y <= height + 0.1, (x, y)


def has_words_that_can_be_read(tree: Element) -> None:
    """No words leave the sheet, and none lie on others."""
    width, height = sheet(tree)
    boxes = list(words(tree))
    for said, (left, top, right, bottom) in boxes:
        assert left >= -0.5, said
        assert right <= width + 0.5, said
        assert top >= -0.5, said
        assert bottom <= height + 0.5, said
    meeting = [(a, b) for (a, one), (b, other) in combinations(boxes, 2) if overlap(one, other)]
    assert meeting == []


def is_markup_of_ours_only(drawing: Drawing) -> None:
    assert not FORBIDDEN.search(re.sub(r">[^<]*<|aria-label=\"[^\"]*\"", "><", drawing))
    ids = re.findall(r' id="([^"]+)"', drawing)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r"url\(#([^)]+)\)", drawing)) <= set(ids)


def says_what_it_is(chart: Chart, tree: Element) -> None:
    assert tree.findtext("title") == chart.title
    assert tree.findtext("desc", "").startswith(chart.answer.rstrip("."))
    assert tree.attrib["aria-labelledby"] == "c-title c-desc"
    links = list(tree.iter("a"))
    assert tree.attrib["role"] == ("group" if links else "img")
    assert all(link.attrib["aria-label"] == link.findtext("title") for link in links)


def leads_nowhere_that_the_table_does_not(chart: Chart, tree: Element) -> None:
    drawn = {link.attrib["href"] for link in tree.iter("a")}
    assert drawn <= {cell.href for row in chart.table for cell in row}
