"""A patient on one version of a protocol, in one arm, from a date."""

from django.db import models
from django.db.models import F, Q

from sessions_app.clinics.owned import HeldByLink, SameClinicKey
from sessions_app.enrolments.querysets import EnrolmentQuerySet
from sessions_app.patients.models import Patient
from sessions_app.people.models import User
from sessions_app.protocols.models import Arm


class Enrolment(HeldByLink):
    """The patient's course. `checklist` keeps each question's answer: yes, no or unknown.

    `outside_protocol` labels a course whose answers do not meet the trial's criteria; it never
    forbids it.
    """

    patient = SameClinicKey(Patient, related_name="enrolments")
    arm = models.ForeignKey(
        Arm, on_delete=models.PROTECT, related_name="enrolments", db_index=False
    )
    starts_on = models.DateField()
    checklist = models.JSONField(default=dict)
    outside_protocol = models.BooleanField()
    enrolled_at = models.DateTimeField()
    enrolled_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    ended_on = models.DateField(null=True, blank=True)
    end_reason = models.CharField(max_length=200, blank=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        constraints = [
            *HeldByLink.Meta.constraints,
            # What a session's link leads to, which holds that both are of one patient.
            models.UniqueConstraint(
                fields=["clinic", "id", "patient"], name="enrolment_with_patient_in_clinic"
            ),
            models.UniqueConstraint(
                fields=["clinic", "id", "patient", "arm"], name="enrolment_with_arm_in_clinic"
            ),
            models.UniqueConstraint(
                fields=["clinic", "patient"],
                condition=Q(ended_on__isnull=True),
                name="enrolment_one_running",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("starts_on")),
                name="enrolment_ends_after_start",
            ),
        ]
        indexes = [models.Index(fields=["clinic", "arm", "starts_on"], name="enrolment_by_arm")]

    class Privacy:
        personal = ("patient", "checklist", "starts_on", "ended_on", "end_reason")
        plain = ("id", "clinic", "arm", "outside_protocol", "enrolled_at", "enrolled_by")

    def __str__(self) -> str:
        return f"enrolment {self.pk}"
