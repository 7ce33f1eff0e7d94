"""What the facts alone say of a patient now, before anything is planned."""

from datetime import datetime

from sessions_app.clinics.models import Clinic
from sessions_app.patients.facts import told_on
from sessions_app.patients.looked_at import looked_at
from sessions_app.patients.models import Patient
from sessions_app.safety.assess import assess
from sessions_app.safety.verdict import Verdict


def standing_of(patient: Patient, clinic: Clinic, now: datetime) -> Verdict:
    """Return the reminders of today, by the clinic's own thresholds and the orders in force."""
    today = now.astimezone(clinic.zone).date()
    rows, orders, bounds = looked_at(clinic.pk, patient.pk)
    return assess(told_on(rows, today, today), None, today, bounds=bounds, orders=orders)
