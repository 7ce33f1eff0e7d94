"""The security log: one line for each thing that was tried and refused, and nobody named in it."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import IntegrityError
from django.test import Client, RequestFactory, override_settings
from django.urls import reverse

from clinic.errors import server_error
from sessions_app.audit.models import AuditEvent
from sessions_app.audit.security_log import Noticed
from tests.people.signing import (
    PASSKEY,
    STEP,
    add_code_app,
    add_passkey,
    browser,
    sign_in,
    signed_in,
    with_passkey,
)
from tests.universe import PASSWORD, ClientAs, Universe

ROOT = Path(__file__).resolve().parent.parent
LOGGER = "stillhand.security"
THERAPIST = "therapist@birchwood.example"


def lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Return what the security log was told."""
    return [record.getMessage() for record in caplog.records if record.name == LOGGER]


def tried(password: str, email: str = THERAPIST, where: str = "192.0.2.7") -> None:
    Client().post("/sign-in/", {"email": email, "password": password}, REMOTE_ADDR=where)


@pytest.fixture
def refused(universe: Universe, client_as: ClientAs) -> dict[Noticed, Callable[[], object]]:
    """Return, for each kind of line, something that writes it."""
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(universe.supervisor.user)
    chart = reverse("rounds:chart", args=[universe.ada.pk])
    therapist, foreign = client_as("therapist"), client_as("foreign_therapist")
    log = reverse("sessions:log", args=[universe.ada_course.pk])
    return {
        Noticed.WRONG_PASSWORD: lambda: tried("hunter"),
        Noticed.HELD_OFF: lambda: [tried("hunter") for _ in range(5)],
        Noticed.LETTER_HELD_OFF: _letters,
        Noticed.PASSKEY_WENT_BACK: _a_copied_passkey,
        Noticed.WRONG_CODE: lambda: _codes(1),
        Noticed.CODE_HELD_OFF: lambda: _codes(12),
        Noticed.NO_PASSKEY: lambda: Client().post(PASSKEY, {"credential": "{}"}),
        Noticed.NOT_CONFIRMED: _back_from_no_hospital,
        Noticed.TOO_FAST: lambda: _too_fast(therapist),
        Noticed.NOT_ALLOWED: lambda: therapist.get(reverse("members:people")),
        Noticed.NOT_THERE: lambda: foreign.get(chart),
        Noticed.NO_SEAL: lambda: strict.post(log),
        Noticed.UNREADABLE: lambda: (
            therapist.post(log, "x" * 1_100_000, "text/plain")
            and therapist.post(log, {f"f{n}": "1" for n in range(700)})
        ),
        Noticed.DEAD_LINK: lambda: Client().get(reverse("members:join")),
        Noticed.DATABASE_REFUSED: _a_guard_refuses,
        Noticed.UNFORESEEN: lambda: _fails(ValueError("Adason, C-ada")),
    }


def _back_from_no_hospital() -> None:
    """Come back as if from the hospital, without having been there."""
    told = dict.fromkeys(("name", "issuer", "client_id", "client_secret"), "https://a.example")
    with override_settings(HOSPITAL_SIGN_IN=told):
        assert Client().get(reverse("people:hospital_back"), {"state": "x"}).status_code == 403


def _letters() -> None:
    """Ask for a letter with a link for a new password, again and again."""
    with override_settings(EMAIL_HOST="post.example"):
        for _ in range(4):
            Client().post(reverse("people:forgotten"), {"email": "nobody@birchwood.example"})


def _a_copied_passkey() -> None:
    device, _ = add_passkey(signed_in(), count=9)
    device.count = 9
    with_passkey(browser(), device)


def _too_fast(one: Client) -> None:
    with override_settings(REQUESTS_A_MINUTE=1):
        for _ in range(3):
            one.get(reverse("protocols:list"))


def _codes(tries: int) -> None:
    """Give the password of somebody with an app, then wrong codes."""
    add_code_app(signed_in())
    one = browser()
    sign_in(one)
    for _ in range(tries):
        one.post(STEP, {"code": "000000"})


def _a_guard_refuses() -> None:
    try:
        AuditEvent.objects.update(action="nothing")
    except IntegrityError:
        server_error(RequestFactory().get("/"))


def _fails(error: Exception) -> None:
    try:
        raise error
    except type(error):
        server_error(RequestFactory().get("/"))


@pytest.mark.parametrize("kind", list(Noticed))
def test_each_kind_is_written_and_names_nobody(
    refused: dict[Noticed, Callable[[], object]], caplog: pytest.LogCaptureFixture, kind: Noticed
) -> None:
    refused[kind]()
    said = [line for line in lines(caplog) if line.startswith(kind.value)]
    assert said
    for line in said:
        assert re.fullmatch(r"[a-z_.]+( [a-z]+=[\w:.-]+)*\s?", line), line
        for told in ("@", "birchwood", "Adason", "C-ada", "192.0.2", PASSWORD, "hunter"):
            assert told not in line


def test_a_line_says_who_was_refused_where(
    universe: Universe, client_as: ClientAs, caplog: pytest.LogCaptureFixture
) -> None:
    client_as("therapist").get(reverse("members:people"))
    assert lines(caplog) == [
        f"permission.refused page=members:people person={universe.therapist.user_id}"
    ]


def test_the_guard_that_refused_is_named(db: None, caplog: pytest.LogCaptureFixture) -> None:
    _a_guard_refuses()
    assert lines(caplog) == ["database.refused error=IntegrityError rule=audit_is_append_only"]


def test_the_same_account_and_place_have_the_same_marks(
    universe: Universe, caplog: pytest.LogCaptureFixture
) -> None:
    tried("hunter")
    tried("another")
    tried("hunter", where="192.0.2.8")
    tried("hunter", email="nobody@birchwood.example")
    marks = [dict(part.split("=") for part in line.split()[1:]) for line in lines(caplog)]
    assert marks[0] == marks[1]
    assert marks[0]["account"] == marks[2]["account"] != marks[3]["account"]
    assert marks[0]["place"] == marks[3]["place"] != marks[2]["place"]


def test_a_right_password_and_an_address_that_is_none_of_ours_write_no_line(
    universe: Universe, caplog: pytest.LogCaptureFixture
) -> None:
    tried(PASSWORD)
    Client().get("/no-such-page/")
    assert lines(caplog) == []


def test_the_inventory_names_every_kind() -> None:
    said = (ROOT / "docs/security/practice.md").read_text(encoding="utf-8")
    assert [kind for kind in Noticed if f"`{kind.value}`" not in said] == []
