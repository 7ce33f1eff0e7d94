"""Named questions about emergency access."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from sessions_app.clinics.querysets import ClinicQuerySet

if TYPE_CHECKING:
    from sessions_app.emergency_access.models import EmergencyAccess  # noqa: F401 - it is over it


class EmergencyAccessQuerySet(ClinicQuerySet["EmergencyAccess"]):
    """Emergency access to charts of a clinic."""

    def in_force(self, now: datetime) -> Self:
        """What can be read by now."""
        return self.filter(began_at__lte=now, until__gt=now, ended_at__isnull=True)

    def not_seen(self) -> Self:
        """What no supervisor has looked at yet."""
        return self.filter(seen_at__isnull=True)

    def told(self) -> Self:
        """With the patient and the people, the newest first."""
        people = ("patient", "person", "home", "ended_by", "seen_by")
        return self.select_related(*people).order_by("-began_at", "-id")
