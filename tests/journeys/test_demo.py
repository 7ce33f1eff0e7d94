"""The demonstration as a visitor meets it: one command, then the main job in its own clinic."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.journeys import server
from tests.journeys.screenshots import pages
from tests.journeys.steps import (
    button,
    choice,
    confirm_reminders,
    expect,
    link,
    score,
)
from tests.journeys.visitor import PHONE, Visitor


@pytest.fixture(scope="module")
def demo(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of a demonstration that was started for these tests."""
    with server.demo(tmp_path_factory.mktemp("demo")) as address:
        yield address


@pytest.fixture
def guest(browser: Browser, demo: str) -> Iterator[Visitor]:
    """Give a new visitor of the demonstration."""
    context = browser.new_context(viewport=PHONE, has_touch=True)
    yield Visitor(context, demo)
    context.close()


def test_the_demo_serves_the_main_job(guest: Visitor) -> None:
    # given somebody who signs in with the account that the demo printed
    sign_in_as(guest, "therapist")
    # when the session that is in progress is finished, and the next one started
    guest.go(guest.page.get_by_role("link", name="Finish the session of").first)
    score(guest, "after", pain=2, mood=8)
    guest.tap(choice(guest, "reaction", "none"))
    confirm_reminders(guest)
    guest.go(button(guest, "Save after-scores"))
    expect(guest.page.get_by_text("Given", exact=True)).to_be_visible()
    guest.go(link(guest, "To the list"))
    guest.go(guest.page.get_by_role("link", name="Start a session with").first)
    # then the form shows what is known of the patient, and asks for the scores
    expect(guest.page.get_by_role("heading", name="Limits for this patient")).to_be_visible()
    expect(choice(guest, "pain_before", 0)).not_to_be_checked()


def test_its_main_pages_can_be_pictured(browser: Browser, demo: str) -> None:
    found = {name: page.url for name, page in pages(browser, demo, "phone", "light")}
    assert {"sign-in", "list", "form-start", "session", "chart", "summary"} <= set(found)
    assert found["summary"].endswith("/summary/")


def test_every_account_of_the_demo_finds_its_first_page(guest: Visitor) -> None:
    # given the four accounts, then each signs in and sees where its day begins
    for role, heading in (
        ("therapist", "Patients"),
        ("volunteer", "Patients"),
        ("supervisor", "Patients"),
        ("admin", "Birchwood Hospice"),
    ):
        sign_in_as(guest, role)
        expect(guest.page.get_by_role("heading", level=1)).to_have_text(heading)
        guest.context.clear_cookies()


def test_on_a_phone_the_first_score_is_near_the_top_whatever_is_to_be_heeded(
    guest: Visitor,
) -> None:
    # given the patient of the demo with the most reminders
    sign_in_as(guest, "therapist")
    starts = guest.page.locator(".patient-row a[href$='/start/']")
    forms = starts.evaluate_all("all => all.map((one) => one.getAttribute('href'))")
    most = max(forms, key=lambda form: reminders(guest, form))
    # when the form is opened on a phone, then the first score begins within 900 px
    guest.open(most)
    first = guest.page.locator(".score__cell").first.bounding_box()
    assert first is not None
    assert first["y"] <= 900
    # and what must be seen is: a stop, or the tick; the emergency button; what is not touched
    expect(guest.page.locator("#question")).to_be_visible()
    expect(button(guest, "This is an emergency")).to_be_in_viewport()
    expect(guest.page.locator(".chip--none").first).to_be_visible()
    # and the words of each reminder are one tap away
    folds = ".limits details:has(.finding__adaptation) > summary"
    expect(guest.page.locator(".limits .finding__adaptation").first).to_be_hidden()
    guest.tap(guest.page.locator(folds).first)
    expect(guest.page.locator(".limits .finding__adaptation").first).to_be_visible()


def reminders(guest: Visitor, form: str) -> int:
    """Count what a form reminds of."""
    guest.page.goto(guest.address + form)
    return guest.page.locator(".finding").count()


def sign_in_as(guest: Visitor, role: str) -> None:
    """Sign in with an account of the demo."""
    guest.open("/sign-in/")
    guest.page.get_by_label("E-mail address").fill(f"{role}@demo.example")
    guest.page.get_by_label("Password").fill(server.DEMO_PASSWORD)
    guest.go(button(guest, "Sign in"))
