"""Wrong on purpose: a limit passed, minutes and times that cannot be. Nothing typed is lost."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import Locator

from tests.journeys.conftest import Visit
from tests.journeys.steps import (
    button,
    choice,
    expect,
    link,
    past_session,
    reminder_of_limit,
    sign_in,
    tick_site,
)
from tests.journeys.visitor import Visitor

REASON = "Given before the CT report came."


def test_a_passed_limit_asks_for_a_reason_and_is_shown_to_the_supervisor(visitor: Visit) -> None:
    # given a therapist who writes down that a site to avoid was treated
    therapist, supervisor = visitor(), visitor(wide=True)
    sign_in(therapist, "therapist")
    past_session(therapist, "Limits, Lena")
    # when the site is ticked, then the limit is told at that site
    tick_site(therapist, "spine_thoracic", pressure=3)
    said = therapist.page.locator("[data-site]", has=therapist.page.locator("#site-spine_thoracic"))
    expect(said.locator("[data-message]")).to_contain_text("Limit here")
    # when it is saved all the same, then a reason is asked for and all that was typed is kept
    therapist.go(button(therapist, "Save session"))
    assert therapist.status == 422
    expect(reminder_of_limit(therapist)).to_contain_text("Beyond today's limits")
    all_is_kept(therapist)
    expect(therapist.page.locator("#site-spine_thoracic")).to_be_checked()
    # when the reason is given, then it is stored, flagged, and the supervisor sees it
    answer(therapist, REASON)
    expect(therapist.page.locator(".notice--error")).to_contain_text(REASON)
    sign_in(supervisor, "supervisor")
    supervisor.open("/summary/")
    supervisor.go(link(supervisor, "What needs your eyes"))
    supervisor.go(supervisor.page.locator("section a.row", has_text=REASON))
    expect(supervisor.page.locator(".notice--error")).to_contain_text(REASON)


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("Minutes", "0", "Minutes: a whole number from 1 to 240."),
        ("Minutes", "30e", "Minutes: a whole number from 1 to 240."),
        ("Day", "tomorrow", "Day: this day is still to come."),
    ],
)
def test_what_cannot_be_is_told_at_its_field(
    visitor: Visit, field: str, typed: str, message: str
) -> None:
    # given a filled-in form with one impossible value
    therapist = visitor()
    sign_in(therapist, "therapist")
    past_session(therapist, "Typing, Tomas")
    tomorrow = (date.today() + timedelta(days=2)).isoformat()  # noqa: DTZ011 - beyond any zone's
    therapist.page.get_by_label(field).fill(tomorrow if typed == "tomorrow" else typed)
    # when it is saved
    therapist.go(button(therapist, "Save session"))
    # then the message stands at the field, the summary has the focus, and nothing is lost
    assert therapist.status == 422
    expect(therapist.page.locator(".field--error .field__error")).to_have_text(message)
    expect(therapist.page.locator(".error-summary")).to_be_focused()
    all_is_kept(therapist, but=field)


def all_is_kept(visitor: Visitor, but: str = "") -> None:
    """Hold that scores, sites, times and text are as `past_session` typed them."""
    for name, value in (("pain_before", 6), ("mood_before", 0), ("mood_after", 2)):
        expect(choice(visitor, name, value)).to_be_checked()
    expect(visitor.page.locator("#site-hand_left")).to_be_checked()
    expect(visitor.page.get_by_label("S: what the patient said")).to_have_value(
        "Slept well; «lighter»."
    )
    for label, value in (("Start time", "10:00"), ("Minutes", "30")):
        if label != but:
            expect(visitor.page.get_by_label(label)).to_have_value(value)


def answer(visitor: Visitor, reason: str) -> None:
    """Give a reason, tick that the reminders were read, and save again."""
    visitor.page.get_by_label("Reason").fill(reason)
    visitor.tap(visitor.page.locator("#id_confirmed"))
    visitor.go(button(visitor, "Save session"))


def on_the_map(visitor: Visitor, view: str, site: str) -> Locator:
    """Find what answers for a site: its region, or the unseen disc over a small one."""
    figure = visitor.page.locator(f"svg[data-view={view}]")
    return figure.locator(f"path[data-site={site}], [data-hit={site}]").last


def test_a_tap_on_the_map_where_there_is_no_contact_asks_first(visitor: Visit) -> None:
    # given a therapist before the form of somebody with a metastasis in the thoracic spine
    therapist = visitor(wide=True)
    sign_in(therapist, "therapist")
    past_session(therapist, "Limits, Lena")
    spine = on_the_map(therapist, "back", "spine_thoracic")
    box = therapist.page.locator("#site-spine_thoracic")
    # when it is tapped on the map, then it stays unticked and the limit is said with its reason
    spine.click()
    expect(box).not_to_be_checked()
    said = therapist.page.locator("[data-said]")
    expect(said).to_contain_text("thoracic spine: no contact (Bone metastasis: sites to avoid)")
    # when the therapist goes on with a reason, then the list has it, and saving asks for the reason
    therapist.page.get_by_role("button", name="Go on with a reason").click()
    expect(box).to_be_checked()
    expect(therapist.page.get_by_role("button", name="Go on with a reason")).to_be_hidden()
    # another site is ticked at once, in the list too, and read back
    on_the_map(therapist, "front", "shin_left").click()
    expect(therapist.page.locator("#site-shin_left")).to_be_checked()
    expect(said).to_contain_text("Patient's left shin")
    therapist.go(button(therapist, "Save session"))
    assert therapist.status == 422
    expect(reminder_of_limit(therapist)).to_contain_text("Beyond today's limits")
    expect(box).to_be_checked()
