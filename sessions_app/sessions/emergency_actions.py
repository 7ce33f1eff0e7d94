"""The emergency screen was shown; what was done; a supervisor has seen to it. Each audited."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from sessions_app.audit import actions as audit
from sessions_app.audit.events import Event
from sessions_app.clinics.models import Membership
from sessions_app.clinics.permissions import Permission, check_may
from sessions_app.enrolments.models import Enrolment
from sessions_app.patients.locking import hold
from sessions_app.patients.models import Patient
from sessions_app.safety.findings import Finding
from sessions_app.sessions.emergency_model import EmergencySeen
from sessions_app.sessions.record import Ratings
from sessions_app.vocabulary.incidents import EmergencyCause

SAME_WITHIN = timedelta(minutes=30)
"""A second tap in this time shows the record that is there: an emergency is not two."""


def see_emergency(
    *,
    patient: Patient,
    cause: EmergencyCause,
    by: Membership,
    found: Iterable[Finding] = (),
    enrolment: Enrolment | None = None,
    before: Ratings | None = None,
    at: datetime | None = None,
) -> EmergencySeen:
    """Write down that the emergency screen is shown, and for what.

    One that the same person opened for the same reminders a moment ago, and that is still open,
    is returned, with the scores that were told last before the start.
    """
    check_may(by, Permission.LOG_SESSION)
    at, found = at or timezone.now(), tuple(found)
    rules, told = [one.rule for one in found], _scores(before or {})
    with transaction.atomic():
        hold(patient.pk, by)  # of two taps at once the second finds the first's record
        there = EmergencySeen.objects.filter(clinic_id=by.clinic_id, patient_id=patient.pk)
        recent = there.still_open().filter(seen_by_id=by.user_id, seen_at__gt=at - SAME_WITHIN)
        same = next((one for one in recent if one.rules == rules), None)
        if same is not None:
            return _told_anew(same, told, by, at)
        row = EmergencySeen(clinic_id=by.clinic_id, patient=patient, enrolment=enrolment)
        row.cause, row.rules, row.found = cause.value, rules, [_told(one) for one in found]
        row.told_before = told
        row.facts = sorted({fact.id for one in found for fact in one.facts})
        row.seen_at, row.seen_by_id, row.seen_as = at, by.user_id, by.role
        row.save(force_insert=True)
        said = {"rules": rules, "facts": row.facts, "told_before": told}
        _record(Event.EMERGENCY_SEEN, row, by, at, cause=row.cause, **said)
    return row


def say_done(
    emergency: EmergencySeen, *, done: str, by: Membership, at: datetime | None = None
) -> EmergencySeen:
    """Write down what was done. What was written before goes to the audit trail."""
    check_may(by, Permission.LOG_SESSION)
    at = at or timezone.now()
    with transaction.atomic():
        row = _locked(emergency, by)
        if row.done == done:
            return row
        old = {"done": row.done}
        row.done, row.done_at, row.done_by_id = done, at, by.user_id
        row.save(update_fields=["done", "done_at", "done_by"])
        _record(Event.EMERGENCY_TOLD, row, by, at, old=old, done=done)
    return row


def close_emergency(
    emergency: EmergencySeen, *, note: str, by: Membership, at: datetime | None = None
) -> EmergencySeen:
    """Say that a supervisor has seen to it; one that is closed stays as it is."""
    check_may(by, Permission.FOLLOW_INCIDENTS)
    at = at or timezone.now()
    with transaction.atomic():
        row = _locked(emergency, by)
        if row.closed_at is None:
            row.closed_at, row.closed_by_id, row.closing_note = at, by.user_id, note
            row.save(update_fields=["closed_at", "closed_by", "closing_note"])
            _record(Event.EMERGENCY_CLOSED, row, by, at, closing_note=note)
    return row


def _told_anew(
    row: EmergencySeen, told: dict[str, Any], by: Membership, at: datetime
) -> EmergencySeen:
    """Keep the scores that were told now; those before them go to the audit trail."""
    if told and told != row.told_before:
        old = {"told_before": row.told_before}
        row.told_before = told
        row.save(update_fields=["told_before"])
        _record(Event.EMERGENCY_SEEN, row, by, at, old=old, told_before=told)
    return row


def _scores(before: Ratings) -> dict[str, Any]:
    return {
        scale.value: {
            "value": one.value,
            "missing": one.missing.value if one.missing else "",
            "by": one.reporter.value,
        }
        for scale, one in before.items()
    }


def _told(finding: Finding) -> str:
    """Return what was found and why it matters, as it is shown."""
    return f"{finding.title}. {finding.message} {finding.reason}"


def _locked(emergency: EmergencySeen, by: Membership) -> EmergencySeen:
    rows = EmergencySeen.objects.select_for_update()
    return rows.get(clinic_id=by.clinic_id, pk=emergency.pk)


def _record(
    event: Event,
    row: EmergencySeen,
    by: Membership,
    at: datetime,
    *,
    old: dict[str, Any] | None = None,
    **new: Any,
) -> None:
    said = {"patient": row.patient_id, **new}
    audit.record_by(by, event, row, old=old, new=said, at=at)
