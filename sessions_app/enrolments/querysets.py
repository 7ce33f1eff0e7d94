"""Named questions about enrolments."""

from typing import TYPE_CHECKING, Self

from sessions_app.clinics.querysets import ClinicQuerySet

if TYPE_CHECKING:
    from sessions_app.enrolments.models import Enrolment  # noqa: F401 - the class is over it

IN_ROUND_ORDER = ("patient__place_key", "patient__family_name", "id")


class EnrolmentQuerySet(ClinicQuerySet["Enrolment"]):
    """Courses of a clinic's patients."""

    def running(self) -> Self:
        """Courses that have not ended, of patients in care."""
        return self.filter(ended_on__isnull=True, patient__status="active")

    def in_round_order(self) -> Self:
        """Ward by ward and room by room, as one walks."""
        return self.order_by(*IN_ROUND_ORDER)
