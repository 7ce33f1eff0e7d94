"""The person who signs in."""

import unicodedata
from typing import TYPE_CHECKING

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from sessions_app.identity import uuid7
from sessions_app.people.managers import UserManager

if TYPE_CHECKING:
    from sessions_app.clinics.models import Membership


class User(AbstractBaseUser):
    """A person, known by an e-mail address; what they may do hangs on their memberships.

    `membership` is the clinic and role in which the person acts in this request; the middleware
    sets it, and `visible_to(user)` reads it. There is no superuser: a role is always in a clinic.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField("e-mail address", max_length=254, unique=True)
    display_name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    added_at = models.DateTimeField(default=timezone.now)

    membership: "Membership | None" = None

    objects = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["display_name"]

    class Meta:
        constraints = [
            # Stored in lower case, so that «unique» means what a person means by it.
            models.CheckConstraint(condition=Q(email=Lower("email")), name="user_email_lower_case"),
        ]

    class Privacy:
        personal = ("email", "display_name", "last_login", "password")
        plain = ("id", "is_active", "added_at")

    def __str__(self) -> str:
        return self.display_name

    def set_password(self, raw_password: str | None) -> None:
        """Take a password; None leaves the account without one."""
        super().set_password(_composed(raw_password))

    def check_password(self, raw_password: str | None) -> bool:
        """Say whether this is the password, on whatever keyboard it was typed."""
        return super().check_password(_composed(raw_password))


def _composed(password: str | None) -> str | None:
    """Return it in one spelling: keyboards differ in how they make an «é» (NIST SP 800-63B-4)."""
    return None if password is None else unicodedata.normalize("NFC", password)
