"""Accounts: made, signed in, and never with the password in the audit trail."""

import json

import pytest
from django.contrib.auth import authenticate
from django.db import IntegrityError, transaction
from django.utils import timezone

from sessions_app.audit.models import AuditEvent
from sessions_app.identity import NETWORK
from sessions_app.people import actions
from sessions_app.people.models import User
from tests.universe import PASSWORD, Universe


def test_a_person_signs_in_with_the_address_in_any_case(universe: Universe) -> None:
    actions.add_person(email="New.One@Example.org", display_name="New One", password=PASSWORD)
    user = authenticate(username="NEW.one@example.ORG", password=PASSWORD)
    assert user is not None
    assert user.email == "new.one@example.org"
    assert authenticate(username="new.one@example.org", password=PASSWORD + "x") is None


def test_an_address_belongs_to_one_account(universe: Universe) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.add_person(email="WANDA@both.example", display_name="Another")


def test_without_a_password_nobody_signs_in(universe: Universe) -> None:
    user = actions.add_person(email="n@example.org", display_name="N")
    assert not user.has_usable_password()
    assert authenticate(username="n@example.org", password="") is None


def test_the_audit_trail_knows_the_person_and_not_the_password(universe: Universe) -> None:
    user = actions.add_person(email="n@example.org", display_name="N", password="very secret word")
    event = AuditEvent.objects.get(subject_id=user.pk)
    assert (event.clinic_id, event.action) == (NETWORK, "person.added")
    told = json.dumps([event.old, event.new])
    assert "very secret word" not in told
    assert user.password not in told


def test_a_new_password_replaces_the_old_one(universe: Universe) -> None:
    actions.set_password(universe.wanda, password="another long password")
    assert authenticate(username="wanda@both.example", password=PASSWORD) is None
    assert authenticate(username="wanda@both.example", password="another long password")


def test_signing_in_is_noted_with_its_time(universe: Universe) -> None:
    at = timezone.now()
    actions.signed_in(universe.wanda, at=at)
    event = AuditEvent.objects.get(subject_id=universe.wanda.pk, action="person.signed_in")
    assert (event.actor_id, event.at) == (universe.wanda.pk, at)


def test_an_inactive_account_does_not_sign_in(universe: Universe) -> None:
    User.objects.filter(pk=universe.wanda.pk).update(is_active=False)
    assert authenticate(username="wanda@both.example", password=PASSWORD) is None
