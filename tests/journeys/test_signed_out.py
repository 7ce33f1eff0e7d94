"""A form that is sent when its sign-in or its seal has ended: what was typed can be had back."""

from tests.journeys.conftest import Visit
from tests.journeys.steps import button, expect, sign_in
from tests.journeys.visitor import Visitor
from tests.universe import PASSWORD


def typed_into_a_new_chart(therapist: Visitor) -> None:
    """Open a form and type something into it."""
    therapist.open("/patients/new/")
    therapist.page.get_by_label("Family name").fill("Typed")


def still_typed(therapist: Visitor) -> None:
    """Hold that the form stands there with what was typed."""
    expect(therapist.page).to_have_url(therapist.address + "/patients/new/")
    expect(therapist.page.get_by_label("Family name")).to_have_value("Typed")


def test_what_was_typed_after_the_sign_in_ended_is_kept_and_sent_again(visitor: Visit) -> None:
    # given a therapist whose sign-in ends while a form is open
    therapist = visitor()
    sign_in(therapist, "therapist")
    typed_into_a_new_chart(therapist)
    therapist.context.clear_cookies(name="session")
    # when the form is sent
    therapist.go(button(therapist, "Save particulars"))
    # then the sign-in page says what became of it, and after the sign-in it is there again
    expect(therapist.page.get_by_role("alert")).to_contain_text("is not saved yet")
    therapist.page.get_by_label("E-mail address").fill("therapist@birchwood.example")
    therapist.page.get_by_label("Password").fill(PASSWORD)
    therapist.go(button(therapist, "Sign in"))
    therapist.go(button(therapist, "Send it again"))
    assert therapist.status == 422
    still_typed(therapist)


def test_a_form_whose_seal_is_old_can_be_sent_after_going_back(visitor: Visit) -> None:
    # given a form whose seal has become another sign-in's
    therapist = visitor()
    sign_in(therapist, "therapist")
    typed_into_a_new_chart(therapist)
    therapist.context.clear_cookies(name="csrf")
    # when it is sent
    therapist.go(button(therapist, "Save particulars"))
    assert therapist.status == 403
    # then going back brings it with what was typed, and it is taken
    therapist.page.go_back()
    still_typed(therapist)
    therapist.go(button(therapist, "Save particulars"))
    assert therapist.status == 422


def test_back_after_a_search_asks_nothing(visitor: Visit) -> None:
    # given a therapist who looked for somebody and opened the chart
    therapist = visitor()
    sign_in(therapist, "therapist")
    therapist.page.get_by_label("Name or chart number").fill("Phone")
    therapist.go(button(therapist, "Find"))
    therapist.go(therapist.page.locator("a.row", has_text="Phone, Paula").first)
    # when going back
    therapist.page.go_back()
    # then those found are there again, and the address names nobody
    expect(therapist.page).to_have_url(therapist.address + "/patients/?found=1")
    expect(therapist.page.get_by_role("heading", name="Found")).to_be_visible()
    therapist.look()
