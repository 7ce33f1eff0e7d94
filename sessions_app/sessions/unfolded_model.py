"""What has been written since the sums were last made: whose, and in which week."""

from datetime import date, datetime, timedelta, tzinfo
from typing import Any

from django.db import models

from sessions_app.clinics.models import Clinic
from sessions_app.identity import uuid7
from sessions_app.patients.models import Patient
from sessions_app.sessions.session_model import Session

_UNCHECKED: Any = {"related_name": "+", "db_index": False, "db_constraint": False}


def monday_of(moment: datetime, zone: tzinfo) -> date:
    """Return the Monday of the week in which a moment falls, where the clinic is."""
    day = moment.astimezone(zone).date()
    return day - timedelta(days=day.weekday())


class Unfolded(models.Model):
    """A patient's week that the stored sums do not hold yet; it is read from the rows themselves.

    Each write that changes what outcomes read adds one, in its own transaction: rows are only
    added here, and taken away by the folder that has seen them, so writers wait for nobody
    (docs/adr/0016). What moves to another week marks both.

    It is held to as little as can be, since every session pays for it: the session's own links have
    been checked in the same statement, nothing leads here, and a mark of nothing makes no figure
    false; it only has something counted that was stored.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    clinic = models.ForeignKey(Clinic, models.DO_NOTHING, **_UNCHECKED)
    patient = models.ForeignKey(Patient, models.DO_NOTHING, **_UNCHECKED)
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
        return cls(clinic_id=session.clinic_id, patient_id=session.patient_id, week=week)
