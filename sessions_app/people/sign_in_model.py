"""A sign-in: the browser session of a person, in a table that can be listed and ended."""

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from sessions_app.people.models import User


class SignIn(AbstractBaseSession):
    """A browser session. Before somebody has signed in with it, `user` is None.

    `mark` names it on pages and in addresses, so that its key is never shown; it stays the same
    when the key changes. To delete the row ends the sign-in at once.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="sign_ins", null=True)
    mark = models.UUIDField(null=True)
    browser = models.CharField(max_length=60, blank=True)
    began_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField()

    class Meta:
        # Not unique: while the key changes, the old row and the new one both hold the mark.
        indexes = [models.Index(fields=["mark"], name="sign_in_by_mark")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(user=None)
                | models.Q(mark__isnull=False, began_at__isnull=False),
                name="sign_in_of_a_person_has_its_mark",
            )
        ]

    class Privacy:
        personal = ("session_data", "browser")
        plain = ("session_key", "expire_date", "user", "mark", "began_at", "seen_at")

    def __str__(self) -> str:
        return f"sign-in {self.mark}"

    @classmethod
    def get_session_store_class(cls) -> type:
        """Return what reads and writes these rows."""
        from sessions_app.people.session_store import SessionStore

        return SessionStore
