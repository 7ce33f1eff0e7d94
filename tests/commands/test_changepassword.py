"""`changepassword` is audited, keeps the rules for passwords, and ends what was open."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from sessions_app.audit.models import AuditEvent
from sessions_app.people.models import User
from sessions_app.people.password_link_model import PasswordLink
from tests.universe import Universe

NEW = "three quiet herons stand"


def change(folder: Path, email: str, password: str = NEW) -> str:
    file, told = folder / "password", StringIO()
    file.write_text(f"{password}\n", encoding="utf-8")
    call_command("changepassword", email, password_file=file, stdout=told)
    return told.getvalue()


def test_the_password_is_new_on_record_and_ends_open_sign_ins(
    universe: Universe, client_as: Callable[..., Client], tmp_path: Path
) -> None:
    browser, person = client_as("therapist"), universe.therapist.user
    assert browser.get("/patients/").status_code == 200
    said = change(tmp_path, person.email.upper())
    assert NEW not in said
    assert User.objects.get(pk=person.pk).check_password(NEW)
    event = AuditEvent.objects.filter(subject_id=person.pk, action="person.password_set").last()
    assert event is not None
    assert (event.actor_id, event.new) == (None, {})
    assert browser.get("/patients/").status_code == 302


def test_a_link_is_shown_where_nobody_can_be_asked_and_changes_nothing_yet(
    universe: Universe, settings: Any
) -> None:
    settings.EMAIL_HOST = ""
    told, person = StringIO(), universe.therapist.user
    call_command("changepassword", person.email, stdout=told)
    assert "/sign-in/new-password/" in told.getvalue()
    assert PasswordLink.objects.get().user_id == person.pk
    assert User.objects.get(pk=person.pk).password == person.password


@pytest.mark.parametrize(
    ("email", "password", "words"),
    [
        ("nobody@birchwood.example", NEW, "there is no account"),
        ("therapist@birchwood.example", "short", "15"),
    ],
)
def test_what_will_not_do_changes_nothing(
    universe: Universe, tmp_path: Path, email: str, password: str, words: str
) -> None:
    before = AuditEvent.objects.count()
    with pytest.raises(CommandError, match=words):
        change(tmp_path, email, password)
    assert AuditEvent.objects.count() == before
