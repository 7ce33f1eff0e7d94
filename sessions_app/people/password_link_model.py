"""The link by which a person sets a password anew."""

from django.db import models
from django.db.models import F, Q

from sessions_app.identity import uuid7
from sessions_app.people.models import User


class PasswordLink(models.Model):
    """The one link of a person that can be used; its secret is not stored, its hash is.

    A newer one takes its place. It goes when it is used, and with every other new password.
    """

    user = models.OneToOneField(
        User, models.CASCADE, primary_key=True, related_name="password_link"
    )
    link_id = models.UUIDField(unique=True, default=uuid7)
    secret_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")), name="password_link_expires_after_made"
            )
        ]

    class Privacy:
        personal = ("secret_hash",)
        plain = ("user", "link_id", "made_at", "expires_at")

    def __str__(self) -> str:
        return f"link {self.link_id}"
