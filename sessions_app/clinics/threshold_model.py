"""A number of the safety rules as a clinic has set it."""

from django.db import models
from django.db.models import Q

from sessions_app.clinics.owned import ClinicOwned
from sessions_app.clinics.querysets import ThresholdQuerySet
from sessions_app.people.models import User


class ClinicThreshold(ClinicOwned):
    """One decision of a clinician about one threshold. The newest holds; none is ever changed.

    To go back to the default is a decision like any other: a row with the default's value.
    """

    key = models.CharField(max_length=40)
    value = models.DecimalField(max_digits=10, decimal_places=2)
    decided_by_name = models.CharField(max_length=120)
    decided_by_role = models.CharField(max_length=80)
    reason = models.CharField(max_length=500)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)

    objects = ThresholdQuerySet.as_manager()

    class Meta:
        constraints = [
            *ClinicOwned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(value__gt=0) & ~Q(key=""), name="threshold_is_a_number"
            ),
            models.CheckConstraint(
                condition=~Q(decided_by_name="") & ~Q(decided_by_role=""),
                name="threshold_has_its_clinician",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="threshold_has_its_reason"),
        ]
        indexes = [models.Index(fields=["clinic", "key"], name="threshold_by_key")]

    class Privacy:
        personal = ()
        plain = (
            "id", "clinic", "key", "value", "decided_by_name", "decided_by_role", "reason",
            "recorded_at", "recorded_by",
        )  # fmt: skip

    def __str__(self) -> str:
        return f"threshold {self.key}"
