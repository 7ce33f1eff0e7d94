"""Another clinic is chosen in one tab while a form stands open in another one."""

from tests.journeys.conftest import Visit
from tests.journeys.steps import be_away, button, come_back, expect, sign_in_anew
from tests.journeys.test_idle import sign_in_under_the_page
from tests.journeys.test_out_of_reach import PAUSE
from tests.journeys.visitor import Visitor
from tests.journeys.world import OF_TWO

HARBOUR = "Harbour"


def switch_in_another_tab(who: Visitor, clinic: str) -> None:
    """Open a second tab and choose a clinic there."""
    tab = who.context.new_page()
    tab.goto(who.address + "/")
    tab.locator(".account summary").click()
    choice = tab.locator("#switch-clinic")
    offered = choice.locator("option", has_text=clinic)
    choice.select_option(offered.get_attribute("value"))
    tab.get_by_role("button", name="Switch clinic").click()
    expect(tab.locator(".account__clinic")).to_contain_text(clinic)
    tab.close()


def form_with_something_typed(who: Visitor) -> str:
    """Open the form of a new chart, and type a name; return the clinic that it is of."""
    who.open("/patients/new/")
    who.page.get_by_label("Family name").fill("Typed")
    who.page.wait_for_timeout(PAUSE)
    return who.page.locator(".account__clinic").inner_text()


def test_a_form_waits_until_its_clinic_is_chosen_again(visitor: Visit) -> None:
    # given somebody of two clinics with a form of the first half-way
    supervisor = visitor()
    sign_in_anew(supervisor, OF_TWO)
    first = form_with_something_typed(supervisor)
    switch_in_another_tab(supervisor, HARBOUR)
    # when it is saved after the other clinic was chosen, then it is not sent, and says why
    supervisor.tap(button(supervisor, "Save particulars"))
    said = supervisor.page.get_by_role("alert").filter(has_text="another clinic")
    expect(said).to_contain_text(f"This form is of {first}, so nothing was sent.")
    supervisor.look()
    # when the first is chosen again, then it is sent as it was typed
    switch_in_another_tab(supervisor, first)
    supervisor.go(button(supervisor, "Save particulars"))
    assert supervisor.status == 422
    expect(supervisor.page.get_by_label("Family name")).to_have_value("Typed")


def test_a_sign_in_under_the_page_is_in_the_clinic_of_the_page(visitor: Visit) -> None:
    # given somebody who works in the second of two clinics when the sign-in ends
    supervisor = visitor()
    sign_in_anew(supervisor, OF_TWO)
    switch_in_another_tab(supervisor, HARBOUR)
    second = form_with_something_typed(supervisor)
    assert HARBOUR in second
    be_away(supervisor)
    come_back(supervisor)
    # when they sign in under the page
    sign_in_under_the_page(supervisor, OF_TWO)
    expect(supervisor.page.get_by_role("dialog")).to_have_count(0)
    # then the form is of their clinic still
    supervisor.page.wait_for_timeout(PAUSE)
    supervisor.go(button(supervisor, "Save particulars"))
    assert supervisor.status == 422
    expect(supervisor.page.locator(".account__clinic")).to_have_text(second)
