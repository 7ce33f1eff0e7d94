"""Both themes on every page, and 0 as the score that it is."""

import re
from collections.abc import Callable, Iterator

import pytest

from tests.journeys.conftest import Visit
from tests.journeys.steps import (
    button,
    change_shown,
    chart_of,
    expect,
    finish_session,
    link,
    missing_so_far,
    sessions_on_chart,
    sign_in,
    sign_in_anew,
    start_session,
)
from tests.journeys.visitor import Visitor
from tests.universe import PASSWORD

IDENTITY = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
KINDS_OF_PAGES = 15  # at least: what a supervisor, or an admin, reaches by links alone
NAMED = {
    "supervisor": {
        "/audit/", "/emergency-access/", "/emergency-access/open/", "/patients/*/looked-at/",
        "/people/mine/", "/your-sign-in/", "/your-sign-in/password/", "/your-sign-in/code-app/",
    },
    "admin": {
        "/audit/", "/clinic/settings/", "/clinic/open/", "/people/invitations/", "/people/invite/",
        "/people/*/", "/people/roles/*/change/", "/people/roles/*/credentials/", "/people/mine/",
    },
}  # fmt: skip
"""Pages among them that nobody opens every day, and that must not drop out of the walk."""

Arrive = Callable[[], Visitor]


@pytest.mark.parametrize(("who", "start"), [("supervisor", "/patients/"), ("admin", "/people/")])
def test_every_page_that_a_link_leads_to_holds_in_light_and_dark(
    visitor: Visit, who: str, start: str
) -> None:
    # given a supervisor at a desk, who may open the most, or an admin with a phone
    walker = visitor(wide=who == "supervisor")
    sign_in_anew(walker, who)
    # when every kind of page is opened once, then each is in order in both (see Visitor.look)
    seen = set(kinds_of_pages(walker, start))
    assert len(seen) >= KINDS_OF_PAGES, seen
    assert seen >= NAMED[who], NAMED[who] - seen


@pytest.mark.parametrize(
    ("walk", "wide"),
    [("trail", True), ("other_clinics_chart", False), ("kept", False), ("own_sign_in", True)],
)
def test_what_a_form_leads_to_holds_in_light_and_dark(
    visitor: Visit, walk: str, wide: bool
) -> None:
    # given pages that stand behind a form, when it is sent, with a mistake and right
    # then each answer is in order (see Visitor.look)
    WALKS[walk](lambda: visitor(wide=wide))


def test_what_is_not_there_says_so_on_a_page_of_the_product(visitor: Visit) -> None:
    # given a volunteer who follows a dead link, and one who may not see the summary
    volunteer = visitor()
    sign_in(volunteer, "volunteer")
    for path, status in (("/nowhere/", 404), ("/summary/", 403)):
        volunteer.open(path)
        assert volunteer.status == status
        expect(volunteer.page.get_by_role("heading", level=1)).to_be_visible()


def test_a_score_of_0_is_shown_as_0_everywhere(visitor: Visit) -> None:
    # given a summary before, and a patient without pain and at the worst mood
    supervisor = visitor(wide=True)
    sign_in(supervisor, "supervisor")
    before = missing_so_far(supervisor)
    start_session(_at_list(supervisor), "Nought, Zero", pain=0, mood=0)
    finish_session(supervisor, pain=0, mood=0)
    # then the session, the chart and the summary take 0 for a score
    expect(change_shown(supervisor, "pain")).to_have_text(
        re.compile(r"^\s*0 before,\s+0 after\s*no change")
    )
    expect(change_shown(supervisor, "mood")).to_have_text(
        re.compile(r"^\s*0 before,\s+0 after\s*no change")
    )
    chart_of(supervisor, "Nought, Zero")
    newest = sessions_on_chart(supervisor).first
    expect(newest).to_contain_text("pain 0 → 0 (no change) · mood 0 → 0 (no change)")
    assert len(before) == 2
    assert missing_so_far(supervisor) == before


def _at_list(visitor: Visitor) -> Visitor:
    visitor.open("/patients/")
    return visitor


def kinds_of_pages(visitor: Visitor, start: str) -> Iterator[str]:
    """Open one page of each kind that links lead to, and give the kinds."""
    waiting, known = [start], set()
    while waiting:
        path = waiting.pop(0)
        kind = IDENTITY.sub("*", path.split("?")[0])
        if kind in known or kind.endswith(".csv"):  # a file, which no page shows
            continue
        known.add(kind)
        visitor.open(path)
        waiting += visitor.page.locator("a[href^='/']").evaluate_all(
            "links => links.map(one => one.getAttribute('href').split('#')[0])"
        )
        yield kind


def _trail(arrive: Arrive) -> None:
    """The audit trail: filters with a mistake, filters, the check, the file."""
    supervisor = arrive()
    sign_in_anew(supervisor, "supervisor")
    supervisor.open("/audit/?first=2026-05-02&last=2026-05-01")
    expect(supervisor.page.get_by_role("alert")).to_contain_text("These filters cannot be read")
    supervisor.open("/audit/?trail=people")
    supervisor.page.get_by_label("What happened").select_option("person.signed_in")
    supervisor.go(button(supervisor, "Show"))
    expect(supervisor.page.locator(".rows li").first).to_contain_text("Signed in")
    with supervisor.page.expect_download() as file:
        supervisor.tap(button(supervisor, "Take all of these as a file (CSV)"))
    assert file.value.suggested_filename.endswith(".csv")
    supervisor.open("/audit/")
    supervisor.go(supervisor.page.get_by_role("button", name=re.compile("^Check ")))
    expect(supervisor.page.get_by_text("whole", exact=True)).to_be_visible()


def _other_clinics_chart(arrive: Arrive) -> None:
    """Emergency access: a chart that is not there, being in one, what its clinic sees of it."""
    there, here = arrive(), arrive()
    sign_in_anew(there, "therapist", at="harbour")
    there.open("/emergency-access/open/")
    there.page.get_by_label("The patient's clinic").select_option(label="Birchwood Hospice")
    there.page.get_by_label("Birth date").fill("1950-01-01")
    there.page.get_by_label("Why do you need this chart now?").fill("She fell in our lobby.")
    for number, status in (("J-Nobody", 422), ("J-Away", 200)):
        there.page.get_by_label("Chart number").fill(number)
        there.go(button(there, "Open the chart for 60 minutes"))
        assert there.status == status
    expect(there.page.get_by_text("to read only.")).to_be_visible()
    there.go(there.page.locator("section[aria-labelledby=sessions] a.row").first)
    sign_in_anew(here, "supervisor")
    here.go(link(here, "See by whom and why"))
    expect(here.page.get_by_text("Open now").first).to_be_visible()
    here.go(button(here, "I have seen this").first)
    there.go(button(there, "End it now"))
    expect(there.page.get_by_role("status")).to_contain_text("has ended")
    here.open("/emergency-access/")
    chart_of(here, "Away, Ava")
    here.open(here.page.url.removeprefix(here.address) + "looked-at/")
    expect(here.page.get_by_text("by emergency access").first).to_be_visible()


def _kept(arrive: Arrive) -> None:
    """What an admin writes: the clinic's settings, credentials that run out, a further clinic."""
    admin = arrive()
    sign_in_anew(admin, "admin", at="harbour")
    admin.open("/clinic/settings/")
    name = admin.page.get_by_label("Name", exact=True)
    for words, status in ((" ", 422), ("Harbour Cancer Center", 200)):
        name.fill(words)
        admin.go(button(admin, "Save settings"))
        assert admin.status == status
    admin.open("/clinic/open/")
    admin.go(admin.page.locator("main [type=submit]").last)
    assert admin.status == 422
    admin.open("/people/invite/")
    admin.page.get_by_label("E-mail address").fill("somebody-new@palliative.harbour.example")
    admin.tap(admin.page.locator("input[name=role]").first)
    admin.go(button(admin, "Invite"))
    admin.go(link(admin, "I have copied it"))
    admin.go(admin.page.get_by_role("button", name="Withdraw").first)
    expect(admin.page.get_by_role("status")).to_contain_text("is dead")
    admin.open("/people/")
    admin.go(admin.page.locator("a.row", has_text="Therapist of Harbour"))
    admin.go(admin.page.get_by_role("link", name="Write credentials"))
    insured = admin.page.get_by_label("Liability insurance holds until")
    for day, status in (("1890-01-01", 422), ("2020-01-01", 200)):
        insured.fill(day)
        admin.go(button(admin, "Save credentials"))
        assert admin.status == status
    person = arrive()
    sign_in_anew(person, "therapist", at="harbour")
    person.open("/people/mine/")
    expect(person.page.locator("main")).to_contain_text("2020")


def _own_sign_in(arrive: Arrive) -> None:
    """The own sign-in: the proof that is asked for, a password and a code that will not do."""
    person = arrive()
    sign_in_anew(person, "supervisor", at="harbour")
    person.open("/your-sign-in/prove/?next=/your-sign-in/passkey/")
    person.page.get_by_label("Present password").fill("not this one")
    person.go(button(person, "Go on"))
    assert person.status == 422
    person.open("/your-sign-in/password/")
    person.page.get_by_label("Present password").fill(PASSWORD)
    for label in ("New password", "New password, once more"):
        person.page.get_by_label(label, exact=True).fill("short")
    person.go(button(person, "Change password"))
    assert person.status == 422
    person.open("/your-sign-in/code-app/")
    person.page.get_by_label("Code").fill("000000")
    person.go(button(person, "Add this app"))
    assert person.status == 422


WALKS: dict[str, Callable[[Arrive], None]] = {
    "trail": _trail,
    "other_clinics_chart": _other_clinics_chart,
    "kept": _kept,
    "own_sign_in": _own_sign_in,
}
