"""What the facts alone say of a patient now, before anything is planned."""

from datetime import datetime

from sessions_app.clinics.models import Clinic
from sessions_app.clinics.thresholds import bounds_of
from sessions_app.patients.facts import facts_of
from sessions_app.patients.models import Patient
from sessions_app.patients.orders import orders_of
from sessions_app.safety.assess import assess
from sessions_app.safety.verdict import Verdict


def standing_of(patient: Patient, clinic: Clinic, now: datetime) -> Verdict:
    """Return the reminders of today, by the clinic's own thresholds and the orders in force."""
    today = now.astimezone(clinic.zone).date()
    whose = clinic.pk, patient.pk
    facts, bounds = facts_of(*whose, today, today), bounds_of(clinic.pk)
    return assess(facts, None, today, bounds=bounds, orders=orders_of(*whose))
