"""What a patient answers when a fact is asked about again: still so, or not so any more."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from sessions_app.audit import actions as audit
from sessions_app.audit.events import Event
from sessions_app.clinics.models import Membership
from sessions_app.clinics.permissions import Permission, check_may
from sessions_app.patients.models import ClinicalFact
from sessions_app.safety.facts import ABSENT
from sessions_app.vocabulary.conditions import FactKind

SOURCE = "asked again"
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
        audit.record(
            event,
            new,
            clinic_id=by.clinic_id,
            actor=by.user,
            old={"fact": old.pk, "ended_on": None},
            new={"patient": new.patient_id, "ended_on": old.ended_on, **said, "observed_on": on},
            at=at,
        )
    return new
