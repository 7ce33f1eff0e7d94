"""One emergency access: who, to which chart, why, until when."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from sessions_app.clinics.models import Clinic
from sessions_app.clinics.owned import ClinicOwned, SameClinicKey
from sessions_app.emergency_access.querysets import EmergencyAccessQuerySet
from sessions_app.patients.models import Patient
from sessions_app.people.models import User
from sessions_app.vocabulary.roles import Role


class EmergencyAccess(ClinicOwned):
    """A person of another clinic may read one chart of this clinic, and nothing else, until then.

    `clinic` is the patient's, `home` the person's. It can be ended before its time, by the person
    or by a supervisor of the clinic, who also says that they have seen it.
    """

    patient = SameClinicKey(Patient, related_name="+")
    person = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    home = models.ForeignKey(Clinic, models.PROTECT, related_name="+", db_index=False)
    opened_as = models.CharField(max_length=20)
    reason = models.CharField(max_length=500)
    began_at = models.DateTimeField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False, null=True)
    seen_at = models.DateTimeField(null=True)
    seen_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False, null=True)

    objects = EmergencyAccessQuerySet.as_manager()

    class Meta:
        constraints = [
            *ClinicOwned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(opened_as__in=Role.codes()) & ~Q(reason=""),
                name="access_by_a_role_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(until__gt=F("began_at")) & ~Q(home=F("clinic")),
                name="access_from_elsewhere_for_a_time",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_at__gte=F("began_at"), ended_by__isnull=False),
                name="access_ended_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(seen_at__isnull=True, seen_by__isnull=True)
                | Q(seen_at__isnull=False, seen_at__gte=F("began_at"), seen_by__isnull=False),
                name="access_seen_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["clinic", "began_at"], name="access_by_time"),
            models.Index(
                fields=["clinic"], condition=Q(seen_at__isnull=True), name="access_not_seen"
            ),
        ]

    class Privacy:
        personal = ("patient", "person", "reason", "began_at", "until", "ended_at")
        plain = ("id", "clinic", "home", "opened_as", "ended_by", "seen_at", "seen_by")

    def __str__(self) -> str:
        return f"emergency access {self.pk}"

    def is_open(self, now: datetime) -> bool:
        """Say whether the chart can be read by it now."""
        return self.ended_at is None and self.began_at <= now < self.until

    @property
    def role_label(self) -> str:
        """The person's role at home, in words."""
        return Role(self.opened_as).label
