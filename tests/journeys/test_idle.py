"""A sign-in that ends in the middle of a session form: sign in again, all is there, save."""

from tests.journeys.conftest import Visit
from tests.journeys.steps import (
    be_away,
    button,
    chart_of,
    choice,
    come_back,
    confirm_reminders,
    expect,
    past_session,
    sessions_on_chart,
    sign_in_anew,
)
from tests.journeys.visitor import Visitor
from tests.universe import PASSWORD

NOTE = "Slept well; «lighter»."


def all_is_typed(therapist: Visitor) -> None:
    """Hold that the form of a past session stands as it was filled in."""
    expect(therapist.page.get_by_label("Minutes")).to_have_value("30")
    expect(choice(therapist, "pain_before", 6)).to_be_checked()
    expect(choice(therapist, "mood_after", 2)).to_be_checked()
    expect(therapist.page.get_by_label("S: what the patient said")).to_have_value(NOTE)


def sign_in_under_the_page(who: Visitor, role: str = "therapist", password: str = PASSWORD) -> None:
    """Sign in in the dialog that covers the page."""
    dialog = who.page.get_by_role("dialog", name="You are signed out")
    dialog.get_by_label("E-mail address").fill(f"{role}@birchwood.example")
    dialog.get_by_label("Password").fill(password)
    dialog.get_by_role("button", name="Sign in again").click()


def typing(visitor: Visitor) -> Visitor:
    """Sign in, and begin to write down a new patient."""
    sign_in_anew(visitor, "therapist")
    visitor.open("/patients/new/")
    visitor.page.get_by_label("Family name").fill("Typed")
    return visitor


def test_the_form_stays_filled_in_under_the_sign_in(visitor: Visit) -> None:
    # given a therapist with a session form half-way
    therapist = visitor()
    sign_in_anew(therapist, "therapist")
    past_session(therapist, "Idle, Ida")
    # when nothing was done for too long, then the page is covered and nothing of it can be read
    be_away(therapist)
    come_back(therapist)
    dialog = therapist.page.get_by_role("dialog", name="You are signed out")
    expect(dialog).to_be_visible()
    expect(therapist.page.get_by_text("Idle, Ida").first).not_to_be_visible()
    expect(dialog.get_by_label("Password")).to_be_focused()
    expect(dialog.get_by_role("link", name="2222")).to_be_visible()
    therapist.look()
    therapist.page.keyboard.press("Escape")
    therapist.page.keyboard.press("Escape")
    expect(dialog).to_be_visible()
    # when the password is wrong, then it says so and the cover stays
    therapist.complaints.clear()
    sign_in_under_the_page(therapist, password="not this one")
    expect(dialog.get_by_role("alert")).to_contain_text("do not match")
    assert [one.split(":")[0] for one in therapist.complaints] == ["422"]
    therapist.complaints.clear()
    # when the same person signs in, then all that was typed is there, and it is saved
    sign_in_under_the_page(therapist)
    expect(dialog).not_to_be_visible()
    all_is_typed(therapist)
    confirm_reminders(therapist)
    therapist.go(button(therapist, "Save session"))
    assert therapist.status == 200
    chart_of(therapist, "Idle, Ida")
    expect(sessions_on_chart(therapist).first).to_contain_text("pain 6 → 5")


def test_somebody_else_who_signs_in_there_gets_a_fresh_page(visitor: Visit) -> None:
    # given a form that was left open
    therapist = typing(visitor())
    be_away(therapist)
    come_back(therapist)
    # when a colleague signs in under it
    with therapist.page.expect_navigation():
        sign_in_under_the_page(therapist, "volunteer")
    # then nothing of it is theirs
    expect(therapist.page).to_have_url(therapist.address + "/patients/")
    expect(therapist.page.get_by_label("Family name")).to_have_count(0)


def test_a_form_that_is_sent_after_a_long_pause_asks_first(visitor: Visit) -> None:
    # given a form that was open for longer than the sign-in lasts, and a page that did not notice
    therapist = visitor()
    therapist.page.clock.install()
    typing(therapist)
    be_away(therapist)
    therapist.page.clock.set_system_time(therapist.page.evaluate("Date.now() + 60_000"))
    # when it is sent, then it is not: the page is covered
    therapist.tap(button(therapist, "Save particulars"))
    expect(therapist.page.get_by_role("dialog", name="You are signed out")).to_be_visible()
    # when the person has signed in, then the form is there and can be sent
    sign_in_under_the_page(therapist)
    expect(therapist.page.get_by_label("Family name")).to_have_value("Typed")
    therapist.go(button(therapist, "Save particulars"))
    assert therapist.status == 422


def test_before_the_end_a_notice_asks_and_one_can_stay(visitor: Visit) -> None:
    # given a page on which nothing was done for fourteen minutes and a half
    therapist = visitor()
    therapist.page.clock.install()
    sign_in_anew(therapist, "therapist")
    therapist.open("/patients/new/")
    be_away(therapist, 14)
    # when the page looks at the clock, then it says what is to come
    therapist.page.clock.run_for(14 * 60_000 + 5_000)
    notice = therapist.page.get_by_text("You will be signed out in 1 minute")
    expect(notice).to_be_visible()
    therapist.look()
    # when the person stays, then it is gone and the sign-in holds
    therapist.tap(button(therapist, "Stay signed in"))
    expect(notice).to_have_count(0)
    come_back(therapist)
    expect(therapist.page.get_by_role("dialog")).to_have_count(0)


def test_a_sign_in_in_another_tab_gives_the_page_back(visitor: Visit) -> None:
    # given a covered page with something typed, whose person signs in on a page of its own
    therapist = typing(visitor())
    be_away(therapist)
    come_back(therapist)
    dialog = therapist.page.get_by_role("dialog", name="You are signed out")
    with therapist.context.expect_page() as opened:
        dialog.get_by_role("link", name="Sign in on a page of its own").click()
    opened.value.get_by_label("E-mail address").fill("therapist@birchwood.example")
    opened.value.get_by_label("Password").fill(PASSWORD)
    opened.value.get_by_role("button", name="Sign in", exact=True).click()
    opened.value.wait_for_url("**/patients/")
    # when they come back, then the page is there as it was, and can be sent
    come_back(therapist)
    expect(dialog).to_have_count(0)
    expect(therapist.page.get_by_label("Family name")).to_have_value("Typed")
    therapist.go(button(therapist, "Save particulars"))
    assert therapist.status == 422


def test_work_on_a_page_keeps_the_sign_in(visitor: Visit) -> None:
    # given a form on which somebody types for longer than the sign-in would last
    therapist = visitor()
    therapist.page.clock.install()
    sign_in_anew(therapist, "therapist")
    therapist.open("/patients/new/")
    be_away(therapist, 14)
    # when something is typed, then the server is told within a minute
    therapist.page.get_by_label("Family name").press_sequentially("Typed")
    with therapist.page.expect_response("**/sign-in/stay/") as told:
        therapist.page.clock.run_for(65_000)
    assert told.value.json()["left"] > 14 * 60


def test_without_javascript_the_form_comes_back_after_the_sign_in(visitor: Visit) -> None:
    # given a therapist without scripts, with a session form half-way when the sign-in ends
    therapist = visitor(scripts=False)
    sign_in_anew(therapist, "therapist")
    past_session(therapist, "Away, Ava")
    confirm_reminders(therapist)
    be_away(therapist)
    # when it is sent, then the sign-in page says that it is kept
    therapist.go(button(therapist, "Save session"))
    expect(therapist.page.get_by_role("alert")).to_contain_text("kept for half an hour")
    # when the same person signs in and sends it again, then it is saved
    therapist.page.get_by_label("E-mail address").fill("therapist@birchwood.example")
    therapist.page.get_by_label("Password").fill(PASSWORD)
    therapist.go(button(therapist, "Sign in"))
    expect(therapist.page.get_by_role("heading", name="still here")).to_be_visible()
    therapist.go(button(therapist, "Send it again"))
    assert therapist.status == 200
    chart_of(therapist, "Away, Ava")
    expect(sessions_on_chart(therapist).first).to_contain_text("pain 6 → 5")
