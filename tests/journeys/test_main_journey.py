"""The main job on a phone: a therapist logs a session, the supervisor sees it counted."""

from tests.journeys.conftest import Visit
from tests.journeys.steps import (
    change_shown,
    expect,
    finish_session,
    given_so_far,
    link,
    sessions_on_chart,
    sign_in_anew,
    start_session,
)

TAPS_OF_A_REPEAT_SESSION = 10
BUDGET = 12
COURSE = "REST"


def test_a_therapist_logs_a_session_on_a_phone_and_the_supervisor_sees_it(visitor: Visit) -> None:
    # given a supervisor who knows how many sessions there were, and a therapist at a bed
    supervisor, therapist = visitor(wide=True), visitor()
    sign_in_anew(supervisor, "supervisor")
    before = given_so_far(supervisor, COURSE)
    sign_in_anew(therapist, "therapist")
    expect(therapist.page.get_by_role("heading", name="Today")).to_be_visible()
    # when the therapist gives a session as last time
    therapist.taps = 0
    start_session(therapist, "Phone, Paula", pain=6, mood=3)
    finish_session(therapist, pain=4, mood=6)
    taps = therapist.taps
    print(f"taps of a repeat session, from the list to saved: {taps}")
    # then its page, the chart and the summary show it, and it took few taps
    expect(change_shown(therapist, "pain")).to_contain_text("+2 better")
    expect(change_shown(therapist, "mood")).to_contain_text("+3 better")
    therapist.go(link(therapist, "To the chart"))
    expect(sessions_on_chart(therapist)).to_have_count(2)
    expect(sessions_on_chart(therapist).first).to_contain_text("pain 6 → 4 (+2 better)")
    assert given_so_far(supervisor, COURSE) == before + 1
    assert taps == TAPS_OF_A_REPEAT_SESSION <= BUDGET
