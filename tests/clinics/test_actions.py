"""Clinics are opened, and people get a role in them."""

import pytest
from django.db import IntegrityError, transaction

from sessions_app.audit.chain import first_fault
from sessions_app.audit.models import AuditEvent
from sessions_app.clinics import actions
from sessions_app.clinics.models import Clinic, Membership
from sessions_app.vocabulary.roles import Role
from tests.universe import Universe

NEW = {
    "name": "Meadow", "slug": "meadow", "time_zone": "Asia/Taipei",
    "emergency_text": "Ring the bell.", "emergency_number": "119",
}  # fmt: skip


def test_a_clinic_begins_its_own_chain_with_its_opening(universe: Universe) -> None:
    clinic = actions.open_clinic(**NEW)
    event = AuditEvent.objects.get(clinic_id=clinic.pk)
    assert (event.seq, event.action, event.subject_id) == (1, "clinic.opened", clinic.pk)
    assert event.new == {**NEW, "second_factor_roles": ["supervisor", "admin"]}
    assert first_fault(clinic.pk) is None


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "../etc/passwd", "Europe/"])
def test_a_clinic_needs_a_real_time_zone(universe: Universe, zone: str) -> None:
    with pytest.raises(ValueError, match="no time zone"):
        actions.open_clinic(**{**NEW, "time_zone": zone})
    assert not Clinic.objects.filter(slug="meadow").exists()


def test_a_slug_belongs_to_one_clinic(universe: Universe) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.open_clinic(**{**NEW, "slug": "birchwood"})


def test_a_person_has_one_role_in_a_clinic_and_others_elsewhere(universe: Universe) -> None:
    held = Membership.objects.filter(user=universe.wanda)
    assert {(row.clinic.slug, row.role) for row in held} == {
        ("birchwood", "therapist"),
        ("harbour", "supervisor"),
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.add_member(clinic=universe.birchwood, user=universe.wanda, role=Role.ADMIN)
