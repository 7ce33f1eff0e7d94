"""Named questions about the readings of charts."""

import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db.models import Q

from sessions_app.clinics.querysets import ClinicQuerySet

if TYPE_CHECKING:
    from sessions_app.reads.models import ChartRead  # noqa: F401 - the class is over it


class ReadQuerySet(ClinicQuerySet["ChartRead"]):
    """Readings of a clinic's charts."""

    def told(self) -> Self:
        """With who read."""
        return self.select_related("reader")

    def newest_first(self) -> Self:
        """The last one first."""
        return self.order_by("-at", "-id")

    def before(self, at: datetime, read_id: uuid.UUID) -> Self:
        """What comes after this one where the newest is first; it costs the same on every page."""
        return self.filter(Q(at__lt=at) | Q(id__lt=read_id), at__lte=at)
