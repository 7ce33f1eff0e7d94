"""The safety rules, asked of one session on the clinic's day of it."""

from datetime import datetime

from sessions_app.clinics.models import Membership
from sessions_app.patients.facts import told_on
from sessions_app.safety.assess import assess
from sessions_app.safety.situation import PlannedSession
from sessions_app.safety.verdict import Verdict
from sessions_app.sessions.context import Around


def judged(
    beside: Around, told: PlannedSession, by: Membership, *, at: datetime, planning: bool
) -> Verdict:
    """Ask the safety rules, on the clinic's day of the session, by what was seen up to it."""
    zone = by.clinic.zone
    day, today = beside.when.astimezone(zone).date(), at.astimezone(zone).date()
    rows, orders, bounds = beside.looked_at
    facts = told_on(rows, day, today)
    return assess(facts, told, day, planning=planning, bounds=bounds, orders=orders)
