"""A clinic, and a person's role in it."""

import uuid
from typing import Any
from zoneinfo import ZoneInfo

from django.db import models
from django.utils import timezone

from sessions_app.clinics.owned import ClinicOwned
from sessions_app.clinics.querysets import MembershipQuerySet
from sessions_app.identity import uuid7
from sessions_app.people.models import User
from sessions_app.vocabulary.roles import Role, SignOff, Standing

RETENTION_YEARS = (3, 30)
"""Laws ask for 3 to 16 years; longer is a clinic's own choice."""
IDLE_MINUTES = (5, 240)
"""How long a sign-in may rest before it ends by itself."""


def roles_that_need_a_second_factor() -> list[str]:
    """Return who has to have one where a clinic has decided nothing: who can do most harm."""
    return [Role.SUPERVISOR.value, Role.ADMIN.value]


class Clinic(models.Model):
    """A clinic, hospital ward group or hospice: the owner of charts and the measure of days."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=60, unique=True)
    time_zone = models.CharField(max_length=60)
    emergency_text = models.CharField(max_length=300)
    emergency_number = models.CharField(max_length=40)
    opened_at = models.DateTimeField(default=timezone.now)
    idle_minutes = models.PositiveSmallIntegerField(default=15)
    retention_years = models.PositiveSmallIntegerField(default=10)
    sign_off = models.CharField(
        max_length=20, choices=SignOff.choices(), default=SignOff.NONE.value
    )
    second_factor_roles = models.JSONField(default=roles_that_need_a_second_factor, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(idle_minutes__range=IDLE_MINUTES), name="clinic_idle_5_to_240"
            ),
            models.CheckConstraint(
                condition=models.Q(retention_years__range=RETENTION_YEARS),
                name="clinic_keeps_records_for_years",
            ),
            models.CheckConstraint(
                condition=models.Q(sign_off__in=SignOff.codes()), name="clinic_known_sign_off"
            ),
        ]

    class Privacy:
        personal = ()
        plain = (
            "id", "name", "slug", "time_zone", "emergency_text", "emergency_number", "opened_at",
            "idle_minutes", "retention_years", "sign_off", "second_factor_roles",
        )  # fmt: skip

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        """The time zone that decides which day it is in this clinic."""
        return ZoneInfo(self.time_zone)


class Membership(ClinicOwned):
    """A person's role in a clinic. It is handed to every action as `by`.

    It ends with a date and stays in the record; who comes back gets another one. While it is
    deactivated it is held for the person, who may do nothing by it.

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
    deactivated_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            *ClinicOwned.Meta.constraints,
            models.UniqueConstraint(
                fields=["clinic", "user"],
                condition=models.Q(ended_at=None),
                name="membership_one_role",
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=Role.codes()), name="membership_known_role"
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at=None) | models.Q(ended_at__gte=models.F("since")),
                name="membership_ends_after_start",
            ),
        ]

    class Privacy:
        personal = ()
        plain = ("id", "clinic", "user", "role", "since", "deactivated_at", "ended_at")

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.clinic}"

    @property
    def wants_second_factor(self) -> bool:
        """Whether the clinic asks this role for a second factor."""
        return self.role in self.clinic.second_factor_roles

    @property
    def role_label(self) -> str:
        """The role in words, as the header shows it."""
        return Role(self.role).label

    @property
    def standing(self) -> Standing:
        """Whether the person works here by it, and if not, why; `user` is loaded."""
        if self.ended_at:
            return Standing.LEFT
        if self.deactivated_at:
            return Standing.DEACTIVATED
        return Standing.WORKS_HERE if self.user.is_active else Standing.CLOSED
