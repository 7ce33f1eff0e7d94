"""The one door to a clinic's rows."""

import uuid
from typing import TYPE_CHECKING, Self, TypeVar

from django.db import models

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from sessions_app.clinics.models import Membership  # noqa: F401 - it is over it
    from sessions_app.clinics.threshold_model import ClinicThreshold  # noqa: F401 - as above
    from sessions_app.people.models import User


M = TypeVar("M", bound=models.Model)


class ClinicQuerySet(models.QuerySet[M]):
    """Rows that a clinic owns. A view begins at `visible_to`; an action carries `clinic_id`."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Keep the rows of the clinic in which the person acts now; none without a clinic.

        Who reads by emergency access sees the rows of the one patient, and none beside them.
        """
        membership = getattr(user, "membership", None)
        if membership is None:
            return self.none()
        rows = self.filter(clinic_id=membership.clinic_id)
        return rows if membership.only_patient is None else rows.of_patient(membership.only_patient)

    def of_patient(self, patient_id: uuid.UUID) -> Self:
        """Keep the rows of one patient; none of a table that is not about patients."""
        if self.model._meta.model_name == "patient":
            return self.filter(pk=patient_id)
        names = {field.name for field in self.model._meta.concrete_fields}
        return self.filter(patient_id=patient_id) if "patient" in names else self.none()


class MembershipQuerySet(ClinicQuerySet["Membership"]):
    """Who has, or had, a role in a clinic."""

    def in_force(self) -> Self:
        """Keep those by which a person may act: neither ended nor deactivated."""
        return self.filter(ended_at=None, deactivated_at=None)

    def kept(self) -> Self:
        """Keep those that are not ended; deactivated ones are among them."""
        return self.filter(ended_at=None)


class ThresholdQuerySet(ClinicQuerySet["ClinicThreshold"]):
    """What was decided about the numbers of the rules."""

    def newest_first(self) -> Self:
        """The last decision first."""
        return self.order_by("-recorded_at", "-id")
