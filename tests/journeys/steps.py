"""What people do in the product, as steps that a journey can be read in."""

import re
from datetime import date, timedelta
from typing import Any

from playwright.sync_api import Locator
from playwright.sync_api import expect as expect

from tests.journeys import server
from tests.journeys.hands import Pointer
from tests.journeys.visitor import Visitor
from tests.universe import PASSWORD

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
TAPPING = Pointer()
_SIGNED_IN: dict[tuple[str, str, str], tuple[list[Any], str]] = {}
"""Of a server, a role and a clinic: the cookies of a sign-in, and the page that it led to."""


def sign_in(visitor: Visitor, role: str, at: str = "birchwood") -> None:
    """Be signed in as the therapist, volunteer, supervisor or admin of a clinic.

    The first who asks signs in by the form; whoever comes later gets the cookies of that sign-in,
    as long as it lasts. A journey that ends a sign-in, or asks how old it is, takes `sign_in_anew`.
    """
    account = (visitor.address, role, at)
    if account in _SIGNED_IN:
        cookies, first_page = _SIGNED_IN[account]
        visitor.context.add_cookies(cookies)
        visitor.open(first_page)
        if "/sign-in/" not in visitor.page.url:
            return
    sign_in_anew(visitor, role, at=at)
    first_page = visitor.page.url.removeprefix(visitor.address)
    _SIGNED_IN[account] = (visitor.context.cookies(), first_page)


def sign_in_anew(
    visitor: Visitor, role: str, password: str = PASSWORD, at: str = "birchwood"
) -> None:
    """Sign in by the form."""
    visitor.open("/sign-in/")
    visitor.page.get_by_label("E-mail address").fill(f"{role}@{at}.example")
    visitor.page.get_by_label("Password").fill(password)
    visitor.go(button(visitor, "Sign in"))


def sign_out(visitor: Visitor, hands: Pointer = TAPPING) -> None:
    """Sign out by the account menu."""
    hands.unfold(visitor, visitor.page.locator(".account summary"))
    hands.go(visitor, button(visitor, "Sign out"))


def own_device(visitor: Visitor) -> None:
    """Give the visitor's computer a place for passkeys, and a finger that unlocks it."""
    browser = visitor.context.new_cdp_session(visitor.page)
    browser.send("WebAuthn.enable")
    browser.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})


def add_passkey(visitor: Visitor, name: str, hands: Pointer = TAPPING) -> None:
    """From any page, a moment after the sign-in: make a passkey, and recovery codes beside it."""
    hands.unfold(visitor, visitor.page.locator(".account summary"))
    hands.go(visitor, link(visitor, "Your sign-in"))
    hands.go(visitor, link(visitor, "Add a passkey"))
    hands.write(visitor, "Name of this passkey", name)
    hands.go(visitor, button(visitor, "Make the passkey"))
    expect(visitor.page.get_by_text(f"«{name}» is added.")).to_be_visible()
    hands.go(visitor, button(visitor, "Make and show recovery codes"))
    expect(visitor.page.locator(".codes li")).to_have_count(10)
    hands.go(visitor, link(visitor, "I have them"))
    expect(visitor.page.get_by_text("10 of your codes are still unused")).to_be_visible()


def be_away(visitor: Visitor, minutes: int = 16) -> None:
    """Let this long pass without a request: put back when the sign-in was last active."""
    cookies = visitor.context.cookies()
    key = next(one["value"] for one in cookies if one["name"] == "session")
    server.beside(visitor.address, "tests.journeys.away", key, str(minutes))


def come_back(visitor: Visitor) -> None:
    """Look at the page again, as after another window: it asks how the sign-in stands."""
    visitor.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def button(visitor: Visitor, name: str) -> Locator:
    """Find a button by its name."""
    return visitor.page.get_by_role("button", name=name, exact=True)


def link(visitor: Visitor, name: str) -> Locator:
    """Find a link by its name."""
    return visitor.page.get_by_role("link", name=name, exact=True)


def start_link(visitor: Visitor, patient: str) -> Locator:
    """Find the link on today's list that starts a session with a patient."""
    return link(visitor, f"Start a session with {patient}")


def choice(visitor: Visitor, name: str, value: int | str) -> Locator:
    """Find one radio button or box of a field: `choice(visitor, "pain_before", 6)`."""
    return visitor.page.locator(f"input[name={name}][value='{value}']")


def score(visitor: Visitor, when: str, *, pain: int | str, mood: int | str) -> None:
    """Tap a pain and a mood score."""
    visitor.tap(choice(visitor, f"pain_{when}", pain))
    visitor.tap(choice(visitor, f"mood_{when}", mood))


def confirm_reminders(visitor: Visitor) -> None:
    """Tick that the reminders were read, where the form asks for it."""
    tick = visitor.page.locator("#id_confirmed")
    if tick.count():
        visitor.tap(tick)


def start_session(visitor: Visitor, patient: str, *, pain: int | str, mood: int | str) -> None:
    """From today's list: start a session, give the before-scores, save."""
    visitor.go(start_link(visitor, patient))
    score(visitor, "before", pain=pain, mood=mood)
    confirm_reminders(visitor)
    visitor.go(button(visitor, "Save before-scores and start"))


def finish_session(visitor: Visitor, *, pain: int | str, mood: int | str) -> None:
    """From the session's page: give the after-scores and the reaction, save."""
    visitor.go(link(visitor, "Finish the session"))
    if visitor.scripts:
        lasted = re.compile(r", \d+ minutes? so far$")
        expect(visitor.page.locator(".page-head__lead")).to_have_text(lasted)
    score(visitor, "after", pain=pain, mood=mood)
    visitor.tap(choice(visitor, "reaction", "none"))
    confirm_reminders(visitor)
    visitor.go(button(visitor, "Save after-scores"))


def change_shown(visitor: Visitor, scale: str) -> Locator:
    """Find the words that tell the change of a scale on the session's page."""
    return visitor.page.locator(f".change--{scale} .change__words")


def sessions_on_chart(visitor: Visitor) -> Locator:
    """Find the lines of the chart's sessions, the newest first."""
    return visitor.page.locator("section[aria-labelledby=sessions] .row")


def given_so_far(visitor: Visitor, course: str) -> int:
    """Read from the summary how many sessions of a course were given."""
    visitor.open("/summary/")
    table = visitor.page.get_by_role("table", name="By protocol and arm")
    course_head = visitor.page.get_by_role("rowheader", name=course)
    row = table.get_by_role("row").filter(has=course_head).first
    column = table.locator("thead th").all_inner_texts().index("Given")
    return int(row.locator("th, td").nth(column).inner_text()) if row.count() else 0


def missing_so_far(visitor: Visitor) -> list[int]:
    """Read from the summary how many sessions lack a score: of pain, and of mood."""
    visitor.open("/summary/")
    weeks = visitor.page.locator("section[aria-labelledby=over_time] .chart__counted")
    told = [re.search(r"(\d+) without both scores", words) for words in weeks.all_text_contents()]
    return [int(found.group(1)) for found in told if found]


def chart_of(visitor: Visitor, patient: str) -> None:
    """From the list: open a patient's chart."""
    visitor.open("/patients/")
    visitor.go(visitor.page.locator("a.row", has_text=patient).last)


def show_all_sites(visitor: Visitor) -> None:
    """Unfold the sites, where the script has folded them."""
    unfold = visitor.page.locator("[data-show-all]")
    if unfold.is_visible() and unfold.get_attribute("aria-expanded") == "false":
        visitor.tap(unfold)


def tick_site(visitor: Visitor, site: str, *, pressure: int | None = None) -> None:
    """Tick a site, and choose a pressure for it."""
    show_all_sites(visitor)
    visitor.tap(visitor.page.locator(f"#site-{site}"))
    if pressure is not None:
        visitor.page.locator(f"#pressure-{site}").select_option(str(pressure))


def past_session(visitor: Visitor, patient: str, *, minutes: int = 30) -> None:
    """Fill in the form of a session that was given yesterday at ten, but do not save it."""
    chart_of(visitor, patient)
    visitor.go(link(visitor, "Record a past session"))
    day = visitor.page.get_by_label("Day")
    yesterday = date.fromisoformat(day.input_value()) - timedelta(days=1)
    day.fill(yesterday.isoformat())
    visitor.page.get_by_label("Start time").fill("10:00")
    visitor.page.get_by_label("Minutes").fill(str(minutes))
    score(visitor, "before", pain=6, mood=0)
    score(visitor, "after", pain=5, mood=2)
    visitor.tap(choice(visitor, "reaction", "none"))
    visitor.page.get_by_label("S: what the patient said").fill("Slept well; «lighter».")


def reminder_of_limit(visitor: Visitor) -> Locator:
    """Find the box that asks for a tick, and for a reason where a limit is passed."""
    return visitor.page.locator("#question")
