"""The demo's password: made up once, kept for its owner alone, or given from outside."""

import stat
from pathlib import Path

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password

from sessions_app.audit.events import Event
from sessions_app.audit.models import AuditEvent
from sessions_app.demo import accounts
from sessions_app.demo.places import ACCOUNTS
from sessions_app.people.actions import add_person

pytestmark = pytest.mark.usefixtures("_no_password_from_outside")


@pytest.fixture
def _no_password_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DEMO_PASSWORD", raising=False)


def test_the_password_is_made_up_once_and_kept_for_its_owner_alone(
    tmp_path: Path, db: None
) -> None:
    first = accounts.demo_password(tmp_path)
    assert accounts.demo_password(tmp_path) == first
    assert stat.S_IMODE((tmp_path / accounts.FILE).stat().st_mode) == 0o600
    validate_password(first)


def test_no_two_demos_have_the_same_password() -> None:
    assert len({accounts.made_up() for _ in range(50)}) == 50


def test_a_password_from_outside_is_taken_and_not_written_down(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEMO_PASSWORD", "from outside, once")
    assert accounts.demo_password(tmp_path) == "from outside, once"
    assert list(tmp_path.iterdir()) == []


def test_accounts_get_a_new_password_only_where_it_differs(db: None) -> None:
    for one in ACCOUNTS:
        add_person(email=one.email, display_name=one.name, password="the first password")
    accounts.give_password("the first password")
    changed = AuditEvent.objects.filter(action=Event.PASSWORD_SET)
    assert not changed.exists()
    accounts.give_password("the second password")
    assert changed.count() == len(ACCOUNTS)
    for one in ACCOUNTS:
        assert authenticate(username=one.email, password="the second password") is not None
    assert "second" not in str(list(changed.values_list("old", "new")))
