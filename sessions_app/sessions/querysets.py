"""Named questions about sessions."""

import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db.models import Prefetch

from sessions_app.clinics.querysets import ClinicQuerySet
from sessions_app.vocabulary.records import SessionStatus

if TYPE_CHECKING:
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

    def with_record(self, clinic_id: uuid.UUID) -> Self:
        """Fetch all that a session's page shows: people, scores, sites, reminders."""
        names = ("sites", "scores", "follow_ups", "reminders")
        return self.select_related("patient", "enrolment", "given_by").prefetch_related(
            *[_beside(name, clinic_id) for name in names]
        )

    def held(self) -> Self:
        """Sessions that count for the protocol: given, or being given."""
        return self.filter(status__in=[SessionStatus.GIVEN, SessionStatus.IN_PROGRESS])


_BESIDE = {
    "sites": "SiteTreated",
    "scores": "Score",
    "follow_ups": "FollowUpScore",
    "reminders": "ReminderShown",
}


def _beside(name: str, clinic_id: uuid.UUID) -> "Prefetch[Any]":
    """Rows beside a session, with the clinic that begins each of their indexes."""
    model = apps.get_model("sessions_app", _BESIDE[name])
    return Prefetch(name, model.objects.filter(clinic_id=clinic_id))
