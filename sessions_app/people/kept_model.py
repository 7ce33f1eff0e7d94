"""What somebody typed and sent when the sign-in had ended."""

from django.db import models

from sessions_app.identity import uuid7


class KeptForm(models.Model):
    """One form that was not saved, for half an hour, for the same person on the same browser.

    `owner` is a keyed hash of both. `said` is signed for that owner, so a row that is given
    another owner is read by nobody.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.CharField(max_length=64)
    said = models.TextField()
    kept_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["owner"], name="kept_form_by_owner"),
            models.Index(fields=["kept_at"], name="kept_form_by_age"),
        ]

    class Privacy:
        personal = ("owner", "said")
        plain = ("id", "kept_at")

    def __str__(self) -> str:
        return f"form {self.pk}"
