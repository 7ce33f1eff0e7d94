"""Opening a clinic, and giving people a role in it."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db import transaction
from django.utils import timezone

from sessions_app.audit import actions as audit
from sessions_app.audit.events import Event
from sessions_app.clinics.emergency_number import check_emergency_number
from sessions_app.clinics.models import Clinic, Membership
from sessions_app.people.models import User
from sessions_app.vocabulary.roles import Role

PARTICULARS = ("name", "slug", "time_zone", "emergency_text", "emergency_number")


def open_clinic(
    *,
    name: str,
    slug: str,
    time_zone: str,
    emergency_text: str,
    emergency_number: str,
    second_factor_roles: Iterable[Role] | None = None,
    by: User | None = None,
    at: datetime | None = None,
) -> Clinic:
    """Set up a clinic; its own audit chain begins with this. `by` is None where a command acts.

    Without `second_factor_roles` those of the model's default have to have a second factor.
    Raises ValueError for an unknown time zone or number, IntegrityError where the slug is taken.
    """
    check_time_zone(time_zone)
    check_emergency_number(emergency_number)
    at = at or timezone.now()
    clinic = Clinic(
        name=name,
        slug=slug,
        time_zone=time_zone,
        emergency_text=emergency_text,
        emergency_number=emergency_number,
        opened_at=at,
    )
    if second_factor_roles is not None:
        clinic.second_factor_roles = [role.value for role in second_factor_roles]
    with transaction.atomic():
        clinic.save(force_insert=True)
        audit.record(
            Event.CLINIC_OPENED,
            clinic,
            clinic_id=clinic.pk,
            actor=by,
            new={name: getattr(clinic, name) for name in (*PARTICULARS, "second_factor_roles")},
            at=at,
        )
    return clinic


def add_member(
    *,
    clinic: Clinic,
    user: User,
    role: Role,
    by: User | None = None,
    at: datetime | None = None,
) -> Membership:
    """Give a person a role in a clinic. Raises IntegrityError where the person has one there."""
    at = at or timezone.now()
    membership = Membership(clinic=clinic, user=user, role=role.value, since=at)
    with transaction.atomic():
        membership.save(force_insert=True)
        audit.record(
            Event.MEMBER_ADDED,
            membership,
            clinic_id=clinic.pk,
            actor=by,
            new={"user": user.pk, "role": role.value},
            at=at,
        )
    return membership


def check_time_zone(name: str) -> None:
    """Raise ValueError unless the name is a time zone, such as Europe/London."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"«{name}» is no time zone; write one such as Europe/London") from None
