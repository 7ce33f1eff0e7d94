"""What a volunteer meets: simple touch only, and «not given» in two taps."""

from tests.journeys.conftest import Visit
from tests.journeys.steps import (
    button,
    chart_of,
    confirm_reminders,
    expect,
    link,
    score,
    sign_in,
    start_link,
)


def test_a_volunteer_is_offered_still_holding_and_resting_weight_only(visitor: Visit) -> None:
    # given a volunteer on the form of a session of simple touch
    volunteer = visitor()
    sign_in(volunteer, "volunteer")
    volunteer.go(start_link(volunteer, "Holding, Holm"))
    # then one technique and one pressure are there to choose
    expect(volunteer.page.locator("input[name=techniques]")).to_have_count(1)
    expect(volunteer.page.locator("input[name=techniques]")).to_have_value("still_holding")
    pressures = volunteer.page.locator("#pressure-hand_left option")
    expect(pressures).to_have_count(1)
    # when the volunteer saves the before-scores, then the session is in progress
    score(volunteer, "before", pain=3, mood=5)
    confirm_reminders(volunteer)
    volunteer.go(button(volunteer, "Save before-scores and start"))
    expect(volunteer.page.get_by_text("In progress", exact=True)).to_be_visible()


def test_a_session_not_given_is_recorded_in_two_taps_from_the_chart(visitor: Visit) -> None:
    # given a volunteer on the chart of somebody who sleeps
    volunteer = visitor()
    sign_in(volunteer, "volunteer")
    chart_of(volunteer, "Brunoson, Bruno")
    volunteer.taps = 0
    # when the volunteer says so
    volunteer.go(link(volunteer, "Not given"))
    volunteer.go(button(volunteer, "Asleep"))
    # then it is recorded, and counted as not given
    assert volunteer.taps == 2
    expect(volunteer.page.get_by_role("heading", name="Why it was not given")).to_be_visible()
    expect(volunteer.page.locator("main")).to_contain_text("Asleep")
