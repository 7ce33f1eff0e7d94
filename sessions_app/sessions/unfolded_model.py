"""What has been written since the sums were last made: whose, and in which week."""

from datetime import date, datetime, timedelta, tzinfo

from django.db import models

from sessions_app.clinics.owned import HeldByLink, SameClinicKey
from sessions_app.patients.models import Patient
from sessions_app.sessions.session_model import Session


def monday_of(moment: datetime, zone: tzinfo) -> date:
    """Return the Monday of the week in which a moment falls, where the clinic is."""
    day = moment.astimezone(zone).date()
    return day - timedelta(days=day.weekday())


class Unfolded(HeldByLink):
    """A patient's week that the stored sums do not hold yet; it is read from the rows themselves.

    Each write that changes what outcomes read adds one, in its own transaction: rows are only
    added here, and taken away by the folder that has seen them, so writers wait for nobody
    (docs/adr/0016). What moves to another week marks both.
    """

    patient = SameClinicKey(Patient, related_name="+")
    week = models.DateField()

    class Privacy:
        personal = ("patient", "week")
        plain = ("id", "clinic")

    def __str__(self) -> str:
        return f"unfolded {self.pk}"

    @classmethod
    def of(cls, session: Session, zone: tzinfo) -> "Unfolded":
        """Return the mark of a session as it is now."""
        week = monday_of(session.performed_at, zone)
        whose = {"clinic_id": session.clinic_id, "patient_id": session.patient_id}
        return cls.of_columns(**whose, week=week)
