"""That the emergency screen was shown: to whom, for what, and what was done."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from sessions_app.clinics.owned import HeldByLink, SameClinicKey
from sessions_app.enrolments.models import Enrolment
from sessions_app.patients.models import Patient
from sessions_app.people.models import User
from sessions_app.sessions.constraints import one_of
from sessions_app.sessions.querysets import EmergencyQuerySet
from sessions_app.vocabulary.incidents import EmergencyCause
from sessions_app.vocabulary.reasons import MissingReason
from sessions_app.vocabulary.roles import Role
from sessions_app.vocabulary.scales import RATED, Scale


class EmergencySeen(HeldByLink):
    """One emergency at one patient, from the screen that said «stop and call».

    `found` are the reminders in words as they stood, `rules` and `facts` what they came from; all
    are empty where a person saw more than the chart knows. It is open until a supervisor has
    closed it with a note. `told_before` are the scores that were told before the start which it
    forbade, by their scale: they can be taken up when a session is recorded after all.
    """

    patient = SameClinicKey(Patient, related_name="emergencies")
    enrolment = SameClinicKey(
        Enrolment, shared=("patient_id",), related_name="emergencies", null=True
    )
    cause = models.CharField(max_length=20, choices=EmergencyCause.choices())
    rules = models.JSONField(default=list)
    facts = models.JSONField(default=list)
    found = models.JSONField(default=list)
    told_before = models.JSONField(default=dict)
    seen_at = models.DateTimeField()
    seen_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    seen_as = models.CharField(max_length=20, choices=Role.choices())
    done = models.CharField(max_length=500, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, db_index=False)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, db_index=False)
    closing_note = models.CharField(max_length=500, blank=True)

    objects = EmergencyQuerySet.as_manager()

    class Meta:
        constraints = [
            *HeldByLink.Meta.constraints,
            models.CheckConstraint(
                condition=one_of("cause", EmergencyCause) & one_of("seen_as", Role),
                name="emergency_known_codes",
            ),
            models.CheckConstraint(
                condition=Q(done="", done_at__isnull=True, done_by__isnull=True)
                | ~Q(done="") & Q(done_at__isnull=False, done_by__isnull=False),
                name="emergency_done_has_its_author",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True, closing_note="")
                | Q(closed_at__gte=F("seen_at"), closed_by__isnull=False) & ~Q(closing_note=""),
                name="emergency_closed_with_a_note",
            ),
        ]
        indexes = [
            models.Index(fields=["clinic", "patient"], name="emergency_by_patient"),
            models.Index(
                fields=["clinic", "seen_at"],
                condition=Q(closed_at__isnull=True),
                name="emergency_open",
            ),
        ]

    class Privacy:
        personal = (
            "patient", "enrolment", "rules", "facts", "found", "told_before", "done",
            "closing_note", "seen_at",
        )  # fmt: skip
        plain = (
            "id", "clinic", "cause", "seen_by", "seen_as", "done_at", "done_by", "closed_at",
            "closed_by",
        )  # fmt: skip

    def stood_at(self, moment: datetime) -> bool:
        """Say whether it had been seen, and nobody had closed it, at a moment."""
        return self.seen_at <= moment and (self.closed_at is None or self.closed_at > moment)

    @property
    def scores_typed(self) -> dict[str, str]:
        """The scores as the session form's fields hold them."""
        typed = {
            f"{scale}_before": str(told["missing"] if told["value"] is None else told["value"])
            for scale, told in self.told_before.items()
        }
        rated = [told["by"] for scale, told in self.told_before.items() if Scale(scale) in RATED]
        return typed | ({"before_by": rated[0]} if rated else {})

    @property
    def scores_told(self) -> list[str]:
        """The scores in words: «pain 5», «mood: asleep»."""
        told = [(one.label.lower(), self.told_before.get(one.value)) for one in Scale]
        return [
            f"{name} {one['value']}"
            if one["value"] is not None
            else f"{name}: {MissingReason(one['missing']).label.lower()}"
            for name, one in told
            if one
        ]

    def __str__(self) -> str:
        return f"emergency {self.pk}"
