"""What a clinic has on record about a colleague's training and credentials."""

from django.db import models
from django.db.models import Q

from sessions_app.clinics.owned import ClinicOwned
from sessions_app.clinics.querysets import ClinicQuerySet
from sessions_app.people.models import User

MOST_TRAINING, MOST_COURSE, MOST_MONTHS = 20_000, 2_000, 720
"""Beyond this it is a slip of the pen: ten years of full-time training, a year, sixty years."""


class PractitionerProfile(ClinicOwned):
    """Licence, insurance and training, as this clinic has seen them. Unknown is empty, never 0.

    Each clinic keeps its own: what one has checked, another has not. Old values are in the audit
    trail.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    licence_number = models.CharField(max_length=60, blank=True)
    licence_until = models.DateField(null=True, blank=True)
    insurance_until = models.DateField(null=True, blank=True)
    training_hours = models.PositiveIntegerField(null=True, blank=True)
    course_provider = models.CharField(max_length=120, blank=True)
    course_hours = models.PositiveIntegerField(null=True, blank=True)
    course_on = models.DateField(null=True, blank=True)
    months_with_advanced_cancer = models.PositiveIntegerField(null=True, blank=True)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)

    objects = ClinicQuerySet["PractitionerProfile"].as_manager()

    class Meta:
        constraints = [
            *ClinicOwned.Meta.constraints,
            models.UniqueConstraint(fields=["clinic", "user"], name="profile_one_a_person"),
            models.CheckConstraint(
                condition=(Q(training_hours=None) | Q(training_hours__range=(0, MOST_TRAINING)))
                & (Q(course_hours=None) | Q(course_hours__range=(1, MOST_COURSE)))
                & (
                    Q(months_with_advanced_cancer=None)
                    | Q(months_with_advanced_cancer__range=(0, MOST_MONTHS))
                ),
                name="profile_can_be_believed",
            ),
            models.CheckConstraint(
                condition=~Q(course_provider="") | Q(course_hours=None, course_on=None),
                name="profile_course_has_its_provider",
            ),
        ]

    class Privacy:
        personal = (
            "licence_number", "licence_until", "insurance_until", "training_hours",
            "course_provider", "course_hours", "course_on", "months_with_advanced_cancer",
        )  # fmt: skip
        plain = ("id", "clinic", "user", "written_at", "written_by")

    def __str__(self) -> str:
        return f"profile {self.pk}"
