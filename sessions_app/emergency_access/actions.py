"""Opening another clinic's chart in an emergency, ending it, and having seen it."""

import uuid
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from sessions_app.audit import actions as audit
from sessions_app.audit.events import Event
from sessions_app.audit.models import AuditEvent
from sessions_app.clinics.models import Clinic, Membership
from sessions_app.clinics.permissions import Permission, check_may
from sessions_app.emergency_access.models import EmergencyAccess
from sessions_app.emergency_access.policies import IN, LASTS, TooManyTries, left_to_wait
from sessions_app.identity import NETWORK
from sessions_app.mail import actions as mail
from sessions_app.patients.models import Patient
from sessions_app.people.models import User
from sessions_app.vocabulary.roles import Role

_LETTER = """{name} ({role}, {home}) opened a chart of {clinic} by emergency access on {at}, \
for {minutes} minutes and to read only.

The reason, whose chart it is and every page that was looked at stand under «Clinic», «Emergency \
access». You can end it there, and say that you have seen it.
"""


def open_access(
    *,
    clinic_id: uuid.UUID,
    chart_number: str,
    birth_date: date,
    reason: str,
    by: Membership,
    at: datetime | None = None,
) -> EmergencyAccess | None:
    """Open the one chart that number and birth date name exactly; None where there is none.

    A try that opens nothing is on record and says nothing of what was wrong. Raises TooManyTries
    after some of them, before anything is looked up.
    """
    check_may(by, Permission.OPEN_EMERGENCY_ACCESS)
    at = at or timezone.now()
    with transaction.atomic():
        # One try at a time for each person: tries sent at once are counted one by one.
        User.objects.select_for_update().get(pk=by.user_id)
        left = left_to_wait(_tries(by, at), at)
        too_many = left > timedelta(0)
        found = None if too_many else _found(by, clinic_id, chart_number, birth_date)
        access = _open(found, reason, by, at) if found else None
        if access is None:
            told = {"clinic": clinic_id, "reason": reason, "too_many": too_many}
            audit.record(
                Event.ACCESS_TRIED, by.user, clinic_id=NETWORK, actor=by.user, new=told, at=at
            )
    if too_many:
        raise TooManyTries(left)
    return access


def end(access: EmergencyAccess, *, by: User, at: datetime | None = None) -> None:
    """End it before its time; nothing happens where it has ended already."""
    at = at or timezone.now()
    with transaction.atomic():
        open_ones = EmergencyAccess.objects.filter(clinic_id=access.clinic_id).in_force(at)
        if open_ones.filter(pk=access.pk).update(ended_at=at, ended_by_id=by.pk):
            _record(Event.ACCESS_ENDED, access, by, at, ended_at=at)


def note_seen(access: EmergencyAccess, *, by: Membership, at: datetime | None = None) -> None:
    """Say that a supervisor has seen it; the first who does stands in it."""
    check_may(by, Permission.SEE_READS)
    at = at or timezone.now()
    with transaction.atomic():
        new = EmergencyAccess.objects.filter(clinic_id=by.clinic_id).not_seen()
        if new.filter(pk=access.pk).update(seen_at=at, seen_by_id=by.user_id):
            _record(Event.ACCESS_SEEN, access, by.user, at, seen_at=at)


def _tries(by: Membership, at: datetime) -> list[datetime]:
    """Return the tries of the last hour that were looked up and opened nothing."""
    mine = AuditEvent.objects.filter(clinic_id=NETWORK, subject_id=by.user_id)
    tried = mine.filter(action=Event.ACCESS_TRIED.value, at__gt=at - IN)
    return list(tried.filter(new__too_many=False).values_list("at", flat=True))


def _found(
    by: Membership, clinic_id: uuid.UUID, chart_number: str, birth_date: date
) -> Patient | None:
    """Find the chart in a clinic in which the person has no role, not even a deactivated one."""
    own = Membership.objects.filter(user_id=by.user_id, clinic_id=clinic_id).kept()
    named = Patient.objects.filter(
        clinic_id=clinic_id, chart_number=chart_number, birth_date=birth_date
    )
    patient = named.first()
    return None if own.exists() else patient


def _open(patient: Patient, reason: str, by: Membership, at: datetime) -> EmergencyAccess:
    access = EmergencyAccess(
        clinic_id=patient.clinic_id,
        patient=patient,
        person_id=by.user_id,
        home_id=by.clinic_id,
        opened_as=by.role,
        reason=reason,
        began_at=at,
        until=at + LASTS,
    )
    access.save(force_insert=True)
    _tell_supervisors(access, by, at)
    told = {"patient": patient.pk, "reason": reason, "until": access.until, "home": by.clinic_id}
    _record(Event.ACCESS_OPENED, access, by.user, at, **told)
    return access


def _tell_supervisors(access: EmergencyAccess, by: Membership, at: datetime) -> None:
    """Write to each; a letter leaves the house, so no patient and no reason stands in it."""
    clinic = Clinic.objects.get(pk=access.clinic_id)
    members = Membership.objects.filter(clinic_id=clinic.pk, role=Role.SUPERVISOR.value)
    said = _LETTER.format(
        name=by.user.display_name,
        role=by.role_label.lower(),
        home=by.clinic.name,
        clinic=clinic.name,
        at=f"{at.astimezone(clinic.zone):%d %b %Y at %H:%M}",
        minutes=int(LASTS.total_seconds() // 60),
    )
    for one in members.in_force().filter(user__is_active=True).select_related("user"):
        subject = f"Emergency access to a chart of {clinic.name}"
        mail.write(to=one.user.email, subject=subject, body=said, at=at)


def _record(event: Event, access: EmergencyAccess, by: User, at: datetime, **new: object) -> None:
    audit.record(event, access, clinic_id=access.clinic_id, actor=by, new=new, at=at)
