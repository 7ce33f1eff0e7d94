"""A network that fails or is slow while a form is sent: nothing typed is lost, and it says so."""

import time

from playwright.sync_api import Route

from tests.journeys.conftest import Visit
from tests.journeys.steps import button, chart_of, choice, expect, link, sign_in, start_link
from tests.journeys.visitor import Visitor

PAUSE = 2_500  # a form that is sent sooner after an answer does not ask whether there is a server


def half_way(visit: Visit) -> Visitor:
    """Give a therapist on the start form of a session, a score chosen, and then no network."""
    therapist = visit()
    sign_in(therapist, "therapist")
    therapist.go(start_link(therapist, "Adason, Ada"))
    therapist.tap(choice(therapist, "pain_before", 4))
    therapist.page.wait_for_timeout(PAUSE)
    therapist.context.set_offline(True)
    return therapist


def test_a_form_stays_as_it_is_while_the_server_cannot_be_reached(visitor: Visit) -> None:
    # given a form half-way, and no network
    therapist = half_way(visitor)
    # when it is saved, then the page stays, says what became of it, and whom to call
    therapist.tap(button(therapist, "Save before-scores and start"))
    said = therapist.page.get_by_role("alert").filter(has_text="The server cannot be reached.")
    expect(said).to_contain_text("Nothing was sent.")
    expect(said.get_by_role("link", name="2222")).to_be_visible()
    expect(choice(therapist, "pain_before", 4)).to_be_checked()
    therapist.look()
    # when the network is back, then that goes by itself, and the form can be sent
    therapist.context.set_offline(False)
    expect(said).to_have_count(0)
    therapist.go(button(therapist, "Save before-scores and start"))
    assert therapist.status == 422
    expect(choice(therapist, "pain_before", 4)).to_be_checked()


def test_an_emergency_shows_the_number_without_a_network(visitor: Visit) -> None:
    # given a form half-way, and no network
    therapist = half_way(visitor)
    # when it becomes an emergency, then the number is there, and that it is not on record
    therapist.tap(button(therapist, "This is an emergency"))
    said = therapist.page.get_by_role("alert").filter(has_text="Stop. Call now.")
    expect(said.get_by_role("link", name="2222")).to_be_visible()
    expect(said).to_contain_text("not on record yet")
    therapist.look()
    # when the network is back, then it stays until the button was pressed again
    therapist.context.set_offline(False)
    therapist.page.evaluate("dispatchEvent(new Event('online'))")
    expect(said).to_be_visible()


def test_a_form_that_takes_long_says_so_and_goes_once(visitor: Visit) -> None:
    # given a slow network
    therapist = visitor()
    sign_in(therapist, "therapist")
    chart_of(therapist, "Adason, Ada")
    therapist.go(link(therapist, "Start a session"))
    therapist.page.wait_for_timeout(PAUSE)
    asked: list[str] = []

    def slowly(route: Route) -> None:
        asked.append(route.request.url)
        time.sleep(2)
        route.continue_()

    therapist.page.route("**/sign-in/state/", slowly)
    # when Save is tapped twice, then the page says that it is on its way, and asks once
    button(therapist, "Save before-scores and start").dblclick(no_wait_after=True)
    expect(therapist.page.get_by_text("Sending. The network is slow")).to_be_visible()
    therapist.page.wait_for_event("load")
    assert therapist.status == 422
    assert len(asked) == 1
