"""What a patient answers when a fact is asked about: still so, not so any more, or not known."""

import uuid
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from sessions_app.audit import actions as audit
from sessions_app.audit.events import Event
from sessions_app.clinics.models import Membership
from sessions_app.clinics.permissions import Permission, check_may
from sessions_app.patients.locking import hold
from sessions_app.patients.models import ClinicalFact, Patient
from sessions_app.safety.facts import ABSENT
from sessions_app.vocabulary.conditions import FactKind

SOURCE = "asked again"
SOURCE_OF_NONE = "asked: none of these"
MEANWHILE = "Somebody has answered meanwhile. This is how it stands now."
_KEPT = ("kind", "sites", "value", "unit", "note")


class AlreadyAnswered(Exception):
    """The fact has ended meanwhile: somebody else has answered."""


def confirm_fact(
    fact: ClinicalFact, *, on: date, by: Membership, at: datetime | None = None
) -> ClinicalFact:
    """Record «still so»: the same fact observed today takes the place of the old one.

    Raises AlreadyAnswered.
    """
    kept = {name: getattr(fact, name) for name in _KEPT}
    return _answer(Event.FACT_CONFIRMED, fact, kept, on, by, at or timezone.now())


def deny_fact(
    fact: ClinicalFact, *, on: date, by: Membership, at: datetime | None = None
) -> ClinicalFact:
    """Record «not so any more»: the fact ends, and that it was asked is kept as a fact.

    Raises AlreadyAnswered; ValueError for a kind of which «not so» says nothing.
    """
    if not FactKind(fact.kind).may_be_absent:
        raise ValueError(f"«Not so» says nothing of {fact.kind}.")
    gone = {"kind": fact.kind, "sites": [], "value": ABSENT, "unit": "", "note": ""}
    return _answer(Event.FACT_DENIED, fact, gone, on, by, at or timezone.now())


def leave_unknown(
    fact: ClinicalFact, *, on: date, by: Membership, at: datetime | None = None
) -> ClinicalFact:
    """Record «not known»: that it was asked is kept. The fact stays out of date and counts on.

    Raises AlreadyAnswered.
    """
    check_may(by, Permission.RECORD_FACTS)
    with transaction.atomic():
        row = ClinicalFact.objects.select_for_update().get(clinic_id=by.clinic_id, pk=fact.pk)
        if row.ended_on is not None:
            raise AlreadyAnswered
        if row.unknown_on == on:
            return row
        old, row.unknown_on = row.unknown_on, on
        row.save(update_fields=["unknown_on"])
        audit.record_by(
            by,
            Event.FACT_UNKNOWN,
            row,
            old={"unknown_on": old},
            new={"patient": row.patient_id, "unknown_on": on},
            at=at or timezone.now(),
        )
    return row


def say_none(
    patient: Patient,
    *,
    kinds: Iterable[FactKind],
    on: date,
    by: Membership,
    at: datetime | None = None,
) -> list[ClinicalFact]:
    """Record «none of these»: each kind was asked and is not so; an older such answer ends.

    A kind of which something is on record is left alone: that is answered by itself.
    Raises ValueError for a kind of which «not so» says nothing.
    """
    check_may(by, Permission.RECORD_FACTS)
    at, asked = at or timezone.now(), list(dict.fromkeys(kinds))
    if wrong := [kind for kind in asked if not kind.may_be_absent]:
        raise ValueError(f"«None of these» says nothing of {wrong[0]}.")
    with transaction.atomic():
        hold(patient.pk, by)
        before = _standing(patient, asked, by)
        held = {one.kind for one in before if one.value != ABSENT or one.observed_on >= on}
        new = [_absent(patient, kind, on, by, at) for kind in asked if kind.value not in held]
        over = [one.pk for one in before if one.kind not in held]
        if new:
            _store_none(patient, new, over, on, by, at)
    return new


def _store_none(
    patient: Patient,
    new: list[ClinicalFact],
    over: list[uuid.UUID],
    on: date,
    by: Membership,
    at: datetime,
) -> None:
    kinds, ids = [one.kind for one in new], [one.pk for one in new]
    past = ClinicalFact.objects.filter(clinic_id=by.clinic_id, pk__in=over)
    past.update(ended_on=on, ended_by=by.user_id)
    ClinicalFact.objects.bulk_create(new)
    audit.record_by(
        by,
        Event.NONE_OF_THESE,
        patient,
        old={"facts": over, "ended_on": None},
        new={"kinds": kinds, "facts": ids, "observed_on": on, "ended_on": on},
        at=at,
    )


def _standing(patient: Patient, kinds: Iterable[FactKind], by: Membership) -> list[ClinicalFact]:
    mine = ClinicalFact.objects.filter(clinic_id=by.clinic_id, patient_id=patient.pk)
    return list(mine.filter(kind__in=[kind.value for kind in kinds], ended_on=None))


def _absent(
    patient: Patient, kind: FactKind, on: date, by: Membership, at: datetime
) -> ClinicalFact:
    days = kind.default_validity_days
    return ClinicalFact(
        clinic_id=by.clinic_id,
        patient_id=patient.pk,
        kind=kind.value,
        value=ABSENT,
        observed_on=on,
        valid_until=None if days is None else on + timedelta(days=days),
        source=SOURCE_OF_NONE,
        recorded_at=at,
        recorded_by_id=by.user_id,
    )


def _answer(
    event: Event,
    fact: ClinicalFact,
    said: dict[str, Any],
    on: date,
    by: Membership,
    at: datetime,
) -> ClinicalFact:
    check_may(by, Permission.RECORD_FACTS)
    days = FactKind(fact.kind).default_validity_days
    until = None if days is None else on + timedelta(days=days)
    new = ClinicalFact(clinic_id=by.clinic_id, patient_id=fact.patient_id, **said)
    new.observed_on, new.valid_until, new.source = on, until, SOURCE
    new.recorded_at, new.recorded_by_id = at, by.user_id
    with transaction.atomic():
        old = ClinicalFact.objects.select_for_update().get(clinic_id=by.clinic_id, pk=fact.pk)
        if old.ended_on is not None:
            raise AlreadyAnswered
        old.ended_on, old.ended_by_id = max(on, old.observed_on), by.user_id
        old.save(update_fields=["ended_on", "ended_by"])
        new.save(force_insert=True)
        audit.record_by(
            by,
            event,
            new,
            old={"fact": old.pk, "ended_on": None},
            new={"patient": new.patient_id, "ended_on": old.ended_on, **said, "observed_on": on},
            at=at,
        )
    return new


DEEDS: dict[str, Callable[..., ClinicalFact]] = {
    "still": confirm_fact,
    "no": deny_fact,
    "unknown": leave_unknown,
}
"""What an answer in one tap does; `fact_forms.answers_to` names those that a kind allows."""
