"""Letters of twice the size, as a browser's own setting: nothing falls apart and nothing is cut."""

import pytest

from tests.journeys.conftest import Visit
from tests.journeys.steps import chart_of, sign_in, start_link

TWICE = {"fontSizes": {"standard": 32, "fixed": 26}}
# What is wider than the screen, and words of which few letters stand in a line.
AMISS = """() => [
  ...(document.documentElement.scrollWidth > innerWidth ? ["the page is too wide"] : []),
  ...[...document.querySelectorAll("h1:not(.hush), .row__title, .site__choice span")]
    .filter((one) => one.checkVisibility() && one.innerText.length > 6)
    .filter((one) => one.getBoundingClientRect().width < 80)
    .map((one) => one.innerText),
]"""


@pytest.mark.parametrize("page", ["the list", "the form", "the chart"])
def test_a_phone_with_large_letters_shows_whole_words(visitor: Visit, page: str) -> None:
    therapist = visitor()
    sign_in(therapist, "therapist")
    if page == "the form":
        therapist.go(start_link(therapist, "Phone, Paula"))
    elif page == "the chart":
        chart_of(therapist, "Phone, Paula")
    setting = therapist.context.new_cdp_session(therapist.page)
    setting.send("Page.setFontSizes", TWICE)
    therapist.page.wait_for_function("getComputedStyle(document.documentElement).fontSize > '30'")
    assert therapist.page.evaluate(AMISS) == []


# Which buttons of a page lie under something else although they were scrolled to.
COVERED = """() => [...document.querySelectorAll(".emergency-button, .actions .button")]
  .filter((one) => {
    one.scrollIntoView({ block: "nearest" });
    const { left, right, top, bottom } = one.getBoundingClientRect();
    return [[left + 3, top + 3], [right - 3, bottom - 3], [(left + right) / 2, (top + bottom) / 2]]
      .some(([x, y]) => !one.contains(document.elementFromPoint(x, y)));
  })
  .map((one) => one.innerText)"""


@pytest.mark.parametrize("by", ["the browser's setting", "the letters alone"])
def test_large_letters_let_no_bar_cover_what_can_be_pressed(visitor: Visit, by: str) -> None:
    therapist = visitor()
    sign_in(therapist, "therapist")
    therapist.go(start_link(therapist, "Phone, Paula"))
    if by == "the letters alone":  # no media query sees it
        therapist.page.evaluate("document.documentElement.style.fontSize = '32px'")
    else:
        setting = therapist.context.new_cdp_session(therapist.page)
        setting.send("Page.setFontSizes", TWICE)
    therapist.page.wait_for_function("getComputedStyle(document.documentElement).fontSize > '30'")
    therapist.page.evaluate("scrollTo(0, 0)")
    assert therapist.page.evaluate(COVERED) == []
    therapist.page.evaluate("scrollTo(0, 0)")
    bar = therapist.page.locator(".actions").bounding_box()
    assert bar["y"] > therapist.page.viewport_size["height"]  # it goes with the page
