"""A supervisor asks the dashboards: by taps on a phone, by keys alone at a desk; and on paper."""

import re

from playwright.sync_api import Locator

from tests.journeys.conftest import Visit
from tests.journeys.steps import button, expect, link, sign_in
from tests.journeys.visitor import ONWARDS_AT_MOST, Visitor

QUESTION = "Are planned sessions happening? If not, why?"
TABLE = "The same numbers as a table"
PAGES = ("/summary/", "/summary/eyes/", "/summary/arms/")
# What paper cannot do: press, follow, unfold; and what of a grid lies over its neighbour on a page.
ON_PAPER = """() => {
  const seen = (one) => one.checkVisibility() && one.getClientRects().length;
  const all = (what) => [...document.querySelectorAll(what)];
  const words = (rows) => rows.map(one => one.textContent.trim().slice(0, 60));
  return {
    toPress: words(all("button, input, select, .button").filter(seen)),
    underlined: words(all("main *").filter(
      one => seen(one) && getComputedStyle(one).textDecorationLine.includes("underline"))),
    folded: all(".sheet table").filter(one => !seen(one)).length,
    laidOver: all(".sheet, .chart, .stack, main").filter(
      one => /grid|flex/.test(getComputedStyle(one).display)).length,
    wide: document.documentElement.scrollWidth > innerWidth,
    ground: getComputedStyle(document.body).backgroundColor,
  };
}"""


def past_the_chart(visitor: Visitor, fold: Locator) -> None:
    """Press Tab from point to point of the chart, each of which draws its own ring, to a fold."""
    for _ in range(ONWARDS_AT_MOST):
        visitor.page.keyboard.press("Tab")
        if fold.evaluate("one => one === document.activeElement"):
            return visitor.see_focus()
    raise AssertionError("Tab does not leave the chart")


def questions(visitor: Visitor) -> None:
    """Hold that the summary is shown, with its questions and answers."""
    expect(visitor.page.get_by_role("heading", name="Summary", exact=True)).to_be_visible()
    expect(visitor.page.get_by_role("heading", name=QUESTION)).to_be_attached()


def test_on_a_phone_a_number_leads_to_its_rows_and_back(visitor: Visit) -> None:
    supervisor = visitor()
    sign_in(supervisor, "supervisor")
    supervisor.go(link(supervisor, "Summary"))
    supervisor.taps = 0
    page = supervisor.page
    supervisor.tap(page.get_by_role("link", name=QUESTION, exact=True))
    part = page.get_by_role("region", name=QUESTION, exact=True)
    supervisor.tap(part.get_by_text(TABLE).first)
    number = part.get_by_role("row").get_by_role("link", name=re.compile(r"^[1-9]\d*$")).first
    told = number.inner_text()
    supervisor.go(number)
    expect(page.get_by_text(re.compile(rf"\b{told} sessions?\b")).first).to_be_visible()
    assert supervisor.taps == 3
    with page.expect_navigation():
        page.go_back()
    questions(supervisor)

    supervisor.tap(page.get_by_text("Choose days and sessions"))
    page.locator("select[name=protocol]").select_option("rest")
    supervisor.go(button(supervisor, "Show these"))
    assert "protocol=rest" in page.url
    expect(page.locator(".page-head__lead")).to_contain_text("protocol: REST")
    with page.expect_download() as file:
        supervisor.tap(part.get_by_role("link", name=re.compile("^These numbers as CSV")))
    assert file.value.suggested_filename.startswith("happening-")
    supervisor.open("/summary/?weeks=abc")
    assert supervisor.status == 422
    expect(page.get_by_text("by «weeks»: this page has no such filter")).to_be_visible()


def test_at_a_desk_the_keys_alone_go_the_same_way(visitor: Visit) -> None:
    supervisor = visitor(wide=True)
    sign_in(supervisor, "supervisor")
    supervisor.open("/summary/")
    page = supervisor.page
    part = page.get_by_role("region", name=QUESTION, exact=True)
    fold = part.locator("summary").filter(has_text=TABLE).first
    supervisor.focus_on(page.get_by_role("link", name=QUESTION, exact=True))
    page.keyboard.press("Enter")
    past_the_chart(supervisor, fold)
    page.keyboard.press("Enter")
    number = part.get_by_role("row").get_by_role("link", name=re.compile(r"^[1-9]\d*$")).first
    supervisor.focus_on(number)
    supervisor.press("Enter")
    assert "/summary/sessions/" in page.url


def test_on_paper_nothing_is_to_be_pressed_and_tables_stand_open(visitor: Visit) -> None:
    supervisor = visitor(wide=True, color_scheme="dark")
    sign_in(supervisor, "supervisor")
    page = supervisor.page
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 680, "height": 960})
    for where in PAGES:
        page.goto(supervisor.address + where)
        assert page.evaluate(ON_PAPER) == {
            "toPress": [], "underlined": [], "folded": 0, "laidOver": 0, "wide": False,
            "ground": "rgb(255, 255, 255)",
        }, where  # fmt: skip
