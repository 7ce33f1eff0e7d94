"""The second step with a passkey of the device; with an app's codes, without scripts."""

import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

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
from tests.journeys.world import FORGETFUL
from tests.universe import PASSWORD


def test_a_passkey_is_the_second_step_too_and_can_be_taken_away(visitor: Visit) -> None:
    # given a supervisor with a password and a passkey (who signs in by it alone: test_people.py)
    supervisor = visitor(wide=True, by_name=True)
    own_device(supervisor)
    sign_in_anew(supervisor, "supervisor")
    add_passkey(supervisor, "Ward computer")
    sign_out(supervisor)
    # when the password was right, then the passkey is the second step
    sign_in_anew(supervisor, "supervisor")
    expect(supervisor.page.get_by_role("heading", name="Second step")).to_be_visible()
    supervisor.go(button(supervisor, "Use your passkey"))
    expect(supervisor.page.get_by_role("heading", name="Today")).to_be_visible()
    # and it can be taken away again
    supervisor.open("/your-sign-in/")
    supervisor.go(supervisor.page.get_by_role("link", name="Remove Ward computer"))
    supervisor.go(button(supervisor, "Remove it"))
    expect(supervisor.page.get_by_text("You sign in with your password alone.")).to_be_visible()


def test_a_passkey_that_is_not_there_says_so_and_the_password_still_works(visitor: Visit) -> None:
    # given a computer that keeps no passkey for this address
    therapist = visitor(by_name=True)
    own_device(therapist)
    therapist.open("/sign-in/")
    # when the passkey is tried
    therapist.tap(button(therapist, "Sign in with a passkey"))
    # then the page says so, and nothing else has changed
    expect(therapist.page.get_by_text("No passkey was used.")).to_be_visible()
    therapist.look()
    sign_in_anew(therapist, "therapist")
    assert therapist.status == 200


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_an_app_and_its_recovery_codes(visitor: Visit, scripts: bool) -> None:
    # given a person without a second factor, who keeps the one that is made here
    who = "scripted" if scripts else "plain"
    person = visitor(scripts=scripts)
    sign_in_anew(person, who)
    person.open("/your-sign-in/")
    # when an app is added that shows the codes of the key on the page
    person.go(link(person, "Add an authenticator app"))
    key = person.page.locator("ol b").inner_text().replace(" ", "")
    person.page.get_by_label("Code").fill(shown(key))
    person.go(button(person, "Add this app"))
    person.go(button(person, "Make and show recovery codes"))
    codes = person.page.locator(".codes li").all_inner_texts()
    # then the app's next code lets in
    signed_out(person)
    sign_in_anew(person, who)
    person.page.get_by_label("Code").fill(shown(key, 1))
    person.go(button(person, "Sign in"))
    expect(person.page.get_by_role("heading", name="Today")).to_be_visible()
    # and a recovery code lets in once, and not twice
    for right in (True, False):
        signed_out(person)
        sign_in_anew(person, who)
        person.page.get_by_label("Code").fill(codes[0])
        person.go(button(person, "Sign in"))
        assert person.status == (200 if right else 422)
    expect(person.page.get_by_role("alert")).to_contain_text("was used before")


def shown(key: str, steps: int = 0) -> str:
    """Return what an authenticator app with this key shows, some half minutes from now."""
    return str(format_hotp_value(hotp_value(key, int(time.time()) // 30 + steps)))


def signed_out(visitor: Visitor) -> None:
    """Begin again without a sign-in."""
    visitor.context.clear_cookies(name="session")


def test_what_is_open_elsewhere_is_ended_from_here(visitor: Visit) -> None:
    # given a therapist who is signed in on a phone and at a desk
    phone, desk = visitor(), visitor(wide=True)
    for one in (phone, desk):
        sign_in_anew(one, "therapist", at="harbour")
    # when the desk signs out everywhere else
    desk.open("/your-sign-in/")
    assert desk.page.locator("section[aria-labelledby=sign-ins] .row").count() >= 2
    desk.go(button(desk, "Sign out everywhere else"))
    # then the phone stands at the sign-in page, and the desk goes on
    phone.page.goto(phone.address + "/patients/")
    expect(phone.page.get_by_label("Password")).to_be_visible()
    desk.open("/patients/")
    expect(desk.page.get_by_role("heading", name="Today")).to_be_visible()
    assert PASSWORD not in desk.page.content()


@pytest.mark.parametrize("hands", [Pointer(), Keys()], ids=["phone", "keys-alone"])
def test_a_forgotten_password_is_set_anew_by_a_link_that_an_admin_hands_over(
    visitor: Visit, hands: Pointer
) -> None:
    # given a clinic from which no letters go out, and who has forgotten their password
    keys = isinstance(hands, Keys)
    new = f"nine slow boats {'by night' if keys else 'at noon'}"
    person, admin = visitor(wide=keys), visitor(wide=True)
    person.open("/sign-in/")
    hands.go(person, link(person, "Password forgotten?"))
    expect(person.page.get_by_text("Ask an admin of your clinic")).to_be_visible()
    # when an admin makes a link, and the person opens it
    sign_in_anew(admin, "admin")
    admin.open("/people/")
    hands.go(admin, admin.page.locator("a.row", has_text=FORGETFUL))
    hands.go(admin, link(admin, "Link for a new password"))
    hands.go(admin, button(admin, "Make the link"))
    where = admin.page.get_by_label("Link").input_value()
    person.page.goto(where)
    person.look()
    for words, status in (("short", 422), (new, 200)):
        for label in ("New password", "New password, once more"):
            hands.write(person, label, words)
        hands.go(person, button(person, "Set password"))
        assert person.status == status
    # then the new password lets in, and the link opens nothing any more
    hands.write(person, "E-mail address", FORGETFUL)
    hands.write(person, "Password", new)
    hands.go(person, button(person, "Sign in"))
    expect(person.page.get_by_role("heading", name="Today")).to_be_visible()
    person.page.goto(where)
    person.look()
    assert person.status == 404
