"""A stop: no consent on record. Nobody is locked out of recording what has happened."""

from tests.journeys.conftest import Visit
from tests.journeys.steps import (
    button,
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


def test_a_stop_keeps_a_therapist_from_starting_and_not_from_recording(visitor: Visit) -> None:
    # given a therapist at the bed of somebody whose consent is not on record
    therapist = visitor()
    sign_in(therapist, "therapist")
    therapist.go(start_link(therapist, "Refusing, Rita"))
    score(therapist, "before", pain=4, mood=4)
    # when the therapist tries to start, then it is refused with the reason, and nothing is lost
    therapist.go(button(therapist, "Save before-scores and start"))
    assert therapist.status == 422
    refusal = therapist.page.locator("#question")
    expect(refusal).to_contain_text("not to be started")
    expect(refusal).to_contain_text("consent", ignore_case=True)
    expect(choice(therapist, "pain_before", 4)).to_be_checked()
    # when one that has happened is recorded, then it is stored
    past_session(therapist, "Refusing, Rita")
    save_what_was_done(therapist)
    assert therapist.status == 422
    expect(therapist.page.locator("#question")).to_contain_text("A stop stood against this session")
    therapist.page.get_by_label("Reason").fill("She had agreed at the bedside.")
    therapist.go(button(therapist, "Save session"))
    expect(therapist.page.get_by_text("Given", exact=True)).to_be_visible()


def test_a_supervisor_may_start_in_spite_of_a_stop_with_a_reason(visitor: Visit) -> None:
    # given a supervisor who starts the same session
    supervisor = visitor()
    sign_in(supervisor, "supervisor")
    supervisor.go(start_link(supervisor, "Refusing, Rita"))
    score(supervisor, "before", pain=4, mood=4)
    # when there is no reason, then it is asked for
    supervisor.go(button(supervisor, "Save before-scores and start"))
    assert supervisor.status == 422
    # when it is given, then the session is in progress
    supervisor.page.get_by_label("Reason").fill("Said yes to the nurse in charge.")
    supervisor.tap(supervisor.page.locator("#id_confirmed"))
    supervisor.go(button(supervisor, "Save before-scores and start"))
    expect(supervisor.page.get_by_text("In progress", exact=True)).to_be_visible()
    expect(link(supervisor, "Finish the session")).to_be_visible()


def save_what_was_done(visitor: Visitor) -> None:
    """Say what was done, answer the reminders, save; a second time where the limits ask why."""
    visitor.tap(choice(visitor, "techniques", "still_holding"))
    tick_site(visitor, "hand_left", pressure=0)
    visitor.tap(visitor.page.locator("#id_confirmed"))
    visitor.go(button(visitor, "Save session"))
