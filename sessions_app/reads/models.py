"""One reading of a chart."""

from django.db import models
from django.db.models import Q

from sessions_app.clinics.owned import HeldByLink, SameClinicKey
from sessions_app.patients.models import Patient
from sessions_app.people.models import User
from sessions_app.reads.pages import told
from sessions_app.reads.querysets import ReadQuerySet
from sessions_app.vocabulary.roles import Role


class ChartRead(HeldByLink):
    """Who was shown which page of whose chart, when, from where, and in which role.

    Append-only: a trigger refuses UPDATE and DELETE. `page` is the name of an address; `address`
    is where the request came from, empty where the server is not told (a socket file);
    `access` is the emergency access by which somebody of another clinic read it.
    """

    patient = SameClinicKey(Patient, related_name="reads")
    reader = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    read_as = models.CharField(max_length=20)
    page = models.CharField(max_length=60)
    address = models.CharField(max_length=45, blank=True)
    at = models.DateTimeField()
    access = SameClinicKey("sessions_app.EmergencyAccess", null=True, related_name="reads")

    objects = ReadQuerySet.as_manager()

    class Meta(HeldByLink.Meta):
        constraints = [
            *HeldByLink.Meta.constraints,
            models.CheckConstraint(condition=Q(read_as__in=Role.codes()), name="read_known_role"),
            models.CheckConstraint(condition=~Q(page=""), name="read_of_a_page"),
        ]
        indexes = [
            models.Index(fields=["clinic", "patient", "at", "id"], name="read_by_patient"),
            models.Index(
                fields=["clinic", "access"],
                condition=Q(access__isnull=False),
                name="read_by_access",
            ),
        ]

    class Privacy:
        personal = ("patient", "reader", "page", "address", "at")
        plain = ("id", "clinic", "read_as", "access")

    def __str__(self) -> str:
        return f"reading {self.pk}"

    @property
    def deed(self) -> str:
        """What the reader did, in words."""
        return told(self.page)

    @property
    def role_label(self) -> str:
        """The reader's role, in words."""
        return Role(self.read_as).label
