"""A chart on a page of the product: answer, picture, table, and nothing that the CSP refuses."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.template import engines

from tests.charts.examples import EXAMPLES
from tests.charts.page import component, html

STYLES = Path(__file__).resolve().parents[2] / "sessions_app/static/sessions_app/css/charts.css"


@pytest.mark.parametrize("name", [name for name in EXAMPLES if name != "empty"])
def test_a_chart_has_its_answer_both_sheets_what_it_counts_and_its_table(name):
    shown, page = EXAMPLES[name], component(name)
    assert re.search(r'<p class="chart__answer">[^<]+</p>\s*<div class="chart__sheet"><svg', page)
    assert re.findall(r"<svg [^>]*chart__svg--(\w+)", page) == ["wide", "narrow"]
    assert shown.counted in page
    assert page.count("<tr>") == 1 + len(shown.rows())
    assert page.count('scope="row"') == len(shown.rows())
    assert f"<caption>{shown.title}</caption>" in page
    links = {one.href for row in shown.rows() for one in row if one.href and one.words != "0"}
    assert links == set(re.findall(r'href="([^"]+)"', page.split("<table>")[1]))


def test_too_little_is_a_sentence_on_the_page():
    page = component("empty")
    assert "Needs 2 weeks with numbers; there is 1." in page
    assert "<svg" not in page


def test_what_was_typed_is_escaped_once():
    shown = replace(EXAMPLES["funnel"], title="<b>&", summary="<i>")
    page = engines["django"].from_string("{% load charts %}{% chart c 'x' %}").render({"c": shown})
    assert "<b>" not in page
    assert "<i>" not in page
    assert "&lt;b&gt;&amp;</title>" in page
    assert "&amp;lt;" not in page


def test_a_page_of_charts_shares_no_id_and_carries_no_style():
    page = html()
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=", page)


def test_every_class_of_a_drawing_has_its_looks():
    styles = STYLES.read_text(encoding="utf-8")
    drawn = " ".join(re.findall(r'class="([^"]+)"', "".join(c.draw() for c in EXAMPLES.values())))
    known = set(re.findall(r"\.(ch[\w-]*)", styles))
    groups = {"ch-axis", "ch-point", "ch-cross", "ch-signal", "ch-theirs", "ch-plain"}
    assert {name for name in drawn.split() if name.startswith("ch")} <= known | groups | {
        f"ch-part--{kind}" for kind in ("stripes", "dots", "bars", "crossed", "steps")
    } | {"ch-square--worse"}
