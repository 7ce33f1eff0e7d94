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
