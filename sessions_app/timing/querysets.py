"""Named questions about what is given or planned beside the touch."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from sessions_app.clinics.querysets import ClinicQuerySet

if TYPE_CHECKING:
    from sessions_app.timing.models import TimedCare  # noqa: F401 - the class is over it


class TimedCareQuerySet(ClinicQuerySet["TimedCare"]):
    """Doses, treatments and procedures with their times."""

    def standing(self) -> Self:
        """What was neither withdrawn nor corrected by a later row."""
        return self.filter(withdrawn_at__isnull=True)

    def around(self, moment: datetime, span: timedelta) -> Self:
        """What lies within a span before or after a moment."""
        return self.filter(happens_at__range=(moment - span, moment + span))

    def in_order(self) -> Self:
        """By time, the earliest first."""
        return self.order_by("happens_at", "recorded_at", "id")
