"""What facts and orders have in common: they hold no longer from a day on, said once."""

from datetime import date, datetime
from typing import TypeVar

from django.db import transaction

from sessions_app.audit import actions as audit
from sessions_app.audit.events import Event
from sessions_app.clinics.models import Membership
from sessions_app.patients.models import ClinicalFact
from sessions_app.patients.order_model import Order

Row = TypeVar("Row", ClinicalFact, Order)


def end_once(stands: Row, *, event: Event, ended_on: date, by: Membership, at: datetime) -> Row:
    """End a row of the member's clinic; one that already ended stays as it is."""
    with transaction.atomic():
        rows = type(stands).objects.select_for_update()
        row = rows.get(clinic_id=by.clinic_id, pk=stands.pk)
        if row.ended_on is None:
            row.ended_on, row.ended_by_id = ended_on, by.user_id
            row.save(update_fields=["ended_on", "ended_by"])
            audit.record(
                event,
                row,
                clinic_id=by.clinic_id,
                actor=by.user,
                old={"ended_on": None},
                new={"ended_on": ended_on},
                at=at,
            )
    return row
