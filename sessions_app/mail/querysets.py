"""Named questions about letters."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from sessions_app.mail.models import Letter  # noqa: F401 - the class is over it


class LetterQuerySet(models.QuerySet["Letter"]):
    """Letters of the whole installation: who is written to may belong to several clinics."""

    def waiting(self) -> Self:
        """Letters still to be sent."""
        return self.filter(next_try__isnull=False)

    def due(self, now: datetime) -> Self:
        """Letters whose time to be tried has come, the one that waits longest first."""
        return self.filter(next_try__lte=now).order_by("next_try", "id")

    def lost(self) -> Self:
        """Letters given up so lately that their text is still there."""
        return self.filter(given_up_at__isnull=False).exclude(body="")
