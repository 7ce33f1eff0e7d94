"""A dose, treatment or procedure beside the touch, at its time."""

from django.db import models
from django.db.models import F, Q

from sessions_app.clinics.owned import HeldByLink, SameClinicKey
from sessions_app.patients.models import ClinicalFact, Patient
from sessions_app.people.models import User
from sessions_app.timing.querysets import TimedCareQuerySet
from sessions_app.vocabulary.timed import TimedKind, TimedSource


class TimedCare(HeldByLink):
    """What was given, or is planned, beside the touch: which kind, when, recorded by whom.

    What lay ahead when it was recorded is planned; nothing is read into it until somebody records
    that it took place. A row is never changed and never deleted: it is withdrawn with a reason, or
    a later row ``replaces`` it. ``fact`` is the clinical fact that was recorded with it, or for it
    when the one that had spoken for both was taken back.
    ``client_key`` is the form's own: the same key is the same row, however often it is sent.
    """

    patient = SameClinicKey(Patient, related_name="timed_care")
    kind = models.CharField(max_length=30, choices=TimedKind.choices())
    happens_at = models.DateTimeField()
    note = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=20, choices=TimedSource.choices())
    client_key = models.UUIDField()
    replaces = SameClinicKey(
        "self", shared=("patient_id",), null=True, blank=True, related_name="replaced_by"
    )
    fact = SameClinicKey(
        ClinicalFact, shared=("patient_id",), null=True, blank=True, related_name="timed_care"
    )
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, db_index=False
    )
    withdrawn_reason = models.CharField(max_length=200, blank=True)

    objects = TimedCareQuerySet.as_manager()

    class Meta:
        constraints = [
            *HeldByLink.Meta.constraints,
            models.UniqueConstraint(fields=["clinic", "client_key"], name="timed_key_once"),
            models.UniqueConstraint(
                fields=["clinic", "id", "patient"], name="timed_with_patient_in_clinic"
            ),
            models.UniqueConstraint(
                fields=["clinic", "patient", "kind", "happens_at"],
                condition=Q(withdrawn_at__isnull=True),
                name="timed_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=TimedKind.codes(), source__in=TimedSource.codes()),
                name="timed_known_kind_and_source",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                & Q(withdrawn_reason="")
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False)
                & ~Q(withdrawn_reason=""),
                name="timed_withdrawn_by_whom_and_why",
            ),
            models.CheckConstraint(
                condition=Q(fact__isnull=True) | Q(happens_at__lte=F("recorded_at")),
                name="timed_plan_is_no_fact",
            ),
        ]
        indexes = [
            models.Index(fields=["clinic", "patient", "happens_at"], name="timed_by_patient")
        ]

    class Privacy:
        personal = ("patient", "kind", "happens_at", "note", "fact", "withdrawn_reason")
        plain = (
            "id", "clinic", "source", "client_key", "replaces", "recorded_at", "recorded_by",
            "withdrawn_at", "withdrawn_by",
        )  # fmt: skip

    def __str__(self) -> str:
        return f"timed care {self.pk}"

    @property
    def took_place(self) -> bool:
        """Whether it had happened when it was recorded; else it is planned."""
        return self.happens_at <= self.recorded_at
