"""What is allowed today: metastases in spine and left thigh, a port, an old count of platelets."""

import re

import pytest
from playwright.sync_api import Locator

from tests.journeys.conftest import Visit
from tests.journeys.steps import button, choice, expect, show_all_sites, sign_in, start_link
from tests.journeys.test_keyboard import enter, rate, sign_in_by_keys
from tests.journeys.visitor import Visitor

NO_CONTACT = {"spine_thoracic", "thigh_front_left", "thigh_back_left", "chest_right"}
SAVE = "Save before-scores and start"


def region(visitor: Visitor, code: str, view: str = "front") -> Locator:
    return visitor.page.locator(f"svg[data-view={view}] [data-site={code}]")


def answer(visitor: Visitor, value: str) -> Locator:
    """Find a button of the block «Before you begin» by what it answers."""
    return visitor.page.locator(f"#before button[value^='{value}']").first


def hatched(visitor: Visitor) -> set[str]:
    """The regions that are drawn as no contact."""
    drawn = visitor.page.locator("[data-site][fill$='-hatch)']")
    return set(drawn.evaluate_all("all => all.map(one => one.dataset.site)"))


def back_to(visitor: Visitor, target: Locator) -> None:
    """Press Shift+Tab until the target has the focus; each stop must be in sight."""
    visitor.focus_on(target, "Shift+Tab")


def record_count_by_keys(visitor: Visitor, value: str) -> None:
    """Fill in the page of the new count, and come back to the form."""
    visitor.focus_on(visitor.page.get_by_label("Value"))
    visitor.page.keyboard.type(value)
    visitor.focus_on(visitor.page.get_by_label("Unit"))
    visitor.page.keyboard.type("10")
    visitor.focus_on(visitor.page.get_by_label("Who says so"))
    visitor.page.keyboard.type("lab, today")
    visitor.press("Enter")


def is_told_of_the_thigh_and_unticks_it(visitor: Visitor) -> None:
    """Send the form with a site without contact: it is not saved, and the answer leads there."""
    enter(visitor, button(visitor, SAVE))
    assert visitor.status == 422
    told = "Left thigh, front: pressure 0, limit no contact"
    expect(visitor.page.locator("#question")).to_contain_text(told)
    visitor.focus_on(visitor.page.locator("#question a[href='#site-thigh_front_left']"))
    visitor.page.keyboard.press("Enter")
    expect(visitor.page.locator("#site-thigh_front_left")).to_be_focused()
    visitor.page.keyboard.press("Space")


def test_with_the_keyboard_alone_a_count_is_renewed_and_a_limit_holds(visitor: Visit) -> None:
    # given a therapist without a pointer, on the form of a patient whose count is 18 days old
    therapist = visitor()
    sign_in_by_keys(therapist)
    enter(therapist, start_link(therapist, "Mapped, Mara"))
    expect(therapist.page.locator("#before")).to_contain_text("Platelet count 34")
    expect(region(therapist, "hand_left")).to_have_attribute("data-limit", re.compile("pressure 1"))
    # when the new value is recorded from the form, with a score given already
    rate(therapist, "pain_before", 6)
    back_to(therapist, answer(therapist, "new:platelets"))
    therapist.press("Enter")
    record_count_by_keys(therapist, "62")
    # then the form is as it was, the block has the focus, and the limits are today's
    expect(therapist.page.locator("#before")).to_be_focused()
    expect(therapist.page.locator("#before")).to_contain_text("Saved: platelet count.")
    expect(choice(therapist, "pain_before", 6)).to_be_checked()
    assert hatched(therapist) == NO_CONTACT
    expect(region(therapist, "hand_left")).to_have_attribute("data-limit", re.compile("pressure 2"))
    # when a site without contact is ticked in the list, then its limit is said there
    rate(therapist, "mood_before", 3)
    therapist.focus_on(therapist.page.locator("[data-show-all]"))
    therapist.page.keyboard.press("Enter")
    therapist.focus_on(therapist.page.locator("#site-thigh_front_left"))
    therapist.page.keyboard.press("Space")
    message = therapist.page.locator(".site:has(#site-thigh_front_left) [data-message]")
    expect(message).to_contain_text("Limit here: no contact")
    # and the session is not started with it: it is unticked where the answer leads
    is_told_of_the_thigh_and_unticks_it(therapist)
    back_to(therapist, therapist.page.locator("#id_confirmed"))
    if not therapist.page.locator("#id_confirmed").is_checked():
        therapist.page.keyboard.press("Space")
    enter(therapist, button(therapist, SAVE))
    assert therapist.status == 200
    expect(therapist.page.locator("main")).to_contain_text("The session is in progress")


def test_a_tap_on_a_site_without_contact_interrupts(visitor: Visit) -> None:
    therapist = visitor()
    sign_in(therapist, "therapist")
    therapist.go(start_link(therapist, "Tapped, Tilda"))
    therapist.tap(therapist.page.locator("summary", has_text="Body map"))
    therapist.tap(region(therapist, "thigh_front_left"))
    said = therapist.page.locator("[data-said]")
    expect(said).to_contain_text("Patient's left thigh, front: no contact (Bone metastasis")
    expect(said).to_be_in_viewport()
    expect(therapist.page.locator("#site-thigh_front_left")).not_to_be_checked()
    therapist.look()
    therapist.tap(button(therapist, "Leave it unticked"))
    assert therapist.page.locator("#site-thigh_front_left:checked").count() == 0


@pytest.mark.parametrize("colours", ["black on white", "chosen by the person"])
def test_on_paper_and_in_chosen_colours_the_map_says_its_limits(
    visitor: Visit, colours: str
) -> None:
    therapist = visitor(forced_colors="active") if "person" in colours else visitor()
    sign_in(therapist, "therapist")
    therapist.go(start_link(therapist, "Tapped, Tilda"))
    if "white" in colours:
        therapist.page.emulate_media(media="print")
        # on paper both figures stand, the answer of a tap does not, nor a page of questions
        for view in ("front", "back"):
            expect(therapist.page.locator(f"svg[data-view={view}]")).to_be_visible()
        expect(therapist.page.locator(".body-map__answer")).to_be_hidden()
        expect(therapist.page.locator(".before__topic").first).to_be_hidden()
        expect(therapist.page.locator("#before")).to_contain_text("Platelet count 34")
    inks = therapist.page.locator("[id$='front-hatch']").evaluate(
        """(one) => ["bm-none-line", "bm-none-ground"].map((name) => {
          const style = getComputedStyle(one.querySelector(`.${name}`));
          return name === "bm-none-line" ? style.stroke : style.fill;
        })"""
    )
    assert inks == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]


def test_at_400_percent_the_chart_says_the_limits_of_the_body(visitor: Visit) -> None:
    therapist = visitor()
    sign_in(therapist, "therapist")
    therapist.page.set_viewport_size({"width": 320, "height": 256})
    therapist.go(start_link(therapist, "Tapped, Tilda"))
    therapist.go(therapist.page.locator("a.identity__name"))
    therapist.tap(therapist.page.locator("summary", has_text="Limits on the body"))
    front, back = (
        therapist.page.locator(f"svg[data-view={view}]").bounding_box()
        for view in ("front", "back")
    )
    assert back["y"] >= front["y"] + front["height"]  # one below the other, each as wide as may be
    assert front["width"] > 200
    told = therapist.page.locator(".body-map__told")
    expect(told).to_contain_text("No contact (Bone metastasis")
    expect(told).to_contain_text("right chest")
    therapist.look()


def test_without_javascript_an_answer_loses_nothing(visitor: Visit) -> None:
    therapist = visitor(scripts=False)
    sign_in(therapist, "therapist")
    therapist.go(start_link(therapist, "Plain, Nora"))
    show_all_sites(therapist)
    therapist.tap(choice(therapist, "pain_before", 6))
    therapist.tap(therapist.page.locator("#site-scalp"))
    therapist.go(answer(therapist, "unknown:"))
    expect(therapist.page.locator("#before")).to_contain_text("asked, not known. Its limits stay.")
    expect(choice(therapist, "pain_before", 6)).to_be_checked()
    expect(therapist.page.locator("#site-scalp")).to_be_checked()
    expect(therapist.page.locator("main")).to_contain_text("Platelets 34,000/µL")
    # and the Enter key in a field saves: it presses no answer
    box = therapist.page.locator("input[name=heart_rate_before]")
    box.fill("72")
    with therapist.page.expect_navigation():
        box.press("Enter")
    assert therapist.status == 422
    expect(therapist.page.locator(".error-summary")).to_be_visible()
