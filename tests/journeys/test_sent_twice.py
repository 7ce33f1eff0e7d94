"""A form that is sent twice is one session."""

from tests.journeys.conftest import Visit
from tests.journeys.steps import (
    button,
    chart_of,
    confirm_reminders,
    expect,
    past_session,
    score,
    sessions_on_chart,
    sign_in,
    start_link,
)


def test_two_quick_taps_on_save_make_one_session(visitor: Visit) -> None:
    # given a filled-in start form
    therapist = visitor()
    sign_in(therapist, "therapist")
    therapist.go(start_link(therapist, "Double, Dora"))
    score(therapist, "before", pain=5, mood=5)
    confirm_reminders(therapist)
    # when Save is tapped twice
    button(therapist, "Save before-scores and start").dblclick()
    expect(therapist.page.get_by_text("In progress", exact=True)).to_be_visible()
    # then there is one session more than before
    chart_of(therapist, "Double, Dora")
    expect(sessions_on_chart(therapist)).to_have_count(2)


def test_going_back_and_saving_again_makes_no_second_session(visitor: Visit) -> None:
    # given a session that is saved
    therapist = visitor()
    sign_in(therapist, "therapist")
    past_session(therapist, "Return, Rosa")
    confirm_reminders(therapist)
    therapist.go(button(therapist, "Save session"))
    saved = therapist.page.url
    # when the therapist goes back and saves the same form again
    therapist.page.go_back()
    therapist.go(button(therapist, "Save session"))
    # then the first session is the answer, and the only one
    assert therapist.page.url == saved
    chart_of(therapist, "Return, Rosa")
    expect(sessions_on_chart(therapist)).to_have_count(2)
