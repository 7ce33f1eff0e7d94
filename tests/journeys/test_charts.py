"""Charts in a real browser: one sheet at a time, legible, each point reached by the keyboard."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from sessions_app.charts.lettering import width
from tests.bodymap.page import ADDRESS, serve
from tests.charts.examples import EXAMPLES
from tests.charts.page import html
from tests.journeys.visitor import DESKTOP, PHONE, Visitor

DRAWN = len(EXAMPLES) - 1
SMALLEST_WORDS = 11
"""Pixels; the words of a chart are never shown smaller."""

SEEN = """() => [...document.querySelectorAll(".chart__svg")]
  .filter(one => one.getClientRects().length).map(one => ({
    name: one.classList[1], left: one.getBoundingClientRect().left,
    right: one.getBoundingClientRect().right, scale: one.getScreenCTM().a,
    words: [...one.querySelectorAll("text")].flatMap(text => {
      const lines = text.querySelectorAll("tspan");
      return [...(lines.length ? lines : [text])].map(
        line => [line.textContent, line.getComputedTextLength()]);
    })}))"""
Look = Callable[..., Visitor]


@pytest.fixture
def look(browser: Browser) -> Iterator[Look]:
    """Return a function that opens the example charts; they are examined as every page is."""
    opened: list[Visitor] = []

    def arrive(*, wide: bool = False, **more: Any) -> Visitor:
        screen = {"viewport": DESKTOP} if wide else {"viewport": PHONE, "has_touch": True}
        context = browser.new_context(**screen, **more)
        serve(context, {"charts": html})
        opened.append(Visitor(context, ADDRESS.rstrip("/"), scripts=True))
        opened[-1].open("/charts")
        return opened[-1]

    yield arrive
    for one in opened:
        one.context.close()
    assert not [complaint for one in opened for complaint in one.complaints]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("wide", [False, True])
def test_each_chart_shows_one_sheet_whose_words_fit_and_can_be_read(look, wide, theme):
    page = look(wide=wide, color_scheme=theme).page
    seen = page.evaluate(SEEN)
    names = [one["name"] for one in seen]
    wides = DRAWN if wide else 0
    assert names.count("chart__svg--wide") == wides
    assert names.count("chart__svg--narrow") == 2 * DRAWN - wides
    for one in seen:
        assert 13 * one["scale"] >= SMALLEST_WORDS
        assert one["left"] >= 0
        assert one["right"] <= page.viewport_size["width"]
        too_wide = [(said, is_) for said, is_ in one["words"] if is_ > width(said) + 0.5]
        assert too_wide == []


def test_the_keyboard_goes_from_point_to_point_of_the_sheet_that_is_seen(look):
    page = look(wide=True).page
    page.locator("#run-chart .chart__svg--wide a").first.focus()
    told = []
    for _ in range(3):
        told.append(page.evaluate("document.activeElement.getAttribute('aria-label')"))
        page.keyboard.press("Tab")
    assert told == [
        *("Week from 1 Sep 2025: 1.4, Sessions 8", "Week from 8 Sep 2025: 2.1, Sessions 9"),
        "Week from 15 Sep 2025: 1.2, Sessions 10",
    ]
    hidden = page.locator("#run-chart .chart__svg--narrow a").first
    hidden.evaluate("one => one.focus()")
    assert not hidden.evaluate("one => one === document.activeElement")


def test_the_same_numbers_are_a_table_that_opens(look):
    page = look().page
    chart = page.locator("#band-table")
    chart.get_by_text("The same numbers as a table").click()
    assert chart.get_by_role("row", name="4–6").get_by_role("cell").all_inner_texts() == [
        *("12", "61", "34", "1", "108"),
    ]
