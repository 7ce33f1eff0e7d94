"""A chart, and the dated clinical facts in it."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from sessions_app.clinics.owned import ClinicOwned, HeldByLink, SameClinicKey
from sessions_app.patients.constraints import unit_fits_kind, value_can_be_believed
from sessions_app.patients.querysets import PLACE_KEY_LONGEST, FactQuerySet, PatientQuerySet
from sessions_app.people.models import User
from sessions_app.safety.facts import ABSENT
from sessions_app.vocabulary.body_sites import BodySite
from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.records import PatientStatus


class Patient(ClinicOwned):
    """A person in the clinic's care. The chart number is theirs alone in this clinic."""

    chart_number = models.CharField(max_length=40)
    given_names = models.CharField(max_length=120)
    family_name = models.CharField(max_length=120)
    birth_date = models.DateField()
    language = models.CharField(max_length=40, blank=True)
    ward = models.CharField(max_length=60, blank=True)
    room = models.CharField(max_length=40, blank=True)
    cancer_type = models.CharField(max_length=200, blank=True)
    icd10 = models.CharField("ICD-10 code", max_length=10, blank=True)
    status = models.CharField(max_length=20, choices=PatientStatus.choices(), default="active")
    search_key = models.CharField(max_length=400, editable=False)
    place_key = models.CharField(max_length=PLACE_KEY_LONGEST, default="", editable=False)
    registered_at = models.DateTimeField()
    registered_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)

    objects = PatientQuerySet.as_manager()

    class Meta:
        constraints = [
            *ClinicOwned.Meta.constraints,
            models.UniqueConstraint(
                fields=["clinic", "chart_number"], name="patient_chart_number_once"
            ),
            models.CheckConstraint(
                condition=Q(status__in=PatientStatus.codes()), name="patient_known_status"
            ),
        ]
        indexes = [
            models.Index(
                fields=["clinic", "status", "place_key", "family_name"], name="patient_round"
            ),
            models.Index(fields=["clinic", "birth_date"], name="patient_by_birth_date"),
        ]

    class Privacy:
        personal = (
            "chart_number", "given_names", "family_name", "birth_date", "language", "ward",
            "room", "cancer_type", "icd10", "status", "search_key", "place_key",
        )  # fmt: skip
        plain = ("id", "clinic", "registered_at", "registered_by")

    def __str__(self) -> str:
        # Never the name: this text may reach a log or an error report.
        return f"patient {self.pk}"

    @property
    def full_name(self) -> str:
        """Family name first, as on a chart."""
        return f"{self.family_name}, {self.given_names}"

    @property
    def place(self) -> str:
        """Ward and room, as far as they are known."""
        return " · ".join(part for part in (self.ward, self.room) if part)


class ClinicalFact(HeldByLink):
    """Something known of a patient that the safety rules read: what, where, since when, by whom.

    A fact is never overwritten. It ends (`ended_on`), or a newer one stands beside it. `unknown_on`
    is the day on which it was asked about last and nobody knew: it says nothing of the patient, so
    the fact stays out of date and goes on counting.
    """

    patient = SameClinicKey(Patient, related_name="facts")
    kind = models.CharField(max_length=40, choices=FactKind.choices())
    sites = models.JSONField(default=list)
    value = models.DecimalField(max_digits=12, decimal_places=3, null=True, blank=True)
    unit = models.CharField(max_length=20, blank=True)
    observed_on = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200)
    note = models.CharField(max_length=300, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    ended_on = models.DateField(null=True, blank=True)
    ended_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, db_index=False)
    unknown_on = models.DateField(null=True, blank=True)

    objects = FactQuerySet.as_manager()

    class Meta:
        constraints = [
            *ClinicOwned.Meta.constraints,
            models.UniqueConstraint(
                fields=["clinic", "id", "patient"], name="fact_with_patient_in_clinic"
            ),
            models.CheckConstraint(condition=Q(kind__in=FactKind.codes()), name="fact_known_kind"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("observed_on")),
                name="fact_valid_after_observed",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("observed_on")),
                name="fact_ends_after_observed",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, ended_by__isnull=True)
                | Q(ended_on__isnull=False, ended_by__isnull=False),
                name="fact_end_has_its_author",
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__gte=0), name="fact_value_not_negative"
            ),
            models.CheckConstraint(condition=unit_fits_kind(), name="fact_unit_fits_kind"),
            models.CheckConstraint(
                condition=value_can_be_believed(), name="fact_value_can_be_believed"
            ),
        ]
        indexes = [models.Index(fields=["clinic", "patient", "kind"], name="fact_by_patient")]

    class Privacy:
        personal = (
            "patient", "kind", "sites", "value", "unit", "observed_on", "valid_until", "source",
            "note", "ended_on", "unknown_on",
        )  # fmt: skip
        plain = ("id", "clinic", "recorded_at", "recorded_by", "ended_by")

    def __str__(self) -> str:
        return f"fact {self.pk}"

    def stands_on(self, day: date) -> bool:
        """Say whether it has not ended by a day; ageing is for the rules to judge."""
        return self.ended_on is None or self.ended_on > day

    @property
    def is_absent(self) -> bool:
        """Whether it only says that its kind was asked for and is not so."""
        return FactKind(self.kind).may_be_absent and self.value == ABSENT

    @property
    def site_labels(self) -> list[str]:
        """The sites in words, head to foot."""
        return [site.label for site in BodySite if site.value in self.sites]

    @property
    def value_words(self) -> str:
        """The value as it was written: a count with its unit, or an answer in words."""
        return FactKind(self.kind).value_words(self.value, self.unit)
