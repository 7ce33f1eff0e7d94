"""The safety rules, asked of one session on the clinic's day of it."""

from datetime import datetime

from sessions_app.clinics.models import Membership
from sessions_app.clinics.thresholds import bounds_of
from sessions_app.enrolments.models import Enrolment
from sessions_app.patients.facts import facts_of
from sessions_app.patients.orders import orders_of
from sessions_app.safety.assess import assess
from sessions_app.safety.situation import PlannedSession
from sessions_app.safety.verdict import Verdict


def judged(
    enrolment: Enrolment,
    told: PlannedSession,
    when: datetime,
    by: Membership,
    *,
    at: datetime,
    planning: bool,
) -> Verdict:
    """Ask the safety rules, on the clinic's day of the session, by what was seen up to it."""
    zone = by.clinic.zone
    day, today = when.astimezone(zone).date(), at.astimezone(zone).date()
    whose = enrolment.clinic_id, enrolment.patient_id
    facts, orders = facts_of(*whose, day, today), orders_of(*whose)
    bounds = bounds_of(enrolment.clinic_id)
    return assess(facts, told, day, planning=planning, bounds=bounds, orders=orders)
