"""Something that went wrong with a session, with the task to look after it."""

from django.db import models
from django.db.models import F, Q

from sessions_app.clinics.owned import HeldByLink, SameClinicKey
from sessions_app.patients.models import Patient
from sessions_app.people.models import User
from sessions_app.sessions.constraints import one_of
from sessions_app.sessions.querysets import IncidentQuerySet
from sessions_app.sessions.session_model import Session
from sessions_app.vocabulary.incidents import Harm, IncidentKind


class Incident(HeldByLink):
    """One incident: open until a supervisor closes it with a conclusion; never deleted.

    Its task (see the patient, or ask the ward) belongs to the clinic's supervisors and is due on
    `follow_up_due`. `harm` is empty as long as nobody has judged it.
    """

    session = SameClinicKey(Session, shared=("patient_id",), related_name="incidents")
    patient = SameClinicKey(Patient, related_name="incidents")
    kind = models.CharField(max_length=20, choices=IncidentKind.choices())
    harm = models.CharField(max_length=20, choices=Harm.choices(), blank=True)
    what_happened = models.CharField(max_length=2000)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    follow_up_due = models.DateField()
    follow_up_note = models.CharField(max_length=1000, blank=True)
    followed_up_at = models.DateTimeField(null=True, blank=True)
    followed_up_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, db_index=False
    )
    conclusion = models.CharField(max_length=2000, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, db_index=False)

    objects = IncidentQuerySet.as_manager()

    class Meta:
        constraints = [
            *HeldByLink.Meta.constraints,
            models.UniqueConstraint(
                fields=["clinic", "session"],
                condition=Q(kind="worse_pain"),
                name="incident_worse_pain_once",
            ),
            models.CheckConstraint(
                condition=one_of("kind", IncidentKind) & one_of("harm", Harm, blank=True),
                name="incident_known_codes",
            ),
            models.CheckConstraint(condition=~Q(what_happened=""), name="incident_says_what"),
            models.CheckConstraint(
                condition=Q(
                    followed_up_at__isnull=True, followed_up_by__isnull=True, follow_up_note=""
                )
                | Q(followed_up_at__gte=F("opened_at"), followed_up_by__isnull=False)
                & ~Q(follow_up_note=""),
                name="incident_followed_up_with_a_note",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True, conclusion="")
                | Q(closed_at__gte=F("opened_at"), closed_by__isnull=False)
                & ~Q(conclusion="")
                & ~Q(harm=""),
                name="incident_closed_with_a_conclusion",
            ),
        ]
        indexes = [
            models.Index(fields=["clinic", "session"], name="incident_by_session"),
            models.Index(fields=["clinic", "patient"], name="incident_by_patient"),
            models.Index(fields=["clinic", "opened_at"], name="incident_by_time"),
        ]

    class Privacy:
        personal = (
            "session", "patient", "kind", "harm", "what_happened", "follow_up_note", "conclusion",
            "opened_at",
        )  # fmt: skip
        plain = (
            "id", "clinic", "opened_by", "follow_up_due", "followed_up_at", "followed_up_by",
            "closed_at", "closed_by",
        )  # fmt: skip

    def __str__(self) -> str:
        return f"incident {self.pk}"
