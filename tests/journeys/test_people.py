"""An admin and a new colleague, each with a browser: invited, in, another role, shut out."""

from tests.journeys.conftest import Visit
from tests.journeys.steps import button, expect, link, sign_in
from tests.journeys.test_keyboard import enter
from tests.journeys.visitor import Visitor
from tests.universe import PASSWORD

ADDRESS = "noor@new.example"
LONG = "violet kettle over the marsh"


def person_page(admin: Visitor, name: str) -> None:
    """Look a person up by a part of the name, and open their page."""
    admin.open("/people/")
    admin.tap(admin.page.get_by_text("Search and filter"))
    admin.page.get_by_label("Name or e-mail address").fill(name)
    admin.go(button(admin, "Show these"))
    admin.go(admin.page.locator("a.row", has_text=name))


def invited(admin: Visitor, role: str, address: str) -> str:
    """Invite an address; return the link that is shown."""
    admin.open("/people/")
    admin.go(link(admin, "Invite somebody"))
    admin.page.get_by_label("E-mail address").fill(address)
    admin.tap(admin.page.locator(f"input[name=role][value={role}]"))
    admin.go(button(admin, "Invite"))
    return admin.page.get_by_label("Link").input_value()


def test_invited_then_in_then_another_role_then_shut_out(visitor: Visit) -> None:
    # given an admin who hands over the link of an invitation
    admin, noor = visitor(wide=True), visitor()
    sign_in(admin, "admin")
    where = invited(admin, "therapist", ADDRESS)
    # when the new colleague opens it, joins and signs in
    noor.page.goto(where)
    noor.look()
    assert "/people/join/" in noor.page.url
    assert where.split("/")[-2] not in noor.page.url
    noor.page.get_by_label("Your name").fill("Noor Ahlberg")
    noor.page.get_by_label("Password").fill("short")
    noor.go(button(noor, "Join"))
    assert noor.status == 422
    noor.page.get_by_label("Password").fill(LONG)
    noor.go(button(noor, "Join"))
    noor.page.get_by_label("E-mail address").fill(ADDRESS)
    noor.page.get_by_label("Password").fill(LONG)
    noor.go(button(noor, "Sign in"))
    # then they work as therapist, and the link is dead
    noor.open("/patients/new/")
    assert noor.status == 200
    second = visitor()
    second.page.goto(where)
    second.look()
    expect(second.page.get_by_role("heading", level=1)).to_have_text("This invitation was accepted")
    # when the admin makes them a volunteer, it holds at the next page
    person_page(admin, "Ahlberg")
    admin.go(admin.page.get_by_role("link", name="Change role"))
    admin.tap(admin.page.locator("input[name=role][value=volunteer]"))
    admin.go(button(admin, "Give this role"))
    noor.open("/patients/new/")
    assert noor.status == 403
    # when the role is deactivated, the open browser is out, and signing in gives no access
    admin.go(admin.page.get_by_role("link", name="Deactivate"))
    admin.go(button(admin, "Deactivate"))
    expect(admin.page.get_by_role("status")).to_contain_text("gives no access")
    noor.open("/patients/")
    expect(noor.page.get_by_role("heading", level=1)).to_have_text("Sign in")
    noor.page.get_by_label("E-mail address").fill(ADDRESS)
    noor.page.get_by_label("Password").fill(LONG)
    noor.go(button(noor, "Sign in"))
    assert noor.status == 403


def test_a_role_is_changed_with_the_keyboard_alone(visitor: Visit) -> None:
    # given an admin who has no mouse, and somebody who was invited and came in without scripts
    admin, nils = visitor(wide=True), visitor(scripts=False)
    sign_in(admin, "admin")
    nils.page.goto(invited(admin, "volunteer", "nils@new.example"))
    nils.look()
    nils.page.get_by_label("Your name").fill("Nils Keys")
    nils.page.get_by_label("Password").fill(LONG)
    nils.go(button(nils, "Join"))
    # when the admin walks from the list to another role
    admin.open("/people/")
    enter(admin, admin.page.locator("a.row", has_text="Nils Keys"))
    enter(admin, admin.page.get_by_role("link", name="Change role"))
    admin.focus_on(admin.page.locator("input[name=role]:checked"))
    admin.page.keyboard.press("ArrowUp")
    expect(admin.page.locator("input[name=role][value=therapist]")).to_be_checked()
    enter(admin, button(admin, "Give this role"))
    # then it is so, and every stop of the focus was seen
    expect(admin.page.get_by_role("status")).to_contain_text("Therapist in Birchwood Hospice")


def test_the_last_admin_is_told_why_they_cannot_leave(visitor: Visit) -> None:
    # given the only admin of a clinic, on their own page
    admin = visitor()
    sign_in(admin, "admin", PASSWORD, at="harbour")
    admin.open("/people/")
    admin.go(admin.page.locator("a.row", has_text="Administrator of Harbour"))
    # when they end their role
    admin.go(admin.page.get_by_role("link", name="End the role"))
    admin.go(button(admin, "End the role"))
    # then nothing was changed, and the page says what to do first
    assert admin.status == 422
    expect(admin.page.get_by_role("alert")).to_contain_text("Make somebody else admin there first")
    # and settings, credentials, invitations and the form of a new clinic can be looked at
    for path in ("/clinic/settings/", "/clinic/open/", "/people/invitations/", "/people/mine/"):
        admin.open(path)
        assert admin.status == 200
