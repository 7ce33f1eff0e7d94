"""Invitations: a link that works once, for 72 hours, for one address, and tells nothing else."""

import logging
import re
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from clinic.logging import DiscreetFormatter
from sessions_app.audit.models import AuditEvent
from sessions_app.clinics import actions as clinics
from sessions_app.clinics.models import Membership
from sessions_app.mail.models import Letter
from sessions_app.members import actions as members
from sessions_app.members import invitation_actions as actions
from sessions_app.members.deciding import TooLate
from sessions_app.members.models import Invitation
from sessions_app.people.models import User
from sessions_app.vocabulary.roles import Role
from tests.architecture.pages import link_to
from tests.reading import Page
from tests.sessions.test_at_the_same_time import together
from tests.universe import PASSWORD, ClientAs, Universe

INVITE, LISTED, JOIN = (reverse(f"members:{name}") for name in ("invite", "invitations", "join"))
ADDRESS = "nia@new.example"
NIA = {"display_name": "Nia New", "password": "a long enough passphrase"}


@pytest.fixture
def no_mail(settings: Any) -> None:
    settings.EMAIL_HOST = ""


@pytest.fixture
def mail(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server is set; nothing is sent in these tests, letters stay in the outbox."""
    settings.EMAIL_HOST = "mail.invalid"
    monkeypatch.setattr("sessions_app.mail.post.soon", lambda: None)


def invite(world: Universe, email: str = ADDRESS, **more: Any) -> str:
    """Invite an address; return the path of the link."""
    said = {"role": Role.THERAPIST, "by": world.admin, "link_to": link_to, **more}
    return actions.invite(email=email, **said).link


def opening(browser: Client, link: str) -> Page:
    answer = browser.get(link)
    assert answer.status_code == 302
    assert answer.headers["Location"] == JOIN
    return Page(browser.get(JOIN))


def shown_link(answer: Any) -> str:
    found = re.search(r"http://testserver(/people/join/[\w-]+/[\w-]+/)", answer.content.decode())
    assert found
    return found[1]


def test_without_a_mail_server_the_link_is_shown_once_and_only_its_hash_is_kept(
    universe: Universe, client_as: ClientAs, no_mail: None
) -> None:
    admin = client_as("admin")
    link = shown_link(admin.post(INVITE, {"email": ADDRESS.upper(), "role": "therapist"}))
    secret = link.rstrip("/").split("/")[-1]
    row = Invitation.objects.get(clinic_id=universe.birchwood.pk)
    assert (row.email, row.role) == (ADDRESS, "therapist")
    assert row.expires_at - row.sent_at == timedelta(hours=72)
    assert not Letter.objects.exists()
    everything = str(list(Invitation.objects.values())) + str(list(AuditEvent.objects.values()))
    assert secret not in everything
    page = Page(admin.get(LISTED))
    assert ADDRESS in page.words
    assert secret not in page.html


def test_with_a_mail_server_the_link_goes_by_letter_and_is_not_shown(
    universe: Universe, client_as: ClientAs, mail: None
) -> None:
    answer = client_as("admin").post(INVITE, {"email": ADDRESS, "role": "volunteer"})
    assert answer.headers["Location"] == LISTED
    letter = Letter.objects.get()
    assert letter.to == ADDRESS
    assert "as volunteer" in letter.body
    link = re.search(r"http://testserver(/people/join/\S+)", letter.body)
    assert link
    assert "Join Birchwood Hospice" in opening(Client(), link[1]).words


def test_a_new_person_joins_and_signs_in(universe: Universe, no_mail: None) -> None:
    browser, link = Client(), invite(universe)
    page = opening(browser, link)
    assert "therapist" in page.words
    answer = browser.post(JOIN, NIA)
    assert answer.headers["Location"] == reverse("people:sign_in")
    user = User.objects.get(email=ADDRESS)
    held = Membership.objects.get(clinic_id=universe.birchwood.pk, user=user)
    assert (user.display_name, held.role) == ("Nia New", "therapist")
    said = AuditEvent.objects.get(action="invitation.accepted")
    assert (said.actor_id, said.clinic_id) == (user.pk, universe.birchwood.pk)
    assert browser.get(JOIN).status_code == 404
    browser.post("/sign-in/", {"email": ADDRESS, "password": NIA["password"]})
    assert browser.get("/patients/").status_code == 200


def test_who_has_an_account_signs_in_and_accepts(universe: Universe, no_mail: None) -> None:
    browser, link = Client(), invite(universe, universe.foreign_therapist.user.email)
    page = opening(browser, link)
    signing_in = next(one for one in page.links() if one.startswith("/sign-in/?next="))
    who = {"email": universe.foreign_therapist.user.email, "password": PASSWORD}
    answer = browser.post("/sign-in/", {**who, "next": signing_in.split("=", 1)[1]})
    assert answer.headers["Location"] == JOIN
    assert "Accept" in Page(browser.get(JOIN)).html
    assert browser.post(JOIN).status_code == 302
    assert "Adason" in Page(browser.get("/patients/")).words
    assert universe.foreign_therapist.user.memberships.in_force().count() == 2


def test_who_has_an_account_and_does_not_know_it_is_led_to_it(
    universe: Universe, no_mail: None
) -> None:
    browser, link = Client(), invite(universe, universe.foreign_therapist.user.email)
    opening(browser, link)
    answer = browser.post(JOIN, NIA)
    assert answer.status_code == 422
    assert "Sign in with it instead" in Page(answer).words
    assert universe.foreign_therapist.user.memberships.count() == 1


@pytest.mark.parametrize("weak", ["tiny7x", "password"])
def test_a_weak_password_is_refused_in_words(universe: Universe, no_mail: None, weak: str) -> None:
    browser = Client()
    opening(browser, invite(universe))
    answer = browser.post(JOIN, {**NIA, "password": weak})
    assert answer.status_code == 422
    assert Page(answer).said_at("id_password")
    assert "tiny7x" not in answer.content.decode()
    assert not User.objects.filter(email=ADDRESS).exists()


def _used(world: Universe, row: Invitation) -> None:
    user = User.objects.create(email=ADDRESS, display_name="N")
    actions.accept(row, user=user)


def _expired(world: Universe, row: Invitation) -> None:
    ago = timedelta(hours=72, seconds=1)
    Invitation.objects.filter(pk=row.pk).update(
        sent_at=world.now - 2 * ago, expires_at=world.now - timedelta(seconds=1)
    )


def _withdrawn(world: Universe, row: Invitation) -> None:
    actions.withdraw(row, by=world.admin)


def _sent_again(world: Universe, row: Invitation) -> None:
    actions.resend(row, by=world.admin, link_to=link_to)


@pytest.mark.parametrize(
    ("deed", "status", "words"),
    [
        (_used, 410, "This invitation was accepted"),
        (_expired, 410, "This invitation has expired"),
        (_withdrawn, 410, "This invitation was withdrawn"),
        (_sent_again, 404, "This link opens nothing"),
    ],
)
@pytest.mark.parametrize("before", [True, False], ids=["open already", "opened after"])
def test_a_dead_link_gets_one_clear_answer(
    universe: Universe, no_mail: None, deed: Any, status: int, words: str, before: bool
) -> None:
    browser, link = Client(), invite(universe)
    if before:
        opening(browser, link)
    deed(universe, Invitation.objects.get(email=ADDRESS))
    browser.get(link)
    for answer in (browser.get(JOIN), browser.post(JOIN, NIA)):
        assert answer.status_code == status
        assert words in Page(answer).words
        assert ADDRESS not in answer.content.decode()
    assert User.objects.filter(email=ADDRESS).count() == (deed is _used)


@pytest.mark.parametrize(
    "link", ["x/y", "00000000-0000-0000-0000-000000000000/y", "{id}/y", "{id}/{hash}", "{id}/é"]
)
def test_a_made_up_link_opens_nothing_and_tells_nothing(
    universe: Universe, no_mail: None, link: str
) -> None:
    invite(universe)
    row = Invitation.objects.get(email=ADDRESS)
    page = opening(Client(), "/people/join/" + link.format(id=row.pk, hash=row.secret_hash) + "/")
    assert "This link opens nothing" in page.words
    assert "Birchwood" not in page.words


def test_another_persons_link_is_not_accepted(
    universe: Universe, client_as: ClientAs, no_mail: None
) -> None:
    browser = client_as("foreign_therapist")
    browser.get(invite(universe))
    for answer in (browser.get(JOIN), browser.post(JOIN)):
        assert answer.status_code == 403
        told = Page(answer)
        assert "written to another address" in told.words
        assert ADDRESS not in told.html
    assert universe.foreign_therapist.user.memberships.count() == 1


def test_a_link_works_once_and_a_second_browser_is_too_late(
    universe: Universe, no_mail: None
) -> None:
    one, other, link = Client(), Client(), invite(universe)
    opening(one, link)
    opening(other, link)
    assert one.post(JOIN, NIA).status_code == 302
    assert "was accepted" in Page(other.post(JOIN, NIA)).words


@pytest.mark.postgres
def test_a_link_used_twice_at_once_makes_one_person(committed: Universe, settings: Any) -> None:
    settings.EMAIL_HOST = ""
    user = committed.foreign_therapist.user
    actions.invite(email=user.email, role=Role.ADMIN, by=committed.admin, link_to=link_to)
    row = Invitation.objects.get(email=user.email)
    got = together([lambda: actions.accept(row, user=user)] * 4)
    assert sum(isinstance(one, Membership) for one in got) == 1, got
    assert sum(isinstance(one, TooLate) for one in got) == 3, got


@pytest.mark.postgres
def test_an_invitation_taken_back_while_it_is_accepted_is_one_or_the_other(
    committed: Universe, settings: Any
) -> None:
    settings.EMAIL_HOST = ""
    user = committed.foreign_therapist.user
    actions.invite(email=user.email, role=Role.ADMIN, by=committed.admin, link_to=link_to)
    row = Invitation.objects.get(email=user.email)
    got = together(
        [lambda: actions.accept(row, user=user), lambda: actions.withdraw(row, by=committed.admin)]
    )
    assert sum(isinstance(one, TooLate) for one in got) == 1, got


def test_inviting_a_member_says_so(universe: Universe, client_as: ClientAs, mail: None) -> None:
    admin, sent = client_as("admin"), {"role": "volunteer"}
    answer = admin.post(INVITE, {**sent, "email": "Therapist@Birchwood.example"})
    assert answer.status_code == 422
    assert "is therapist in this clinic already" in Page(answer).words
    members.deactivate(universe.therapist, by=universe.admin)
    answer = admin.post(INVITE, {**sent, "email": universe.therapist.user.email})
    assert "reactivate the role" in Page(answer).words


def test_an_admin_learns_nothing_about_accounts_elsewhere(
    universe: Universe, client_as: ClientAs, mail: None
) -> None:
    admin = client_as("admin")
    far = universe.foreign_therapist.user.email
    told = [
        admin.post(INVITE, {"email": email, "role": "volunteer"}, follow=True)
        .content.decode()
        .replace(email, "")
        for email in (far, "nobody-has-me@new.example")
    ]
    strip = re.compile(r"<li>.*?</li>|csrfmiddlewaretoken\" value=\"\w+|\w{32}", re.S)
    assert strip.sub("", told[0]) == strip.sub("", told[1])
    again = admin.post(INVITE, {"email": far, "role": "volunteer"})
    assert again.status_code == 422
    assert "is invited already" in Page(again).words


def test_an_invitation_is_sent_again_and_withdrawn_by_its_own_clinic_alone(
    universe: Universe, client_as: ClientAs, no_mail: None
) -> None:
    first = invite(universe)
    row = Invitation.objects.get(email=ADDRESS)
    again, back = (reverse(f"members:{name}", args=[row.pk]) for name in ("resend", "withdraw"))
    for where in (again, back):
        assert client_as("foreign_admin").post(where).status_code == 404
    second = shown_link(client_as("admin").post(again))
    assert second != first
    assert "Join Birchwood" in opening(Client(), second).words
    browser = client_as("admin")
    assert browser.post(back).status_code == 302
    assert "withdrawn" in opening(Client(), second).words
    assert browser.post(back).status_code == 404
    assert ADDRESS not in Page(browser.get(LISTED)).words.split("Not answered yet")[-1]


def test_a_secret_is_in_no_log_line_and_no_page_has_it_in_its_address(
    universe: Universe, no_mail: None
) -> None:
    link, lines = invite(universe), StringIO()
    handler = logging.StreamHandler(lines)
    handler.setFormatter(DiscreetFormatter())
    log = logging.getLogger("django.request")
    log.addHandler(handler)
    try:
        browser = Client()
        answer = browser.get(link)
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert not answer.content
        browser.get(JOIN)
        browser.post(link)
        log.warning("Not Found: %s", link)
    finally:
        log.removeHandler(handler)
    secret = link.rstrip("/").split("/")[-1]
    assert "/people/join/…" in lines.getvalue()
    assert secret not in lines.getvalue()
    assert secret not in str(dict(browser.session))


def test_an_invitation_goes_into_the_clinic_that_was_chosen(
    universe: Universe, client_as: ClientAs, no_mail: None
) -> None:
    clinics.add_member(clinic=universe.harbour, user=universe.admin.user, role=Role.ADMIN)
    client_as("admin").post(INVITE, {"email": ADDRESS, "role": "admin", "clinic": "harbour"})
    assert Invitation.objects.get(email=ADDRESS).clinic_id == universe.harbour.pk
