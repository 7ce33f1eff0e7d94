"""Incidents per 100 given sessions, over the last month, quarter and year: counted in SQL."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q

from sessions_app.sessions.incident_model import Incident
from sessions_app.sessions.models import Session
from sessions_app.vocabulary.records import SessionStatus

PERIODS = (30, 90, 365)


@dataclass(frozen=True)
class IncidentRate:
    """How many incidents the given sessions of the last days had; n is the sessions."""

    days: int
    sessions: int
    incidents: int

    @property
    def per_hundred(self) -> float | None:
        """Incidents per 100 sessions; None where there was no session."""
        return 100 * self.incidents / self.sessions if self.sessions else None


def incident_rates(clinic_id: uuid.UUID, now: datetime) -> list[IncidentRate]:
    """Return one rate a period, in two queries. An incident counts on the day of its session."""
    since = {days: now - timedelta(days=days) for days in PERIODS}
    longest = since[max(PERIODS)]
    given = Session.objects.filter(clinic_id=clinic_id, performed_at__gte=longest).given()
    sessions = given.aggregate(
        **{
            f"last_{days}": Count("pk", filter=Q(performed_at__gte=at))
            for days, at in since.items()
        }
    )
    told = Incident.objects.filter(
        clinic_id=clinic_id,
        session__clinic_id=clinic_id,
        session__status=SessionStatus.GIVEN,
        session__performed_at__gte=longest,
    )
    incidents = told.aggregate(
        **{
            f"last_{days}": Count("pk", filter=Q(session__performed_at__gte=at))
            for days, at in since.items()
        }
    )
    return [
        IncidentRate(days, sessions[f"last_{days}"], incidents[f"last_{days}"]) for days in PERIODS
    ]
