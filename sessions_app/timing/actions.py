"""What records a dose, treatment or procedure with its time, corrects it and takes it back."""

import uuid
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from sessions_app.audit import actions as audit
from sessions_app.audit.events import Event
from sessions_app.clinics.models import Membership
from sessions_app.clinics.permissions import Permission, check_may
from sessions_app.patients import actions as patients
from sessions_app.patients.locking import hold
from sessions_app.patients.models import ClinicalFact, Patient
from sessions_app.timing.models import TimedCare
from sessions_app.timing.policies import AlreadyWithdrawn
from sessions_app.timing.timeline import whole_minutes
from sessions_app.vocabulary.body_sites import BodySite
from sessions_app.vocabulary.timed import TimedKind, TimedSource

FACT_SOURCE = "recorded with its time"
CORRECTED = "Corrected."


def record(
    *,
    patient: Patient,
    kind: TimedKind,
    happens_at: datetime,
    client_key: uuid.UUID,
    by: Membership,
    note: str = "",
    source: TimedSource = TimedSource.MEMBER,
    at: datetime | None = None,
) -> TimedCare:
    """Put a dose or treatment on the timeline; one that took place and is a fact becomes one.

    The same with the same key gives the first answer. Raises IntegrityError where a key comes
    with something else, and where the same is recorded for the same minute.
    """
    check_may(by, Permission.RECORD_TIMES)
    at = at or timezone.now()
    row = TimedCare(
        clinic_id=by.clinic_id, patient=patient, kind=kind.value, happens_at=happens_at,
        note=note, source=source.value, client_key=client_key, recorded_at=at,
        recorded_by_id=by.user_id,
    )  # fmt: skip
    try:
        with transaction.atomic():
            _insert(row, by, at)
            audit.record_by(by, Event.TIME_RECORDED, row, new=_said(row), at=at)
    except IntegrityError:
        if there := _sent_before(row):
            return there
        raise
    return row


def correct(
    row: TimedCare,
    *,
    happens_at: datetime,
    client_key: uuid.UUID,
    by: Membership,
    note: str = "",
    at: datetime | None = None,
) -> TimedCare:
    """Let a later row take the place of one: another hour, or that what was planned took place.

    The same with the same key gives the first answer. Raises AlreadyWithdrawn, and IntegrityError
    where the same is recorded for the same minute.
    """
    check_may(by, Permission.RECORD_TIMES)
    at = at or timezone.now()
    new = TimedCare(
        clinic_id=by.clinic_id, patient_id=row.patient_id, kind=row.kind, replaces=row,
        happens_at=happens_at, note=note, source=TimedSource.MEMBER.value,
        client_key=client_key, recorded_at=at, recorded_by_id=by.user_id,
    )  # fmt: skip
    with transaction.atomic():
        old = _standing(row, by)
        if old.withdrawn_at is not None:
            return _stored_before(new, old)
        _take_back(old, CORRECTED, by, at)
        _insert(new, by, at)
        audit.record_by(
            by,
            Event.TIME_CORRECTED,
            new,
            old=_said(old),
            new={**_said(new), "replaces": old.pk},
            at=at,
        )
    return new


def withdraw(
    row: TimedCare, *, reason: str, by: Membership, at: datetime | None = None
) -> TimedCare:
    """Take a row back, with the reason; the fact that came with it ends as if it had not been.

    Raises AlreadyWithdrawn where it was taken back by somebody else, or for another reason.
    """
    check_may(by, Permission.RECORD_TIMES)
    at = at or timezone.now()
    with transaction.atomic():
        old = _standing(row, by)
        if old.withdrawn_at is not None:
            if (old.withdrawn_by_id, old.withdrawn_reason) != (by.user_id, reason):
                raise AlreadyWithdrawn(old)
            return old
        _take_back(old, reason, by, at)
        audit.record_by(
            by, Event.TIME_WITHDRAWN, old, old=_said(old), new={"withdrawn_reason": reason}, at=at
        )
    return old


def _insert(row: TimedCare, by: Membership, at: datetime) -> None:
    row.fact = _fact(row, by, at)
    row.save(force_insert=True)


def _sent_before(row: TimedCare) -> TimedCare | None:
    """Return what is stored under the key of a row, where both say the same.

    «30 minutes ago» sent again a minute later is the same tap.
    """
    mine = TimedCare.objects.filter(clinic_id=row.clinic_id, client_key=row.client_key)
    there = mine.first()
    if there is None:
        return None
    same = all(
        getattr(there, name) == getattr(row, name) for name in ("patient_id", "kind", "note")
    )
    before = [whole_minutes(each.happens_at, each.recorded_at) for each in (there, row)]
    at_that_time = there.happens_at == row.happens_at or before[0] == before[1]
    return there if same and at_that_time else None


def _stored_before(new: TimedCare, old: TimedCare) -> TimedCare:
    """Return the same correction where it arrived before; else the row is another's by now."""
    said = {name: getattr(new, name) for name in ("client_key", "happens_at", "note")}
    there = old.replaced_by.filter(clinic_id=old.clinic_id, **said).first()
    if there is None:
        raise AlreadyWithdrawn(old)
    return there


def _standing(row: TimedCare, by: Membership) -> TimedCare:
    """Lock a row, so that of two who correct it or take it back only one does.

    The patient is held first: what becomes a fact, or ends one, writes about the patient too.
    """
    hold(row.patient_id, by)
    return TimedCare.objects.select_for_update().get(clinic_id=by.clinic_id, pk=row.pk)


def _take_back(old: TimedCare, reason: str, by: Membership, at: datetime) -> None:
    old.withdrawn_at, old.withdrawn_by_id, old.withdrawn_reason = at, by.user_id, reason
    old.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    if old.fact is not None and old.fact.ended_on is None:
        patients.end_fact(old.fact, ended_on=old.fact.observed_on, by=by, at=at)
        _let_another_speak(old, by, at)


def _let_another_speak(old: TimedCare, by: Membership, at: datetime) -> None:
    """Record the fact of the last treatment that the one taken back had spoken for."""
    rows = TimedCare.objects.filter(
        clinic_id=old.clinic_id, patient_id=old.patient_id, kind=old.kind, fact__isnull=True,
        happens_at__lte=F("recorded_at"),
    )  # fmt: skip
    other = rows.standing().in_order().last()
    if other is not None:
        other.fact = _fact(other, by, at)
        other.save(update_fields=["fact"])


def _fact(row: TimedCare, by: Membership, at: datetime) -> ClinicalFact | None:
    """Record what took place for the safety rules, which read facts and nothing else.

    It is where the last one of its kind was: each treatment of a series goes to the same field.
    What the chart says already of that day, or of a later one, is not said twice; a fact that
    ended on its own day was taken back, and says nothing.
    """
    kind = TimedKind(row.kind).fact
    if kind is None or not row.took_place:
        return None
    day = row.happens_at.astimezone(by.clinic.zone).date()
    known = ClinicalFact.objects.filter(
        clinic_id=by.clinic_id, patient_id=row.patient_id, kind=kind.value, value__isnull=True
    ).exclude(ended_on__lte=F("observed_on"))
    last = next((one for one in known.newest_first() if one.stands_on(day)), None)
    if last is not None and last.observed_on >= day:
        return None
    return patients.record_fact(
        patient=row.patient,
        kind=kind,
        observed_on=day,
        source=FACT_SOURCE,
        sites=[BodySite(code) for code in last.sites] if last else (),
        note=row.note,
        by=by,
        at=at,
    )


def _said(row: TimedCare) -> dict[str, Any]:
    return {
        "patient": row.patient_id, "kind": row.kind, "happens_at": row.happens_at,
        "note": row.note, "source": row.source, "fact": row.fact_id,
    }  # fmt: skip
