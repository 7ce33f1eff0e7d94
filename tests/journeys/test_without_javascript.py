"""The main job where no script runs."""

from tests.journeys.conftest import Visit
from tests.journeys.steps import (
    button,
    change_shown,
    choice,
    expect,
    finish_session,
    link,
    past_session,
    sessions_on_chart,
    sign_in,
    start_session,
)


def test_a_session_can_be_logged_without_javascript(visitor: Visit) -> None:
    # given a therapist whose browser runs no script
    therapist = visitor(scripts=False)
    sign_in(therapist, "therapist")
    # when a session is given as last time
    start_session(therapist, "Scriptless, Selma", pain=5, mood=5)
    finish_session(therapist, pain=5, mood=4)
    # then its page and the chart show it
    expect(change_shown(therapist, "pain")).to_contain_text("no change")
    expect(change_shown(therapist, "mood")).to_contain_text("−1 worse")
    therapist.go(link(therapist, "To the chart"))
    expect(sessions_on_chart(therapist).first).to_contain_text("mood 5 → 4 (−1 worse)")


def test_a_mistake_is_explained_without_javascript(visitor: Visit) -> None:
    # given a filled-in form without minutes that make sense
    therapist = visitor(scripts=False)
    sign_in(therapist, "therapist")
    past_session(therapist, "Scriptless, Selma", minutes=0)
    # when it is saved
    therapist.go(button(therapist, "Save session"))
    # then the link of the summary leads to the field, and what was typed is still there
    assert therapist.status == 422
    therapist.tap(therapist.page.locator(".error-summary a").first)
    expect(therapist.page).to_have_url(therapist.page.url.split("#")[0] + "#id_minutes")
    expect(choice(therapist, "mood_before", 0)).to_be_checked()
