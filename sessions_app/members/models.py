"""An invitation to take up a role in a clinic."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from sessions_app.clinics.owned import ClinicOwned
from sessions_app.members.querysets import InvitationQuerySet
from sessions_app.people.models import User
from sessions_app.vocabulary.coded import Coded
from sessions_app.vocabulary.roles import Role

VALID_FOR = timedelta(hours=72)


class InvitationState(Coded):
    """What became of an invitation. It follows from dates and is not stored."""

    WAITING = "waiting", "Waiting", "The link can be used."
    ACCEPTED = "accepted", "Accepted", "The link was used; it works once."
    WITHDRAWN = "withdrawn", "Withdrawn", "An admin took it back."
    EXPIRED = "expired", "Expired", "The link was not used in time."


class Invitation(ClinicOwned):
    """A role that waits for who holds the link. The link's secret is not stored, its hash is.

    Sent again it gets a new secret, and the link that was sent before is worth nothing.
    """

    email = models.EmailField(max_length=254)
    role = models.CharField(max_length=20, choices=Role.choices())
    secret_hash = models.CharField(max_length=64)
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", db_index=False
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            *ClinicOwned.Meta.constraints,
            models.UniqueConstraint(
                fields=["clinic", "email"],
                condition=Q(accepted_at=None, withdrawn_at=None),
                name="invitation_one_waiting",
            ),
            models.CheckConstraint(
                condition=Q(role__in=Role.codes()), name="invitation_known_role"
            ),
            models.CheckConstraint(
                condition=Q(email=Lower("email")), name="invitation_email_lower_case"
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("sent_at")), name="invitation_expires_after_sent"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(withdrawn_at=None), name="invitation_ends_once"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="invitation_accepted_by_somebody",
            ),
        ]

    class Privacy:
        personal = ("email", "secret_hash")
        plain = (
            "id", "clinic", "role", "invited_by", "sent_at", "expires_at", "withdrawn_at",
            "accepted_at", "accepted_by",
        )  # fmt: skip

    def __str__(self) -> str:
        return f"invitation {self.pk}"

    @property
    def role_label(self) -> str:
        """The role in words."""
        return Role(self.role).label

    def state(self, now: datetime) -> InvitationState:
        """Return what became of it by now."""
        if self.accepted_at:
            return InvitationState.ACCEPTED
        if self.withdrawn_at:
            return InvitationState.WITHDRAWN
        return InvitationState.WAITING if now < self.expires_at else InvitationState.EXPIRED
