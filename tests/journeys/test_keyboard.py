"""The main job without a pointer: Tab, arrows, Space and Enter; the focus is always in sight."""

import pytest

from tests.journeys.conftest import Visit
from tests.journeys.steps import (
    button,
    change_shown,
    chart_of,
    choice,
    expect,
    link,
    sign_in,
    start_link,
)
from tests.journeys.visitor import Visitor
from tests.universe import PASSWORD


def test_a_session_can_be_logged_with_the_keyboard_alone(visitor: Visit) -> None:
    # given a therapist who has no mouse and no touch
    therapist = visitor()
    sign_in_by_keys(therapist)
    # when the therapist goes from the list to a saved session
    enter(therapist, start_link(therapist, "Keyboard, Kei"))
    tick(therapist, "#id_confirmed")
    rate(therapist, "pain_before", 6)
    rate(therapist, "mood_before", 3)
    enter(therapist, button(therapist, "Save before-scores and start"))
    enter(therapist, link(therapist, "Finish the session"))
    rate(therapist, "pain_after", 0)
    rate(therapist, "mood_after", 10)
    tick(therapist, "input[name=reaction][value=none]")
    enter(therapist, button(therapist, "Save after-scores"))
    # what was done is read first, and the next stop is on the page, not in its head
    expect(therapist.page.get_by_role("status").filter(has_text="Saved:")).to_be_focused()
    # then the session is there, and every stop of the focus was seen (see focus_on)
    expect(change_shown(therapist, "pain")).to_contain_text("+6 better")
    expect(change_shown(therapist, "mood")).to_contain_text("+7 better")


def test_the_sites_can_be_skipped_with_one_key(visitor: Visit) -> None:
    # given a therapist on the form of a past session, whose sites have a stop each and one for
    # the pressure
    therapist = visitor()
    sign_in_by_keys(therapist)
    enter(therapist, therapist.page.locator("a.row", has_text="Keyboard, Kei").first)
    enter(therapist, link(therapist, "Record a past session"))
    # when the link above them is taken
    therapist.focus_on(therapist.page.get_by_role("link", name="Skip the sites"))
    therapist.page.keyboard.press("Enter")
    # then the next stop is what comes after them, in sight
    therapist.page.keyboard.press("Tab")
    assert therapist.see_focus(choice(therapist, "reaction", "none").element_handle())


def test_what_is_unfolded_is_gone_to(visitor: Visit) -> None:
    # given a therapist on a form whose sites are folded to those that are planned
    therapist = visitor()
    sign_in(therapist, "therapist")
    therapist.go(start_link(therapist, "Limits, Lena"))
    unfold = therapist.page.locator("[data-show-all]")
    unfold.focus()
    folded = therapist.page.locator("[data-site][hidden] input").first.get_attribute("id")
    # when all are shown, by a key, then the focus is on the first that was not there, in sight
    therapist.page.keyboard.press("Enter")
    expect(unfold).to_have_attribute("aria-expanded", "true")
    first = therapist.page.locator(f"#{folded}")
    expect(first).to_be_focused()
    assert therapist.see_focus(first.element_handle())


def test_enter_on_a_score_saves_as_the_page_says(visitor: Visit) -> None:
    # given a wide screen with the scores before chosen by keys
    therapist = visitor(wide=True)
    sign_in(therapist, "therapist")
    therapist.go(start_link(therapist, "Adason, Ada"))
    expect(therapist.page.get_by_text("Enter does it too")).to_be_visible()
    rate(therapist, "pain_before", 2)
    rate(therapist, "mood_before", 2)
    # when Enter is pressed on the last of them, then the form is on its way
    with therapist.page.expect_request(lambda sent: sent.method == "POST") as sent:
        therapist.page.keyboard.press("Enter")
    assert "mood_before=2" in str(sent.value.post_data)


@pytest.mark.parametrize("wide", [False, True])
def test_backwards_through_the_form_nothing_that_has_the_focus_is_covered(
    visitor: Visit, wide: bool
) -> None:
    # given a therapist on the form of a past session, the longest of all pages, on a screen whose
    # bars stand still above and below
    therapist = visitor(wide=wide)
    sign_in_by_keys(therapist)
    enter(therapist, therapist.page.locator("a.row", has_text="Keyboard, Kei").first)
    enter(therapist, link(therapist, "Record a past session"))
    # when the focus walks back from the last thing to the first
    # then it is seen at every stop
    therapist.page.locator(".actions .button").last.focus()
    for _ in range(60):
        therapist.page.keyboard.press("Shift+Tab")
        therapist.see_focus()


def sign_in_by_keys(visitor: Visitor) -> None:
    """Sign in: the first field has the focus when the page opens."""
    visitor.open("/sign-in/")
    expect(visitor.page.get_by_label("E-mail address")).to_be_focused()
    visitor.page.keyboard.type("therapist@birchwood.example")
    visitor.focus_on(visitor.page.get_by_label("Password"))
    visitor.page.keyboard.type(PASSWORD)
    visitor.press("Enter")


def enter(visitor: Visitor, target: object) -> None:
    """Go to a link or button by Tab and press Enter on it."""
    visitor.focus_on(target)
    visitor.press("Enter")


def tick(visitor: Visitor, selector: str) -> None:
    """Go to a box or radio button by Tab and press Space on it."""
    visitor.focus_on(visitor.page.locator(selector))
    visitor.page.keyboard.press("Space")
    expect(visitor.page.locator(selector)).to_be_checked()


def rate(visitor: Visitor, name: str, value: int) -> None:
    """Go to a score by Tab, take its 0 with Space, and go up with the arrow."""
    visitor.focus_on(choice(visitor, name, 0))
    visitor.page.keyboard.press("Space")
    for _ in range(value):
        visitor.page.keyboard.press("ArrowRight")
        visitor.see_focus()
    expect(choice(visitor, name, value)).to_be_checked()


def test_enter_in_the_form_saves_and_a_tapped_dose_keeps_what_was_typed(visitor: Visit) -> None:
    # given a start form with a score and a heart rate
    therapist = visitor()
    sign_in(therapist, "therapist")
    chart_of(therapist, "Adason, Ada")
    therapist.go(link(therapist, "Start a session"))
    rate(therapist, "pain_before", 5)
    heart = therapist.page.get_by_label("Heart rate before")
    heart.fill("72")
    # when a dose is tapped, then it stands in the form and nothing typed is lost
    therapist.tap(therapist.page.locator("summary", has_text="Beside the touch"))
    therapist.go(button(therapist, "Breakthrough dose 30 min ago"))
    assert therapist.status == 200
    expect(therapist.page.get_by_text("good time to begin")).to_be_visible()
    expect(choice(therapist, "pain_before", 5)).to_be_checked()
    expect(heart).to_have_value("72")
    expect(therapist.page.get_by_text("You have sent this form already.")).to_be_hidden()
    # when Enter is pressed in a field, then the form is saved, and no dose is recorded
    heart.press("Enter")
    expect(therapist.page.get_by_text("Nothing is saved yet").first).to_be_visible()
    expect(therapist.page.get_by_text("Breakthrough dose just now")).to_have_count(0)
