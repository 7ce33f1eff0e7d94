"""`open_clinic` and `add_member`: a clinic's first people, from the command line."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from sessions_app.audit.models import AuditEvent
from sessions_app.clinics.models import Clinic, Membership
from sessions_app.mail.models import Letter
from sessions_app.people.actions import add_person
from sessions_app.people.models import User

pytestmark = pytest.mark.usefixtures("db")

OPTIONS = {
    "--slug": "oakfield",
    "--time-zone": "Europe/Dublin",
    "--emergency-text": "Ring the bell, then call the nurse in charge.",
    "--emergency-number": "2222",
    "--admin": "Zoe@oakfield.example",
    "--admin-name": "Zoë Oak",
}
GOOD_PASSWORD = "wide boats on quiet water"


def run(name: str = "Oakfield Hospice", **changed: str) -> str:
    options = OPTIONS | {f"--{key.replace('_', '-')}": value for key, value in changed.items()}
    words = [word for pair in options.items() for word in pair]
    return call("open_clinic", name, *words)


def call(*words: str) -> str:
    out = io.StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def written(folder: Path, text: str) -> str:
    file = folder / "password"
    file.write_text(text, encoding="utf-8")
    return str(file)


def test_a_clinic_is_opened_with_its_administrator(tmp_path: Path) -> None:
    said = run(password_file=written(tmp_path, GOOD_PASSWORD + "\nsecond line\n"))
    clinic = Clinic.objects.get(slug="oakfield")
    assert (clinic.name, clinic.time_zone) == ("Oakfield Hospice", "Europe/Dublin")
    member = Membership.objects.get(clinic_id=clinic.pk)
    assert (member.role, member.user.display_name) == ("admin", "Zoë Oak")
    assert authenticate(username="zoe@oakfield.example", password=GOOD_PASSWORD) == member.user
    assert "zoe@oakfield.example is its administrator" in said
    assert GOOD_PASSWORD not in said
    actions = AuditEvent.objects.filter(clinic_id=clinic.pk).values_list("action", flat=True)
    assert list(actions.order_by("seq")) == ["clinic.opened", "clinic.member_added"]


def test_without_anybody_to_ask_a_link_for_a_password_is_shown_once(
    monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    settings.EMAIL_HOST, settings.ALLOWED_HOSTS = "", [".oakfield.example"]
    link, _, hint = run().rpartition("for an hour: ")[2].strip().partition("\n")
    assert "set STILLHAND_ADDRESS" in hint
    assert link.startswith("http://oakfield.example/sign-in/new-password/")
    browser, new = Client(SERVER_NAME="oakfield.example"), GOOD_PASSWORD
    browser.get(link)
    said = {"new": new, "again": new}
    assert [browser.post(reverse("people:new_password"), said).status_code for _ in "12"] == [
        302, 404,
    ]  # fmt: skip
    assert authenticate(username="zoe@oakfield.example", password=new) is not None
    secret = link.split("/")[-2]
    assert secret not in str(list(AuditEvent.objects.values_list("new", flat=True)))


def test_the_link_begins_where_browsers_find_the_server(
    monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    settings.ADDRESS, settings.ALLOWED_HOSTS = "https://a.oakfield.example:8443", [".example"]
    said = run()
    assert "an hour: https://a.oakfield.example:8443/sign-in/new-password/" in said
    assert "STILLHAND_ADDRESS" not in said


@pytest.mark.parametrize(
    ("address", "hosts", "complaint"),
    [
        ("", [], "STILLHAND_ALLOWED_HOSTS is not set"),
        ("", ["*"], "STILLHAND_ALLOWED_HOSTS is «\\*»"),
        ("", ["https://a.example"], "has «https://a.example»: a name alone goes there"),
        ("https://b.example", ["a.example"], "STILLHAND_ADDRESS has «b.example»"),
    ],
)
def test_a_link_that_nobody_would_answer_is_not_made(
    monkeypatch: pytest.MonkeyPatch, settings: Any, address: str, hosts: list[str], complaint: str
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    settings.ADDRESS, settings.ALLOWED_HOSTS = address, hosts
    with pytest.raises(CommandError, match=f"no link can be made: .*{complaint}"):
        run()
    assert not Clinic.objects.filter(slug="oakfield").exists()


def test_with_a_mail_server_the_link_goes_by_letter(
    monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    settings.EMAIL_HOST = "post.example"  # nothing commits, none goes
    said = run()
    assert "on its way to zoe@oakfield.example" in said
    assert "http" not in said
    assert "/sign-in/new-password/" in Letter.objects.get().body


def test_somebody_who_has_an_account_keeps_it_and_its_password() -> None:
    zoe = add_person(email="zoe@oakfield.example", display_name="Zoë", password=GOOD_PASSWORD)
    assert "password" not in run()
    assert Membership.objects.get(clinic__slug="oakfield").user == zoe
    assert authenticate(username=zoe.email, password=GOOD_PASSWORD) == zoe


@pytest.mark.parametrize(
    ("changed", "complaint"),
    [
        ({"slug": "oak field"}, "slug"),
        ({"slug": "demo-oakfield"}, "belong to the demo"),
        ({"slug": "s" * 61}, "slug: 1 to 60 characters"),
        ({"time_zone": "Europe/Atlantis"}, "«Europe/Atlantis» is no time zone"),
        ({"time_zone": "../etc/passwd"}, "is no time zone"),
        ({"time_zone": ""}, "is no time zone"),
        ({"admin": "zoe"}, "valid email"),
        ({"emergency_text": " "}, "emergency text: 1 to 300 characters"),
        ({"emergency_number": "9" * 41}, "emergency number: 1 to 40 characters"),
        ({"emergency_number": "ask Zoë"}, "«ask Zoë» cannot be dialled"),
        ({"name": "n" * 121}, "name: 1 to 120 characters"),
        ({"password_file": "/no/such/file"}, "cannot read /no/such/file"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(changed: dict[str, str], complaint: str) -> None:
    with pytest.raises(CommandError, match=complaint) as refused:
        run(**changed)
    assert "\n" not in str(refused.value)
    assert not Clinic.objects.filter(emergency_number=OPTIONS["--emergency-number"]).filter(
        name="Oakfield Hospice"
    )


@pytest.mark.parametrize(("password", "complaint"), [("short", "too short"), ("", "too short")])
def test_a_weak_password_opens_nothing(tmp_path: Path, password: str, complaint: str) -> None:
    with pytest.raises(CommandError, match=complaint):
        run(password_file=written(tmp_path, password))
    assert not Clinic.objects.filter(slug="oakfield").exists()
    assert not User.objects.filter(email="zoe@oakfield.example").exists()


def test_a_slug_is_taken_once(tmp_path: Path) -> None:
    run(password_file=written(tmp_path, GOOD_PASSWORD))
    with pytest.raises(CommandError, match="«oakfield» is open already"):
        run("Another")


def test_a_member_is_added_with_a_role(tmp_path: Path) -> None:
    file = written(tmp_path, GOOD_PASSWORD)
    run(password_file=file)
    who = ("add_member", "ben@oakfield.example", "--name", "Ben", "--clinic", "oakfield")
    assert "therapist in Oakfield" in call(*who, "--role", "therapist", "--password-file", file)
    assert Membership.objects.get(user__email="ben@oakfield.example").role == "therapist"
    with pytest.raises(CommandError, match="has a role in Oakfield Hospice already"):
        call(*who, "--role", "volunteer")
    with pytest.raises(CommandError, match="there is no clinic «nowhere»"):
        call("add_member", "ben@oakfield.example", "--clinic", "nowhere", "--role", "admin")
