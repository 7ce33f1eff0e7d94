"""What was planned, what was done, what was scored, which reminders were shown."""

from django.db import models
from django.db.models import F, Q

from sessions_app.clinics.owned import HeldByLink, SameClinicKey
from sessions_app.enrolments.models import Enrolment
from sessions_app.patients.models import Patient
from sessions_app.people.models import User
from sessions_app.sessions.constraints import either, within_scale
from sessions_app.sessions.querysets import SessionQuerySet
from sessions_app.vocabulary.body_sites import BodySite
from sessions_app.vocabulary.reasons import MissingReason, NotGivenReason
from sessions_app.vocabulary.records import (
    DateSource,
    Position,
    Product,
    Reaction,
    Reporter,
    SessionStatus,
)
from sessions_app.vocabulary.roles import Role
from sessions_app.vocabulary.scales import RATED, Scale
from sessions_app.vocabulary.severity import Level
from sessions_app.vocabulary.timepoints import TimePoint


class Session(HeldByLink):
    """One session: offered and given, in progress, or not given with a reason.

    `performed_at` is when it began (or was offered), `recorded_at` when the row was written.
    `client_key` is the form's own: the same key is the same session, however often it is sent;
    `digest` and `finish_digest` tell whether a repeat says the same.
    """

    patient = SameClinicKey(Patient, related_name="sessions")
    enrolment = SameClinicKey(Enrolment, related_name="sessions")
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    given_as = models.CharField(max_length=20, choices=Role.choices())
    status = models.CharField(max_length=20, choices=SessionStatus.choices())
    performed_at = models.DateTimeField()
    date_source = models.CharField(max_length=10, choices=DateSource.choices())
    recorded_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    techniques = models.JSONField(default=list)
    plan = models.JSONField(default=dict)
    position = models.CharField(max_length=20, choices=Position.choices(), blank=True)
    product = models.CharField(max_length=20, choices=Product.choices(), blank=True)
    interruptions = models.JSONField(default=list)
    subjective = models.TextField(max_length=4000, blank=True)
    objective = models.TextField(max_length=4000, blank=True)
    assessment = models.TextField(max_length=4000, blank=True)
    plan_note = models.TextField(max_length=4000, blank=True)
    reaction = models.CharField(max_length=20, choices=Reaction.choices(), blank=True)
    reaction_text = models.TextField(max_length=2000, blank=True)
    not_given_reason = models.CharField(max_length=30, choices=NotGivenReason.choices(), blank=True)
    limit_broken = models.BooleanField(default=False)
    break_reason = models.CharField(max_length=500, blank=True)
    client_key = models.UUIDField()
    digest = models.CharField(max_length=64)
    finish_digest = models.CharField(max_length=64, blank=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        constraints = [
            *HeldByLink.Meta.constraints,
            models.UniqueConstraint(fields=["clinic", "client_key"], name="session_key_once"),
            models.CheckConstraint(
                condition=Q(minutes__isnull=True) | Q(minutes__gte=1, minutes__lte=240),
                name="session_minutes_1_to_240",
            ),
            models.CheckConstraint(
                condition=Q(performed_at__lte=F("recorded_at")), name="session_not_in_the_future"
            ),
            models.CheckConstraint(
                condition=Q(status="not_given", minutes__isnull=True)
                & Q(not_given_reason__in=NotGivenReason.codes())
                | Q(status__in=["in_progress", "given"], not_given_reason=""),
                name="session_not_given_has_reason",
            ),
            models.CheckConstraint(
                condition=~Q(status="given") | Q(minutes__isnull=False, completed_at__isnull=False),
                name="session_given_is_complete",
            ),
            models.CheckConstraint(
                condition=Q(limit_broken=False) | ~Q(break_reason=""),
                name="session_break_has_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["clinic", "performed_at"],
                include=["status", "patient", "enrolment", "minutes", "given_by"],
                name="session_by_time",
            ),
            models.Index(fields=["clinic", "patient", "performed_at"], name="session_by_patient"),
            models.Index(fields=["clinic", "enrolment"], name="session_by_enrolment"),
        ]

    class Privacy:
        personal = (
            "patient", "enrolment", "performed_at", "minutes", "techniques", "plan", "position",
            "product", "interruptions", "subjective", "objective", "assessment", "plan_note",
            "reaction", "reaction_text", "not_given_reason", "break_reason",
        )  # fmt: skip
        plain = (
            "id", "clinic", "given_by", "given_as", "status", "date_source", "recorded_at",
            "completed_at", "limit_broken", "client_key", "digest", "finish_digest",
        )  # fmt: skip

    def __str__(self) -> str:
        return f"session {self.pk}"


class SiteTreated(HeldByLink):
    """One site that hands were on, and how firmly."""

    session = SameClinicKey(Session, related_name="sites")
    site = models.CharField(max_length=40)
    pressure = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            *HeldByLink.Meta.constraints,
            models.UniqueConstraint(
                fields=["clinic", "session", "site"], name="site_once_a_session"
            ),
            models.CheckConstraint(condition=Q(site__in=BodySite.codes()), name="site_known"),
            models.CheckConstraint(condition=Q(pressure__lte=5), name="site_pressure_0_to_5"),
        ]

    class Privacy:
        personal = ("session", "site", "pressure")
        plain = ("id", "clinic")

    def __str__(self) -> str:
        return f"site {self.pk}"


class Score(HeldByLink):
    """The unit the product is about: one scale before and after one session.

    A score that is missing has its reason; `before` and `after` of 0 are scores.
    """

    session = SameClinicKey(Session, related_name="scores")
    scale = models.CharField(max_length=20, choices=Scale.choices())
    before = models.PositiveSmallIntegerField(null=True, blank=True)
    before_missing = models.CharField(max_length=20, choices=MissingReason.choices(), blank=True)
    before_at = models.DateTimeField(null=True, blank=True)
    before_by = models.CharField(max_length=20, choices=Reporter.choices(), blank=True)
    after = models.PositiveSmallIntegerField(null=True, blank=True)
    after_missing = models.CharField(max_length=20, choices=MissingReason.choices(), blank=True)
    after_at = models.DateTimeField(null=True, blank=True)
    after_by = models.CharField(max_length=20, choices=Reporter.choices(), blank=True)

    class Meta:
        constraints = [
            *HeldByLink.Meta.constraints,
            models.UniqueConstraint(
                fields=["clinic", "session", "scale"], name="score_once_a_session"
            ),
            models.CheckConstraint(condition=Q(scale__in=Scale.codes()), name="score_known_scale"),
            models.CheckConstraint(condition=within_scale("before"), name="score_before_range"),
            models.CheckConstraint(condition=within_scale("after"), name="score_after_range"),
            models.CheckConstraint(
                condition=either("before", "before_missing"), name="score_before_or_reason"
            ),
            models.CheckConstraint(
                condition=either("after", "after_missing"), name="score_after_or_reason"
            ),
        ]

    class Privacy:
        personal = (
            "session", "scale", "before", "before_missing", "before_at", "before_by", "after",
            "after_missing", "after_at", "after_by",
        )  # fmt: skip
        plain = ("id", "clinic")

    def __str__(self) -> str:
        return f"score {self.pk}"


class FollowUpScore(HeldByLink):
    """A score at another time point: during, 20-30 minutes after, next day, weekly."""

    session = SameClinicKey(Session, related_name="follow_ups")
    scale = models.CharField(max_length=20, choices=[(s.value, s.label) for s in RATED])
    time_point = models.CharField(max_length=20, choices=TimePoint.choices())
    value = models.PositiveSmallIntegerField(null=True, blank=True)
    missing = models.CharField(max_length=20, choices=MissingReason.choices(), blank=True)
    measured_at = models.DateTimeField()
    reported_by = models.CharField(max_length=20, choices=Reporter.choices())
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            *HeldByLink.Meta.constraints,
            models.UniqueConstraint(
                fields=["clinic", "session", "scale", "time_point"], name="follow_up_once"
            ),
            models.CheckConstraint(condition=within_scale("value"), name="follow_up_range"),
            models.CheckConstraint(
                condition=Q(value__isnull=True) & ~Q(missing="")
                | Q(value__isnull=False, missing=""),
                name="follow_up_or_reason",
            ),
            models.CheckConstraint(
                condition=~Q(time_point__in=["before", "after"]), name="follow_up_other_time"
            ),
        ]

    class Privacy:
        personal = (
            "session", "scale", "time_point", "value", "missing", "measured_at", "reported_by",
        )  # fmt: skip
        plain = ("id", "clinic", "recorded_at", "recorded_by")

    def __str__(self) -> str:
        return f"follow-up {self.pk}"


class ReminderShown(HeldByLink):
    """A finding as it was shown with a session, by which rule version, on which facts."""

    session = SameClinicKey(Session, related_name="reminders")
    rule = models.CharField(max_length=10)
    rule_version = models.PositiveSmallIntegerField()
    level = models.CharField(max_length=20, choices=Level.choices())
    message = models.CharField(max_length=500)
    sites = models.JSONField(default=list)
    facts = models.JSONField(default=list)
    confirmed = models.BooleanField()
    answer = models.CharField(max_length=500, blank=True)
    shown_at = models.DateTimeField()

    class Meta:
        constraints = [*HeldByLink.Meta.constraints]
        indexes = [models.Index(fields=["clinic", "session"], name="reminder_by_session")]

    class Privacy:
        personal = ("session", "message", "sites", "facts", "answer")
        plain = ("id", "clinic", "rule", "rule_version", "level", "confirmed", "shown_at")

    def __str__(self) -> str:
        return f"reminder {self.pk}"
