"""Wrong passwords: few hashes, growing waits, and nobody holds a colleague off for long."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import authenticate
from django.test import Client, RequestFactory

from sessions_app.people import actions, address, try_actions
from sessions_app.people.models import User
from sessions_app.people.try_model import PasswordTry
from sessions_app.people.waits import ACCOUNT, ADDRESS, ALL, DEVICE, PLACE, Waits, in_words
from tests.people.counting import Clock, Hashes
from tests.reading import Page
from tests.universe import PASSWORD, Universe

THERAPIST = "therapist@birchwood.example"
WINDOW = 15 * 60
WRONG = "wrong"
AT = 1_800_000_000_000


def tried(
    browser: Client, email: str = THERAPIST, password: str = WRONG, where: str = "127.0.0.1"
) -> Any:
    """Try a password from an address."""
    said = {"email": email, "password": password}
    return browser.post("/sign-in/", said, REMOTE_ADDR=where)


def asked(email: str = THERAPIST, password: str = WRONG, where: str = "127.0.0.1") -> bool:
    """Try a password as any sign-in page asks for it, without a page; say whether it was right."""
    request = RequestFactory().post("/", REMOTE_ADDR=where)
    return authenticate(request, username=email, password=password) is not None


def known_device(email: str = THERAPIST) -> Client:
    """Return a browser on which this person has signed in and out again."""
    browser = Client()
    assert tried(browser, email, PASSWORD, "192.0.2.77").status_code == 302
    browser.post("/sign-out/")
    return browser


def spent_in_a_window(kind: Waits) -> int:
    """Count the tries that one counter lets through in a window, asked every second."""
    return sum(try_actions.reserve({"k": kind}, at_ms=AT + s * 1000) == 0 for s in range(WINDOW))


@pytest.mark.slow
@pytest.mark.usefixtures("db")
@pytest.mark.parametrize(("kind", "most"), [(DEVICE, 9), (PLACE, 6), (ACCOUNT, 9)])
def test_an_account_has_at_most_ten_tries_in_a_window(kind: Waits, most: int) -> None:
    for _ in range(10):  # at once, then every second
        try_actions.reserve({"k": kind}, at_ms=AT)
    held = PasswordTry.objects.get().tries
    assert held + spent_in_a_window(kind) <= most <= 10


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.kind)
def test_the_wait_is_the_one_of_the_table_and_told_exactly(kind: Waits) -> None:
    at, tries = AT, 0
    for _ in range(60):
        wait = try_actions.reserve({"k": kind}, at_ms=at)
        assert wait == (kind.after(tries) if tries else 0)
        if wait:
            assert try_actions.reserve({"k": kind}, at_ms=at + wait * 1000 - 1) == 1
            tries = max(0, tries - wait // kind.drains)
            at += wait * 1000
            assert try_actions.reserve({"k": kind}, at_ms=at) == 0
        tries += 1
        assert PasswordTry.objects.get().tries == tries


@pytest.mark.usefixtures("db")
def test_a_refused_try_raises_no_counter() -> None:
    full = {"a": ACCOUNT, "z": PLACE}
    for _ in range(4):
        assert try_actions.reserve(full, at_ms=AT) == 0
    assert try_actions.reserve(full | {"m": ADDRESS}, at_ms=AT) == 60
    rows = dict(PasswordTry.objects.values_list("key", "tries"))
    assert rows == {"a": 4, "z": 4}


@pytest.mark.usefixtures("db")
def test_of_several_counters_all_are_raised_or_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """What another process took between the look and the reservation."""
    for _ in range(4):
        try_actions.reserve({"z": PLACE}, at_ms=AT)
    answers = iter([0, 60])
    monkeypatch.setattr(try_actions, "_seconds_left", lambda *_: next(answers))
    assert try_actions.reserve({"a": ACCOUNT, "z": PLACE}, at_ms=AT) == 60
    assert dict(PasswordTry.objects.values_list("key", "tries")) == {"z": 4}


@pytest.mark.usefixtures("db")
def test_calm_lowers_a_counter() -> None:
    for _ in range(4):
        try_actions.reserve({"k": PLACE}, at_ms=AT)
    later = AT + 3 * PLACE.drains * 1000
    assert [try_actions.reserve({"k": PLACE}, at_ms=later) for _ in range(4)] == [0, 0, 0, 60]


@pytest.mark.usefixtures("db")
def test_old_counters_are_taken_away() -> None:
    try_actions.reserve({"old": PLACE}, at_ms=AT)
    try_actions.reserve({"new": PLACE}, at_ms=AT + 1000)
    try_actions.forget_old(at_ms=AT + 24 * 3600 * 1000 + 1)
    assert [row.key for row in PasswordTry.objects.all()] == ["new"]


@pytest.mark.slow
def test_a_thousand_wrong_passwords_on_one_account(
    universe: Universe, hashes: Hashes, clock: Clock
) -> None:
    browser = Client()
    statuses = [tried(browser).status_code for _ in range(20)]
    assert hashes.spent == 4
    assert statuses == [422] * 4 + [429] * 16
    for _ in range(900):
        clock.pass_by(1)
        asked()
    assert hashes.spent <= 10


@pytest.mark.slow
def test_one_account_from_two_hundred_addresses(
    universe: Universe, hashes: Hashes, clock: Clock
) -> None:
    owner = known_device()
    hashes.spent = 0
    for n in range(200):
        asked(where=f"127.0.0.{n + 1}")
        clock.pass_by(WINDOW / 200)
    assert hashes.spent <= 10
    hashes.spent = 0
    assert tried(owner, password=PASSWORD, where="127.0.0.9").status_code == 302
    assert hashes.spent == 1


@pytest.mark.slow
def test_many_accounts_from_one_address(universe: Universe, hashes: Hashes, clock: Clock) -> None:
    for n in range(1000):
        asked(f"person{n % 200}@birchwood.example")
        clock.pass_by(WINDOW / 1000)
    assert hashes.spent <= 60
    assert tried(Client(), password=PASSWORD, where="192.0.2.5").status_code == 302


def test_tries_from_one_address_leave_the_account_free_from_another(
    universe: Universe, clock: Clock
) -> None:
    for _ in range(360):  # an hour long, every ten seconds
        try_actions.reserve({"place": PLACE, "account": ACCOUNT}, at_ms=clock.now_ms)
        clock.pass_by(10)
    elsewhere = {"place2": PLACE, "account": ACCOUNT}
    assert try_actions.reserve(elsewhere, at_ms=clock.now_ms) == 0


def test_the_owner_on_a_known_device_is_not_held_off_by_others(
    universe: Universe, clock: Clock
) -> None:
    owner = known_device()
    attacker = Client()
    while tried(attacker, where="127.0.0.1").status_code != 429:
        pass
    assert tried(attacker, password=PASSWORD, where="127.0.0.1").status_code == 429
    # from the same address, with an error of the owner's own before
    assert tried(owner, password="slip", where="127.0.0.1").status_code == 422
    assert tried(owner, password=PASSWORD, where="127.0.0.1").status_code == 302


def test_a_known_device_is_known_for_its_own_people_only(
    universe: Universe, hashes: Hashes, clock: Clock
) -> None:
    colleague = known_device("supervisor@birchwood.example")
    for _ in range(20):
        tried(colleague)
    assert hashes.spent <= 4 + 1


@pytest.mark.slow
def test_a_known_device_has_its_own_limit(universe: Universe, hashes: Hashes, clock: Clock) -> None:
    owner = known_device()
    hashes.spent = 0
    for _ in range(WINDOW // 15):
        tried(owner)
        clock.pass_by(15)
    assert hashes.spent <= 10


def with_another_end(said: str) -> str:
    return said[:-1] + ("A" if said[-1] != "A" else "B")


@pytest.mark.parametrize("forge", [str.swapcase, with_another_end, lambda said: "x"])
def test_a_device_cookie_that_we_did_not_sign_is_none(
    universe: Universe, clock: Clock, forge: Callable[[str], str]
) -> None:
    owner, name = known_device(), settings.DEVICE_COOKIE_NAME
    owner.cookies[name] = forge(owner.cookies[name].value)
    statuses = [tried(owner).status_code for _ in range(5)]
    assert statuses == [422] * 4 + [429]  # as many as an unknown device has


def test_a_right_password_is_given_back(universe: Universe, clock: Clock) -> None:
    for _ in range(12):
        assert tried(Client(), password=PASSWORD).status_code == 302
    assert set(PasswordTry.objects.values_list("tries", flat=True)) == {0}


def test_a_right_password_forgives_no_tries_of_others(universe: Universe, clock: Clock) -> None:
    for n in range(6):
        tried(Client(), where=f"127.0.1.{n}")
        clock.pass_by(61)
    tried(Client(), password=PASSWORD, where="192.0.2.5")
    assert PasswordTry.objects.get(kind="account").tries == 6


def test_a_refused_try_is_told_in_plain_words(universe: Universe, clock: Clock) -> None:
    browser = Client()
    answers = [tried(browser, email="Therapist@Birchwood.example") for _ in range(5)]
    refused = answers[-1]
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "60")
    page = Page(refused)
    assert "Too many tries. Wait 1 minute, then try again" in page.words
    assert page.posting("email")["email"] == ["Therapist@Birchwood.example"]
    assert b'"wrong"' not in refused.content
    # the right password is not looked at either, in whatever case the address is typed
    assert tried(browser, password=PASSWORD).status_code == 429


def closed(universe: Universe) -> str:
    user = universe.therapist.user
    User.objects.filter(pk=user.pk).update(is_active=False)
    return str(user.email)


def without_password(universe: Universe) -> str:
    return actions.add_person(email="none@birchwood.example", display_name="N").email


ACCOUNTS: dict[str, Callable[[Universe], str]] = {
    "known": lambda universe: THERAPIST,
    "unknown": lambda universe: "nobody@birchwood.example",
    "closed": closed,
    "without a password": without_password,
}


@pytest.mark.parametrize("account", ACCOUNTS)
def test_known_and_unknown_accounts_cost_and_answer_the_same(
    universe: Universe, hashes: Hashes, clock: Clock, account: str
) -> None:
    email = ACCOUNTS[account](universe)
    hashes.spent = 0
    told = [Page(tried(Client(), email=email)).words for _ in range(6)]
    assert hashes.spent == 4
    assert told == [Page(tried(Client(), email="somebody@else.example", where="127.0.0.8")).words
                    for _ in range(6)]  # fmt: skip


def test_a_password_that_is_far_too_long_costs_nothing(universe: Universe, hashes: Hashes) -> None:
    assert tried(Client(), password="p" * 1025).status_code == 422
    assert hashes.spent == 0


def test_no_row_tells_whose_it_is(universe: Universe, clock: Clock) -> None:
    tried(Client(), where="192.0.2.44")
    tried(known_device(), password="slip")
    said = str(list(PasswordTry.objects.values()))
    for told in (THERAPIST, "192.0.2", "birchwood", str(universe.therapist.user_id)):
        assert told not in said


@pytest.mark.parametrize(
    ("behind", "sent", "expected"),
    [
        (False, {"REMOTE_ADDR": "192.0.2.1", "HTTP_X_FORWARDED_FOR": "203.0.113.9"}, "192.0.2.1"),
        (True, {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "203.0.113.9"}, "203.0.113.9"),
        (True, {"HTTP_X_FORWARDED_FOR": "1.1.1.1, 2.2.2.2 , 203.0.113.9"}, "203.0.113.9"),
        (True, {"REMOTE_ADDR": "127.0.0.1"}, ""),
        (False, {"REMOTE_ADDR": ""}, ""),
    ],
)
def test_the_address_is_the_proxys_word_only_behind_a_proxy(
    settings: Any, behind: bool, sent: dict[str, str], expected: str
) -> None:
    settings.BEHIND_PROXY = behind
    assert address.address_of(RequestFactory().get("/", **sent)) == expected


@pytest.mark.parametrize(
    ("told", "counted"),
    [
        ("192.0.2.1", "192.0.2.1"), ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"), ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"), ("", ""), ("no address", "no address"),
    ],
)  # fmt: skip
def test_addresses_of_one_subscriber_are_one(told: str, counted: str) -> None:
    assert address.network_of(told) == counted


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(1, "1 second"), (15, "15 seconds"), (60, "1 minute"), (61, "2 minutes"), (900, "15 minutes")],
)
def test_a_wait_is_said_as_one_says_it(seconds: int, words: str) -> None:
    assert in_words(seconds) == words
