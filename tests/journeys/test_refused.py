"""A save that is refused says so where one looks: on the first screen, and with the focus."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator

from tests.journeys.conftest import Visit
from tests.journeys.steps import (
    button,
    chart_of,
    choice,
    expect,
    link,
    past_session,
    score,
    sign_in,
    start_link,
    tick_site,
)
from tests.journeys.visitor import Visitor

HEADINGS = ".error-summary__heading, .confirm-box__heading"


def forget_the_tick(visitor: Visitor) -> None:
    """Save a start without the tick that the reminders ask for."""
    visitor.go(start_link(visitor, "Refused, Rufus"))
    score(visitor, "before", pain=4, mood=4)
    visitor.go(button(visitor, "Save before-scores and start"))


def start_under_a_stop(visitor: Visitor) -> None:
    """Save a start where no consent is on record."""
    visitor.go(start_link(visitor, "Refusing, Rita"))
    score(visitor, "before", pain=4, mood=4)
    visitor.go(button(visitor, "Save before-scores and start"))


def pass_a_limit_without_a_reason(visitor: Visitor) -> None:
    """Save a past session at a site to avoid."""
    past_session(visitor, "Refused, Rufus")
    tick_site(visitor, "spine_thoracic", pressure=3)
    visitor.tap(visitor.page.locator("#id_confirmed"))
    visitor.go(button(visitor, "Save session"))


REFUSED = (forget_the_tick, start_under_a_stop, pass_a_limit_without_a_reason)


def is_in_view(target: Locator) -> bool:
    """Say whether the whole of something lies in the window, below the patient's name."""
    return target.evaluate(
        """(one) => {
          const box = one.getBoundingClientRect();
          const hit = document.elementFromPoint(box.left + 20, box.top + box.height / 2);
          return box.top >= 0 && box.bottom <= innerHeight && (one === hit || one.contains(hit));
        }"""
    )


@pytest.mark.parametrize("refused", REFUSED)
def test_what_holds_a_save_back_is_in_view_and_has_the_focus(
    visitor: Visit, refused: Callable[[Visitor], None]
) -> None:
    therapist = visitor()
    sign_in(therapist, "therapist")
    refused(therapist)
    assert therapist.status == 422
    assert therapist.page.title().startswith("Not saved yet: ")
    expect(therapist.page.locator("#question")).to_be_focused()
    assert is_in_view(therapist.page.locator(HEADINGS).first)


@pytest.mark.parametrize("refused", REFUSED)
def test_without_javascript_it_is_on_the_first_screen(
    visitor: Visit, refused: Callable[[Visitor], None]
) -> None:
    therapist = visitor(scripts=False)
    sign_in(therapist, "therapist")
    refused(therapist)
    assert therapist.status == 422
    assert therapist.page.evaluate("scrollY") == 0
    assert is_in_view(therapist.page.locator(HEADINGS).first)


def test_a_limit_leads_to_its_site(visitor: Visit) -> None:
    therapist = visitor()
    sign_in(therapist, "therapist")
    pass_a_limit_without_a_reason(therapist)
    therapist.tap(link(therapist, "Thoracic spine"))
    expect(therapist.page.locator("#site-spine_thoracic")).to_be_focused()
    expect(therapist.page.locator("#site-spine_thoracic")).to_be_in_viewport()


def test_going_back_to_a_sent_form_says_so_and_other_words_are_shown_beside_the_first(
    visitor: Visit,
) -> None:
    # given a past session that is saved, and the way back to its form
    therapist = visitor()
    sign_in(therapist, "therapist")
    past_session(therapist, "Backward, Bela")
    therapist.tap(therapist.page.locator("#id_confirmed"))
    therapist.go(button(therapist, "Save session"))
    therapist.page.go_back()
    expect(therapist.page.get_by_text("You have sent this form already.")).to_be_in_viewport()
    # when something else is typed and saved, then both versions are there
    therapist.page.get_by_label("Minutes").fill("45")
    therapist.go(button(therapist, "Save session"))
    assert therapist.status == 409
    expect(therapist.page.locator(".error-summary")).to_be_focused()
    expect(therapist.page.locator(".error-summary")).to_contain_text("30")
    expect(therapist.page.get_by_label("Minutes")).to_have_value("45")
    expect(choice(therapist, "pain_before", 6)).to_be_checked()
    # when the second is saved as another session, then there are both
    therapist.go(button(therapist, "Save as another session"))
    expect(therapist.page.get_by_text("Saved: the past session.")).to_be_visible()
    chart_of(therapist, "Backward, Bela")
    expect(therapist.page.locator("section[aria-labelledby=sessions]")).to_contain_text("45 min")


@pytest.mark.parametrize(
    ("width", "height", "position"), [(320, 256, "static"), (390, 844, "sticky")]
)
def test_on_a_low_screen_the_bars_go_with_the_page(
    visitor: Visit, width: int, height: int, position: str
) -> None:
    therapist = visitor()
    sign_in(therapist, "therapist")
    therapist.go(start_link(therapist, "Refused, Rufus"))
    therapist.page.set_viewport_size({"width": width, "height": height})
    for bar in (".identity", ".actions"):
        expect(therapist.page.locator(bar)).to_have_css("position", position)


def test_the_limits_end_above_the_bar_on_a_desk(visitor: Visit) -> None:
    therapist = visitor(wide=True)
    sign_in(therapist, "therapist")
    therapist.go(start_link(therapist, "Refused, Rufus"))
    foot = "(one) => one.getBoundingClientRect().bottom"
    limits = therapist.page.locator(".split__aside--sticky").evaluate(foot)
    head = "(one) => one.getBoundingClientRect().top"
    assert limits <= therapist.page.locator(".actions").evaluate(head)
