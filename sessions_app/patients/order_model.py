"""A clinician's order on a patient's chart."""

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q

from sessions_app.clinics.owned import HeldByLink, SameClinicKey
from sessions_app.patients.models import Patient
from sessions_app.patients.querysets import OrderQuerySet
from sessions_app.people.models import User
from sessions_app.vocabulary.body_sites import BodySite
from sessions_app.vocabulary.pressure import NO_CONTACT, Pressure

LONGEST_DAYS = 92
"""How long an order may hold. Our design: about three months, as the longest of the dated facts.

What a clinician allowed is asked for anew while the illness moves on.
"""


class Order(HeldByLink):
    """What a clinician ordered: for which rules, where, up to which pressure, until which day.

    No ``sites`` means the whole body. ``up_to`` -1 lets a session begin and raises no limit. An
    order is never changed: it ends (``ended_on``), or a newer one stands beside it.
    """

    patient = SameClinicKey(Patient, related_name="orders")
    rules = models.JSONField(default=list)
    sites = models.JSONField(default=list, blank=True)
    up_to = models.SmallIntegerField()
    clinician_name = models.CharField(max_length=120)
    clinician_role = models.CharField(max_length=80)
    ordered_on = models.DateField()
    expires_on = models.DateField()
    note = models.CharField(max_length=300, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    ended_on = models.DateField(null=True, blank=True)
    ended_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, db_index=False)

    objects = OrderQuerySet.as_manager()

    class Meta:
        constraints = [
            *HeldByLink.Meta.constraints,
            models.CheckConstraint(
                condition=Q(expires_on__gte=F("ordered_on")), name="order_expires_after_ordered"
            ),
            models.CheckConstraint(
                condition=Q(expires_on__lte=F("ordered_on") + timedelta(days=LONGEST_DAYS)),
                name="order_holds_three_months",
            ),
            models.CheckConstraint(
                condition=Q(up_to__gte=NO_CONTACT, up_to__lte=Pressure.STRONGEST.value),
                name="order_up_to_a_pressure",
            ),
            models.CheckConstraint(
                condition=~Q(clinician_name="") & ~Q(clinician_role=""),
                name="order_has_its_clinician",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("ordered_on")),
                name="order_ends_after_ordered",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, ended_by__isnull=True)
                | Q(ended_on__isnull=False, ended_by__isnull=False),
                name="order_end_has_its_author",
            ),
        ]
        indexes = [models.Index(fields=["clinic", "patient"], name="order_by_patient")]

    class Privacy:
        personal = (
            "patient", "rules", "sites", "up_to", "clinician_name", "clinician_role", "ordered_on",
            "expires_on", "note", "ended_on",
        )  # fmt: skip
        plain = ("id", "clinic", "recorded_at", "recorded_by", "ended_by")

    def __str__(self) -> str:
        return f"order {self.pk}"

    @property
    def last_day(self) -> date:
        """The last day on which it is in force; before ``ordered_on`` if it ended at once."""
        if self.ended_on is None:
            return self.expires_on
        return min(self.expires_on, self.ended_on - timedelta(days=1))

    @property
    def site_labels(self) -> list[str]:
        """The sites in words, head to foot; none for the whole body."""
        return [site.label for site in BodySite if site.value in self.sites]
