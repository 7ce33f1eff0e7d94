"""A forgotten password: one answer for everybody, a link that works once, and no way round."""

import logging
import re
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from clinic.logging import DiscreetFormatter
from sessions_app.audit.models import AuditEvent
from sessions_app.mail.models import Letter
from sessions_app.people import actions as people
from sessions_app.people import forgotten, password_link_actions
from sessions_app.people.models import User
from sessions_app.people.opened_link import OpenedLink
from sessions_app.people.password_link_model import PasswordLink
from sessions_app.people.sign_in_model import SignIn
from tests.people import signing
from tests.people.counting import Clock, Hashes
from tests.people.signing import EMAIL, browser, is_in, sign_in, signed_in
from tests.reading import Page
from tests.universe import Universe

ASK, SET = reverse("people:forgotten"), reverse("people:new_password")
NEW = "a kettle under the violet roof"
NOBODY = "nobody@birchwood.example"
TAKES = forgotten.TAKES


@pytest.fixture(autouse=True)
def has_server(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Set a mail server; let no answer be held back."""
    settings.EMAIL_HOST = "post.example"  # nothing commits, none goes
    monkeypatch.setattr(forgotten, "TAKES", 0.0)


def ask(email: str = EMAIL, where: str = "127.0.0.1", one: Client | None = None) -> HttpResponse:
    return (one or browser()).post(ASK, {"email": email}, REMOTE_ADDR=where)


def letters(email: str = EMAIL) -> list[Letter]:
    return list(Letter.objects.filter(to=email, subject__contains="new password").order_by("id"))


def link(email: str = EMAIL) -> str:
    """Return the address in the last letter."""
    [where] = re.findall(r"https?://\S+", letters(email)[-1].body)
    return where.removeprefix("http://localhost")


def opened(where: str) -> Client:
    """Return a browser in which a link was opened."""
    one = browser()
    answer = one.get(where)
    assert answer.headers["Location"] == SET
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    return one


def set_new(one: Client, new: str = NEW, again: str | None = None) -> HttpResponse:
    return one.post(SET, {"new": new, "again": new if again is None else again})


def test_a_link_comes_by_letter_and_sets_a_password_once(universe: Universe) -> None:
    assert ask("Therapist@Birchwood.example").status_code == 302
    [letter] = letters()
    assert "works once, for an hour" in letter.body
    one = opened(link())
    assert EMAIL in Page(one.get(SET)).words
    answer = set_new(one)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/sign-in/")
    assert not is_in(one)
    assert sign_in(one).status_code == 422  # the old one
    assert sign_in(one, password=NEW).status_code == 302
    assert is_in(one)
    assert set_new(opened(link())).status_code == 404


def test_who_never_had_a_password_reads_nothing_of_a_new_one(universe: Universe) -> None:
    new = people.add_person(email="new@birchwood.example", display_name="New", password=None)
    password_link_actions.make_link(
        new, link_to=lambda key, secret: f"http://localhost{SET}{key}/{secret}/", by=None
    )
    one = opened(link(new.email))
    pages = [one.get(SET), set_new(one, again="another"), one.post(SET, {"new": NEW, "again": NEW})]
    first, mistaken = Page(pages[0]).words, Page(pages[1]).words
    assert "Set your password" in first
    assert "Your password is not set yet. Please look at:" in mistaken
    done = Page(one.get(pages[2].headers["Location"])).words
    assert "Your password is set. Sign in with it." in done
    for words in (first, mistaken, done):
        assert "browser" not in words
        assert "unchanged" not in words
        assert "new password" not in words.lower()


def test_who_signs_in_with_the_hospital_alone_is_told_of_every_browser(universe: Universe) -> None:
    user = universe.therapist.user
    user.set_unusable_password()
    user.last_login = universe.now
    user.save()
    password_link_actions.make_link(
        user, link_to=lambda key, secret: f"http://localhost{SET}{key}/{secret}/", by=None
    )
    one = opened(link())
    assert "Every browser in which you are signed in is signed out" in Page(one.get(SET)).words
    assert "Your password is not set yet." in Page(set_new(one, again="another")).words


def test_only_a_hash_is_stored_and_no_secret_is_told(
    universe: Universe, caplog: pytest.LogCaptureFixture
) -> None:
    ask()
    where = link()
    secret = where.split("/")[-2]
    row = PasswordLink.objects.get()
    assert secret not in "".join(str(one) for one in vars(row).values())
    one = opened(where)
    assert secret not in str(dict(one.session))
    assert secret not in one.get(SET).content.decode()
    set_new(one)
    for event in AuditEvent.objects.all():
        assert secret not in f"{event.old}{event.new}"
    assert secret not in caplog.text
    told = logging.LogRecord("django.request", 30, "", 0, "Not Found: %s", (where,), None)
    assert "/sign-in/new-password/…" in DiscreetFormatter().format(told)


def test_known_and_unknown_get_the_same_answer(universe: Universe) -> None:
    closed = universe.volunteer.user
    User.objects.filter(pk=closed.pk).update(is_active=False)
    people.add_person(email="hospital@birchwood.example", display_name="H")
    said = set()
    for email in (EMAIL, NOBODY, closed.email, "hospital@birchwood.example"):
        one = browser()
        answer = ask(email, one=one)
        said.add((answer.status_code, answer.headers["Location"], shown(one.get(ASK + "?asked=1"))))
    assert len(said) == 1
    assert Letter.objects.count() == len(letters()) == 1


def shown(answer: HttpResponse) -> str:
    return Page(answer).words


class Watch:
    """A clock that runs with the processor's time; whoever sleeps is noted and goes on at once."""

    def __init__(self) -> None:
        self.begun, self.answered = 0.0, 0.0

    def monotonic(self) -> float:
        self.begun = self.begun or time.process_time()
        return time.process_time()

    def sleep(self, seconds: float) -> None:
        self.answered = time.process_time() + seconds - self.begun


@pytest.mark.parametrize("email", [EMAIL, NOBODY])
def test_known_and_unknown_take_the_same_time(
    universe: Universe, monkeypatch: pytest.MonkeyPatch, email: str
) -> None:
    """What a letter costs fits into the time that every answer takes, several times over."""
    watch = Watch()
    monkeypatch.setattr(forgotten, "TAKES", TAKES)
    monkeypatch.setattr(forgotten, "time", watch)
    begun = time.process_time()
    ask(email)
    assert time.process_time() - begun < TAKES / 2
    assert watch.answered == pytest.approx(TAKES, rel=0.05)
    assert len(letters(email)) == (email == EMAIL)


def test_it_costs_no_hash_and_no_storm_of_letters(
    universe: Universe, hashes: Hashes, clock: Clock
) -> None:
    statuses = [ask(where=f"192.0.2.{n}").status_code for n in range(20)]
    unknown = [ask(NOBODY, where=f"198.51.100.{n}").status_code for n in range(20)]
    assert statuses == unknown == [302] * 3 + [429] * 17
    assert (len(letters()), hashes.spent) == (3, 0)
    clock.pass_by(3600)
    assert [ask(where=f"192.0.2.{n}").status_code for n in range(5)] == [302] + [429] * 4
    assert len(letters()) == 4


def test_one_address_asks_for_few_people(universe: Universe, clock: Clock) -> None:
    statuses = [ask(f"n{n}@birchwood.example").status_code for n in range(40)]
    assert statuses == [302] * 30 + [429] * 10


def test_who_must_wait_is_told_how_long(universe: Universe, clock: Clock) -> None:
    answer = [ask() for _ in range(4)][-1]
    assert answer.headers["Retry-After"] == "3600"
    assert "Wait 60 minutes" in Page(answer).words
    assert opened(link()).get(SET).status_code == 200


def used(where: str) -> None:
    set_new(opened(where))


def too_old(where: str) -> None:
    earlier = PasswordLink.objects.get().made_at - password_link_actions.VALID_FOR
    PasswordLink.objects.update(
        made_at=earlier, expires_at=earlier + password_link_actions.VALID_FOR
    )


def newer(where: str) -> None:
    ask()


def changed_by_its_owner(where: str) -> None:
    one = signed_in()
    said = {"password": signing.PASSWORD, "new": NEW, "again": NEW}
    assert one.post("/your-sign-in/password/", said).status_code == 302


def closed(where: str) -> None:
    User.objects.filter(email=EMAIL).update(is_active=False)


@pytest.mark.parametrize("ends", [used, too_old, newer, changed_by_its_owner, closed])
def test_a_link_ends(universe: Universe, ends: Callable[[str], None]) -> None:
    ask()
    where = link()
    before = opened(where)
    ends(where)
    for one in (before, opened(where)):
        answer = set_new(one, "another sentence about nothing")
        assert answer.status_code == 404
        assert "This link opens nothing" in Page(answer).words
    assert sign_in(browser(), password="another sentence about nothing").status_code == 422


@pytest.mark.parametrize("made_up", ["a/b", "0" * 8 + "/x", "{id}/wrong"])
def test_a_made_up_link_opens_nothing(universe: Universe, made_up: str) -> None:
    ask()
    one = opened(f"{SET}{made_up.format(id=PasswordLink.objects.get().link_id)}/")
    assert one.get(SET).status_code == 404


def test_the_rules_for_passwords_hold(universe: Universe) -> None:
    ask()
    one = opened(link())
    for new, again, said in (
        ("short", "short", "too short"),
        ("birchwood hospice therapist", "birchwood hospice therapist", "made of words"),
        (NEW, NEW + "x", "not the same"),
    ):
        answer = set_new(one, new, again)
        assert answer.status_code == 422
        assert said in Page(answer).words
    assert set_new(one).status_code == 302


def test_every_sign_in_ends_also_one_that_stands_before_its_second_step(
    universe: Universe,
) -> None:
    here = signed_in()
    signing.add_code_app(here)
    half = browser()
    sign_in(half)
    ask()
    set_new(opened(link()))
    assert here.get("/patients/").status_code == 302
    assert not SignIn.objects.filter(user=universe.therapist.user).exists()
    assert half.get(signing.STEP).headers["Location"] == "/sign-in/"


def test_who_is_still_signed_in_here_signs_in_anew_and_somebody_else_goes_on(
    universe: Universe,
) -> None:
    here, volunteer = signed_in(), signed_in("volunteer@birchwood.example")
    for one, goes_on in ((here, False), (volunteer, True)):
        ask(where="192.0.2.9")
        one.get(link())
        assert set_new(one).headers["Location"] == "/sign-in/"
        assert is_in(one) == goes_on
        assert one.get("/sign-in/").status_code == 200


def test_the_second_factor_is_asked_as_ever(universe: Universe) -> None:
    secret = signing.add_code_app(signed_in())
    ask()
    one = opened(link())
    set_new(one)
    assert sign_in(one, password=NEW).headers["Location"] == signing.STEP
    assert not is_in(one)
    one.post(signing.STEP, {"code": signing.code(secret, 1)})
    assert is_in(one)


def test_it_is_told_by_letter_and_on_record(universe: Universe) -> None:
    ask()
    set_new(opened(link()))
    changed = Letter.objects.get(to=EMAIL, subject__contains="was changed")
    assert "A new password was set by a link" in changed.body
    said = list(AuditEvent.objects.order_by("at").values_list("action", "actor_id"))
    assert said[-2:] == [
        ("person.password_link_made", None),
        ("person.password_set", universe.therapist.user_id),
    ]


def test_who_typed_it_wrong_before_does_not_wait_after(
    universe: Universe, clock: Clock, hashes: Hashes
) -> None:
    one = browser()
    assert [sign_in(one, password="wrong").status_code for _ in range(5)] == [422] * 4 + [429]
    ask()
    one.get(link())
    set_new(one)
    assert sign_in(one, password=NEW).status_code == 302


def test_without_a_mail_server_the_page_says_so(universe: Universe, settings: Any) -> None:
    settings.EMAIL_HOST = ""
    for answer in (browser().get(ASK), ask()):
        assert answer.status_code == 200
        assert "Ask an admin of your clinic" in Page(answer).words
    assert not PasswordLink.objects.exists()


@pytest.mark.postgres
def test_a_link_used_twice_at_once_sets_one_password(committed: Universe) -> None:
    user = committed.therapist.user
    given: list[tuple[Any, str]] = []
    password_link_actions.make_link(
        user, link_to=lambda link_id, secret: given.append((link_id, secret)) or "", by=None
    )
    [(link_id, secret)] = given
    one = OpenedLink(link_id, password_link_actions.hash_of(secret))

    def use(number: int) -> bool:
        try:
            password_link_actions.set_by_link(one, password=f"{NEW} {number}")
            return True
        except password_link_actions.DeadLink:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(use, range(4))) == [False, False, False, True]
