"""A clinic, and a person's role in it."""

import uuid
from typing import Any
from zoneinfo import ZoneInfo

from django.db import models
from django.utils import timezone

from sessions_app.clinics.owned import ClinicOwned
from sessions_app.clinics.querysets import ClinicQuerySet
from sessions_app.identity import uuid7
from sessions_app.people.models import User
from sessions_app.vocabulary.roles import Role


class Clinic(models.Model):
    """A clinic, hospital ward group or hospice: the owner of charts and the measure of days."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=60, unique=True)
    time_zone = models.CharField(max_length=60)
    emergency_text = models.CharField(max_length=300)
    emergency_number = models.CharField(max_length=40)
    opened_at = models.DateTimeField(default=timezone.now)

    class Privacy:
        personal = ()
        plain = (
            "id", "name", "slug", "time_zone", "emergency_text", "emergency_number", "opened_at",
        )  # fmt: skip

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        """The time zone that decides which day it is in this clinic."""
        return ZoneInfo(self.time_zone)


class Membership(ClinicOwned):
    """A person's role in a clinic. It is handed to every action as `by`.

    One that is not stored stands for a reader by emergency access: `only_patient` is the one
    patient whose rows are visible by it, and nothing else is allowed (`emergency_access/reading`).
    """

    only_patient: uuid.UUID | None = None
    emergency_access: Any = None
    emergency_access_waits = False
    """Whether an emergency access to a chart of the clinic is still to be seen by a supervisor."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices())
    since = models.DateTimeField(default=timezone.now)

    objects = ClinicQuerySet.as_manager()

    class Meta:
        constraints = [
            *ClinicOwned.Meta.constraints,
            models.UniqueConstraint(fields=["clinic", "user"], name="membership_one_role"),
            models.CheckConstraint(
                condition=models.Q(role__in=Role.codes()), name="membership_known_role"
            ),
        ]

    class Privacy:
        personal = ()
        plain = ("id", "clinic", "user", "role", "since")

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.clinic}"

    @property
    def role_label(self) -> str:
        """The role in words, as the header shows it."""
        return Role(self.role).label
