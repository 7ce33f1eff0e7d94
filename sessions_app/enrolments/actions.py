"""Putting a patient on a protocol, and ending that."""

import uuid
from collections.abc import Mapping
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from sessions_app.audit import actions as audit
from sessions_app.audit.events import Event
from sessions_app.clinics.models import Membership
from sessions_app.clinics.permissions import Permission, check_may
from sessions_app.enrolments.models import Enrolment
from sessions_app.enrolments.policies import meets_criteria
from sessions_app.patients.models import Patient
from sessions_app.protocols import registry
from sessions_app.refusals import sent_already

_SAID = ("clinic_id", "patient_id", "arm_id", "starts_on", "ended_on", "enrolled_by_id")


def enrol(
    *,
    patient: Patient,
    arm_id: uuid.UUID,
    starts_on: date,
    checklist: Mapping[str, str],
    by: Membership,
    at: datetime | None = None,
) -> Enrolment:
    """Put a patient on an arm from a date, with the checklist's answers (yes, no, unknown).

    Answers outside the trial's criteria are labelled, not refused. The very same form sent twice
    is one course. Raises IntegrityError where another course is already running.
    """
    check_may(by, Permission.ENROL)
    at = at or timezone.now()
    enrolment = Enrolment(
        clinic_id=by.clinic_id,
        patient=patient,
        arm_id=arm_id,
        starts_on=starts_on,
        checklist=dict(checklist),
        outside_protocol=not meets_criteria(registry.course(arm_id).protocol, checklist),
        enrolled_at=at,
        enrolled_by_id=by.user_id,
    )
    try:
        _store(enrolment, by)
    except IntegrityError:
        first = sent_already(enrolment, _SAID)
        if first is None or first.checklist != enrolment.checklist:
            raise
        return first
    return enrolment


def _store(enrolment: Enrolment, by: Membership) -> None:
    told = ("starts_on", "checklist", "outside_protocol")
    new = {"patient": enrolment.patient_id, "arm": enrolment.arm_id}
    with transaction.atomic():
        enrolment.save(force_insert=True)
        audit.record_by(
            by,
            Event.ENROLLED,
            enrolment,
            new=new | {name: getattr(enrolment, name) for name in told},
            at=enrolment.enrolled_at,
        )


def end(
    enrolment: Enrolment,
    *,
    ended_on: date,
    reason: str,
    by: Membership,
    at: datetime | None = None,
) -> Enrolment:
    """End a course; one that has ended keeps its day and reason."""
    check_may(by, Permission.ENROL)
    at = at or timezone.now()
    with transaction.atomic():
        row = Enrolment.objects.select_for_update().get(clinic_id=by.clinic_id, pk=enrolment.pk)
        if row.ended_on is None:
            row.ended_on, row.end_reason = ended_on, reason
            row.save(update_fields=["ended_on", "end_reason"])
            audit.record_by(
                by,
                Event.ENROLMENT_ENDED,
                row,
                old={"ended_on": None},
                new={"ended_on": ended_on, "end_reason": reason},
                at=at,
            )
    return row
