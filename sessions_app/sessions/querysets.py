"""Named questions about sessions."""

import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db.models import Exists, OuterRef, Prefetch, Q

from sessions_app.clinics.querysets import ClinicQuerySet
from sessions_app.vocabulary.records import SessionStatus

if TYPE_CHECKING:
    from sessions_app.sessions.emergency_model import EmergencySeen  # noqa: F401 - as below
    from sessions_app.sessions.incident_model import Incident  # noqa: F401 - as below
    from sessions_app.sessions.models import Session  # noqa: F401 - the class is over it


class SessionQuerySet(ClinicQuerySet["Session"]):
    """Sessions of a clinic."""

    def given(self) -> Self:
        """Sessions that were given and recorded to the end."""
        return self.filter(status=SessionStatus.GIVEN)

    def in_progress(self) -> Self:
        """Sessions with before-scores, still waiting for their after-scores."""
        return self.filter(status=SessionStatus.IN_PROGRESS)

    def beyond_limits(self) -> Self:
        """Sessions that passed a limit, with who gave them: a supervisor's reading."""
        return self.filter(limit_broken=True).select_related("given_by")

    def begun_in_an_emergency(self, clinic_id: uuid.UUID) -> Self:
        """Sessions begun while an emergency at their patient was open: a supervisor's reading.

        Few patients ever have one: they are named first, so that no other session is looked at.
        """
        seen = apps.get_model("sessions_app", "EmergencySeen").objects.filter(clinic_id=clinic_id)
        stood = seen.filter(patient_id=OuterRef("patient_id")).open_when(OuterRef("performed_at"))
        theirs = self.held().filter(patient_id__in=seen.values("patient_id"))
        return theirs.filter(Exists(stood)).select_related("given_by")

    def with_reaction_described(self) -> Self:
        """Sessions with a reaction in words: a supervisor's reading."""
        return self.exclude(reaction_text="")

    def newest_first(self) -> Self:
        """By when they happened, the newest first."""
        return self.order_by("-performed_at", "-id")

    def before(self, moment: datetime) -> Self:
        """Sessions that began before a moment."""
        return self.filter(performed_at__lt=moment)

    def with_sites(self, clinic_id: uuid.UUID) -> Self:
        """Fetch the treated sites along."""
        return self.prefetch_related(_beside("sites", clinic_id))

    def with_scores(self, clinic_id: uuid.UUID) -> Self:
        """Fetch who gave it and the score pairs, for a list."""
        return self.select_related("given_by").prefetch_related(_beside("scores", clinic_id))

    def with_follow_ups(self, clinic_id: uuid.UUID) -> Self:
        """Fetch the scores at other time points along."""
        return self.prefetch_related(_beside("follow_ups", clinic_id))

    def with_record(self, clinic_id: uuid.UUID) -> Self:
        """Fetch all that a session's page shows: people, scores, sites, reminders, incidents."""
        names = ("sites", "scores", "follow_ups", "reminders", "incidents")
        return self.select_related("patient", "enrolment", "given_by").prefetch_related(
            *[_beside(name, clinic_id) for name in names]
        )

    def with_what_was_passed(self, clinic_id: uuid.UUID) -> Self:
        """Fetch what tells which limits were passed: receipts, reminders, treated sites."""
        names = ("receipts", "reminders", "sites")
        return self.prefetch_related(*[_beside(name, clinic_id) for name in names])

    def held(self) -> Self:
        """Sessions that count for the protocol: given, or being given."""
        return self.filter(status__in=[SessionStatus.GIVEN, SessionStatus.IN_PROGRESS])


class EmergencyQuerySet(ClinicQuerySet["EmergencySeen"]):
    """Emergencies of a clinic."""

    def still_open(self) -> Self:
        """Those that no supervisor has closed."""
        return self.filter(closed_at__isnull=True)

    def closed(self) -> Self:
        """Those that a supervisor has seen to."""
        return self.filter(closed_at__isnull=False)

    def open_when(self, moment: datetime | OuterRef) -> Self:
        """Those that had been seen, and were not closed, at a moment (`EmergencySeen.stood_at`)."""
        not_closed = Q(closed_at__isnull=True) | Q(closed_at__gt=moment)
        return self.filter(not_closed, seen_at__lte=moment)

    def open_at(self, patient_id: uuid.UUID) -> Self:
        """Those at one patient that nobody has closed, the last one first."""
        return self.filter(patient_id=patient_id).still_open().newest_first()

    def newest_first(self) -> Self:
        """The last one first, with whom it was and who saw it."""
        told = self.select_related("patient", "seen_by")
        return told.order_by("-seen_at", "-id")


class IncidentQuerySet(ClinicQuerySet["Incident"]):
    """Incidents of a clinic."""

    def still_open(self) -> Self:
        """Those that no supervisor has closed."""
        return self.filter(closed_at__isnull=True)

    def closed(self) -> Self:
        """Those that have their conclusion."""
        return self.filter(closed_at__isnull=False)

    def told(self) -> Self:
        """With the patient, the session, and who opened it, for a page."""
        return self.select_related("patient", "session", "opened_by")

    def newest_first(self) -> Self:
        """The last one first."""
        return self.order_by("-opened_at", "-id")


_BESIDE = {
    "sites": "SiteTreated",
    "scores": "Score",
    "follow_ups": "FollowUpScore",
    "reminders": "ReminderShown",
    "receipts": "SessionReceipt",
    "incidents": "Incident",
}


def _beside(name: str, clinic_id: uuid.UUID) -> "Prefetch[Any]":
    """Rows beside a session, with the clinic that begins each of their indexes."""
    model = apps.get_model("sessions_app", _BESIDE[name])
    return Prefetch(name, model.objects.filter(clinic_id=clinic_id))
