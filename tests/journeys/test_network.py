"""A supervisor of two clinics: both together, one of them, one of its patients from session on."""

import re

import pytest
from playwright.sync_api import Locator

from tests.journeys.conftest import Visit
from tests.journeys.hands import Keys, Pointer
from tests.journeys.steps import button, expect, link, sign_in
from tests.journeys.test_dashboards import TABLE, past_the_chart
from tests.journeys.visitor import Visitor
from tests.journeys.world import OF_TWO

QUESTION = "Are planned sessions happening, week by week?"
ANSWER = re.compile(r"Given: \d+ of \d+ planned sessions \(\d+\s%\)")
PLACE = "#switch-clinic"


@pytest.mark.parametrize("hands", [Pointer(), Keys()], ids=["phone", "keys-alone"])
def test_from_all_clinics_together_to_the_course_of_one_patient(
    visitor: Visit, hands: Pointer
) -> None:
    # given a supervisor of two clinics
    supervisor = visitor(wide=isinstance(hands, Keys))
    sign_in(supervisor, OF_TWO)
    page = supervisor.page
    # when the page of both together is opened, then a question has its answer, and a table opens
    hands.go(supervisor, link(supervisor, "Summary"))
    hands.go(supervisor, link(supervisor, "All clinics together"))
    answers = page.get_by_role("navigation", name="Questions and answers")
    expect(answers.get_by_role("listitem").filter(has_text=QUESTION)).to_contain_text(ANSWER)
    hands.unfold(supervisor, answers.get_by_role("link", name=QUESTION))
    part = page.get_by_role("region", name=QUESTION, exact=True)
    unfold_past_the_chart(supervisor, hands, part.locator("summary").filter(has_text=TABLE).first)
    expect(part.get_by_role("table").first).to_be_visible()
    # when the supervisor goes to one of the clinics, then its patients are there
    hands.unfold(supervisor, page.locator(".account summary"))
    choose_the_other(supervisor, hands)
    hands.go(supervisor, button(supervisor, "Switch clinic"))
    expect(page.locator(".account__clinic")).to_have_text(re.compile("^Harbour"))
    # and a patient's row leads to the scores from session to session
    hands.go(supervisor, page.locator("a.row", has_text="Farahson").first)
    hands.go(supervisor, link(supervisor, "Before and after, session by session"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Course")
    expect(page.locator("main a.row")).to_have_count(1)


def unfold_past_the_chart(visitor: Visitor, hands: Pointer, fold: Locator) -> None:
    """Open the table below a chart, whose points draw a ring of their own."""
    if isinstance(hands, Keys):
        past_the_chart(visitor, fold)
        visitor.page.keyboard.press("Enter")
    else:
        visitor.tap(fold)


def choose_the_other(visitor: Visitor, hands: Pointer) -> None:
    """Choose the clinic by the harbour in the account menu."""
    if isinstance(hands, Keys):
        visitor.focus_on(visitor.page.locator(PLACE))
        visitor.page.keyboard.type("Harbour")
    else:
        visitor.page.locator(PLACE).select_option(label="Harbour Cancer Center (Supervisor)")
