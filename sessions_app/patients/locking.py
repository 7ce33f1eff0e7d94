"""Two at once who write about one patient: the second waits, and finds what the first wrote."""

import uuid
from typing import Any, TypeVar

from sessions_app.clinics.models import Membership
from sessions_app.patients.models import ClinicalFact, Patient
from sessions_app.patients.order_model import Order

Row = TypeVar("Row", ClinicalFact, Order)


def hold(patient_id: uuid.UUID, by: Membership) -> Patient:
    """Lock a patient's row to the end of the transaction, before anything else is locked.

    Rows that only refer to the patient are stored meanwhile: a session waits for no chart.
    """
    rows = Patient.objects.filter(clinic_id=by.clinic_id, pk=patient_id)
    return rows.select_for_update(no_key=True).get()


def same_that_stands(row: Row, said: dict[str, Any], by: Membership) -> Row | None:
    """Hold the patient, and return a row that says the very same and has not ended."""
    hold(row.patient_id, by)
    rows = type(row).objects.filter(clinic_id=by.clinic_id, patient_id=row.patient_id, **said)
    return rows.filter(ended_on=None).first()
