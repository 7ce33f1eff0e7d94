"""An admin and a new colleague, each with a browser: invited, in, another role, shut out."""

import pytest

from tests.journeys.conftest import Visit
from tests.journeys.hands import Keys, Pointer
from tests.journeys.steps import (
    add_passkey,
    button,
    expect,
    link,
    own_device,
    sign_in_anew,
    sign_out,
)
from tests.journeys.visitor import Visitor
from tests.universe import PASSWORD

LONG = "violet kettle over the marsh"


def invited(admin: Visitor, hands: Pointer, role: str, address: str) -> str:
    """Invite an address; return the link that is shown."""
    admin.open("/people/")
    hands.go(admin, link(admin, "Invite somebody"))
    hands.write(admin, "E-mail address", address)
    hands.choose(admin, "role", role)
    hands.go(admin, button(admin, "Invite"))
    return admin.page.get_by_label("Link").input_value()


def signs_in(visitor: Visitor, hands: Pointer, address: str) -> None:
    """Sign in with the password."""
    hands.write(visitor, "E-mail address", address)
    hands.write(visitor, "Password", LONG)
    hands.go(visitor, button(visitor, "Sign in"))


def joins(visitor: Visitor, hands: Pointer, where: str, name: str) -> None:
    """Open the link of an invitation and choose a password, which has to be long enough."""
    visitor.page.goto(where)
    visitor.look()
    hands.write(visitor, "Your name", name)
    hands.write(visitor, "Password", "short")
    hands.go(visitor, button(visitor, "Join"))
    assert visitor.status == 422
    hands.write(visitor, "Password", LONG)
    hands.go(visitor, button(visitor, "Join"))


def finds_the_link_dead(visitor: Visitor, where: str) -> None:
    visitor.page.goto(where)
    visitor.look()
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text(
        "This invitation was accepted"
    )


def makes_a_volunteer(admin: Visitor, hands: Pointer, name: str) -> None:
    """Give somebody that role on their page."""
    admin.open("/people/")
    hands.go(admin, admin.page.locator("a.row", has_text=name))
    hands.go(admin, admin.page.get_by_role("link", name="Change role"))
    hands.choose(admin, "role", "volunteer")
    hands.go(admin, button(admin, "Give this role"))


def deactivates(admin: Visitor, hands: Pointer) -> None:
    """Deactivate the role of whose page is open."""
    hands.go(admin, admin.page.get_by_role("link", name="Deactivate"))
    hands.go(admin, button(admin, "Deactivate"))
    expect(admin.page.get_by_role("status")).to_contain_text("gives no access")


@pytest.mark.parametrize("hands", [Pointer(), Keys()], ids=["phone", "keys-alone"])
def test_invited_in_with_a_passkey_another_role_shut_out(visitor: Visit, hands: Pointer) -> None:
    # given an admin who hands over the link of an invitation
    keys = isinstance(hands, Keys)
    name = "Noor Keys" if keys else "Noor Ahlberg"
    address = f"{name.lower().replace(' ', '.')}@new.example"
    admin, noor = visitor(wide=True, by_name=True), visitor(wide=keys, by_name=True)
    own_device(noor)
    sign_in_anew(admin, "admin")
    where = invited(admin, hands, "therapist", address)
    # when the new colleague opens it, gives herself a password, and signs in for the first time
    joins(noor, hands, where, name)
    signs_in(noor, hands, address)
    # and adds a passkey, then it alone lets her in, and the link is dead
    add_passkey(noor, "Ward computer", hands)
    sign_out(noor, hands)
    hands.go(noor, button(noor, "Sign in with a passkey"))
    noor.open("/patients/new/")
    assert noor.status == 200
    finds_the_link_dead(visitor(by_name=True), where)
    # when the admin makes her a volunteer, then she sees it at the next page
    makes_a_volunteer(admin, hands, name)
    noor.open("/patients/new/")
    assert noor.status == 403
    hands.go(noor, noor.page.locator("header a[href='/patients/']").first)
    expect(noor.page.locator(".account")).to_contain_text("Volunteer")
    # when the role is deactivated, then her next click on the open page leads to the sign-in
    deactivates(admin, hands)
    hands.go(noor, noor.page.locator("a.row").first)
    expect(noor.page.get_by_role("heading", level=1)).to_have_text("Sign in")
    # and the passkey, which is still hers, gives no access
    hands.go(noor, button(noor, "Sign in with a passkey"))
    assert noor.status == 403


def test_the_last_admin_is_told_why_they_cannot_leave(visitor: Visit) -> None:
    # given the only admin of a clinic, on their own page
    admin = visitor()
    sign_in_anew(admin, "admin", PASSWORD, at="harbour")
    admin.open("/people/")
    admin.go(admin.page.locator("a.row", has_text="Administrator of Harbour"))
    # when they end their role
    admin.go(admin.page.get_by_role("link", name="End the role"))
    admin.go(button(admin, "End the role"))
    # then nothing was changed, and the page says what to do first
    assert admin.status == 422
    expect(admin.page.get_by_role("alert")).to_contain_text("Make somebody else admin there first")
