"""What facts and orders have in common: the same stands once on a chart, and ends once."""

from datetime import date, datetime
from typing import Any, TypeVar

from django.db import transaction

from sessions_app.audit import actions as audit
from sessions_app.audit.events import Event
from sessions_app.clinics.models import Membership
from sessions_app.patients.locking import hold
from sessions_app.patients.models import ClinicalFact
from sessions_app.patients.order_model import Order

Row = TypeVar("Row", ClinicalFact, Order)


def record_once(
    row: Row, *, event: Event, said: dict[str, Any], by: Membership, at: datetime
) -> Row:
    """Store a new row; where one that says the very same stands already, that is the answer."""
    row.recorded_at, row.recorded_by_id = at, by.user_id
    with transaction.atomic():
        hold(row.patient_id, by)
        if same := _that_stands(row, said, by):
            return same
        row.save(force_insert=True)
        new = {"patient": row.patient_id, **said}
        audit.record_by(by, event, row, new=new, at=at)
    return row


def end_once(stands: Row, *, event: Event, ended_on: date, by: Membership, at: datetime) -> Row:
    """End a row of the member's clinic; one that already ended stays as it is."""
    with transaction.atomic():
        rows = type(stands).objects.select_for_update()
        row = rows.get(clinic_id=by.clinic_id, pk=stands.pk)
        if row.ended_on is None:
            row.ended_on, row.ended_by_id = ended_on, by.user_id
            row.save(update_fields=["ended_on", "ended_by"])
            audit.record_by(
                by, event, row, old={"ended_on": None}, new={"ended_on": ended_on}, at=at
            )
    return row


def _that_stands(row: Row, said: dict[str, Any], by: Membership) -> Row | None:
    rows = type(row).objects.filter(clinic_id=by.clinic_id, patient_id=row.patient_id, **said)
    return rows.filter(ended_on=None).first()
