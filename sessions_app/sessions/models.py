"""What belongs to a session: sites, scores, later scores, the reminders that were shown."""

from typing import Any

from django.db import models
from django.db.models import F, Q

from sessions_app.clinics.owned import HeldByLink, SameClinicKey
from sessions_app.patients.models import Patient
from sessions_app.people.models import User
from sessions_app.protocols.models import Arm
from sessions_app.sessions.constraints import either, one_of, within_scale
from sessions_app.sessions.receipt_model import CatalogueEdition, SessionReceipt
from sessions_app.sessions.session_model import CARRIED, Session
from sessions_app.vocabulary.body_sites import BodySite
from sessions_app.vocabulary.reasons import MissingReason
from sessions_app.vocabulary.records import Reporter
from sessions_app.vocabulary.scales import RATED, Scale
from sessions_app.vocabulary.severity import Level
from sessions_app.vocabulary.timepoints import TimePoint

__all__ = [
    "CatalogueEdition", "FollowUpScore", "ReminderShown", "Score", "Session", "SessionReceipt",
    "SiteTreated",
]  # fmt: skip


_HELD_BY_SESSION: Any = {"related_name": "+", "db_index": False, "db_constraint": False}

LONGEST_ANSWER = 12 * 60 * 60
"""The most seconds from a question to its answer; what stood open longer tells nothing."""


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

    A score that is missing has its reason; `before` and `after` of 0 are scores. The keys that the
    session has too follow it: the database holds them the same.
    """

    session = SameClinicKey(Session, carried=CARRIED, related_name="scores")
    performed_at = models.DateTimeField()
    patient = models.ForeignKey(Patient, models.PROTECT, **_HELD_BY_SESSION)
    arm = models.ForeignKey(Arm, models.PROTECT, **_HELD_BY_SESSION)
    given_by = models.ForeignKey(User, models.PROTECT, **_HELD_BY_SESSION)
    counted = models.BooleanField(default=False)
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
            models.CheckConstraint(
                condition=one_of("before_missing", MissingReason, blank=True)
                & one_of("after_missing", MissingReason, blank=True),
                name="score_known_reasons",
            ),
            models.CheckConstraint(
                condition=one_of("before_by", Reporter, blank=True)
                & one_of("after_by", Reporter, blank=True),
                name="score_known_reporters",
            ),
        ]
        indexes = [
            # All that a dashboard asks of scores; the guards make the same on SQLite.
            models.Index(
                fields=["clinic", "performed_at"],
                include=[
                    "scale", "arm", "patient", "given_by", "session", "before", "after",
                    "before_missing", "after_missing", "before_by", "after_by",
                ],
                condition=Q(counted=True),
                name="score_counted_by_time",
            ),
        ]  # fmt: skip

    class Privacy:
        personal = (
            "session", "performed_at", "patient", "scale", "before", "before_missing", "before_at",
            "before_by", "after", "after_missing", "after_at", "after_by",
        )  # fmt: skip
        plain = ("id", "clinic", "arm", "given_by", "counted")

    def __str__(self) -> str:
        return f"score {self.pk}"

    @classmethod
    def of(cls, session: Session, scale: Scale, **said: Any) -> "Score":
        """Return a new score of a session, with the session's keys."""
        keys = {name: getattr(session, name) for name in CARRIED}
        keys |= {"clinic_id": session.clinic_id, "session_id": session.pk}
        return cls.of_columns(**keys, scale=scale.value, **said)


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
                condition=one_of("time_point", TimePoint) & ~Q(time_point__in=["before", "after"]),
                name="follow_up_other_time",
            ),
            models.CheckConstraint(
                condition=one_of("missing", MissingReason, blank=True)
                & one_of("reported_by", Reporter)
                & Q(scale__in=[scale.value for scale in RATED]),
                name="follow_up_known_codes",
            ),
            models.CheckConstraint(
                condition=Q(measured_at__lte=F("recorded_at")), name="follow_up_not_in_the_future"
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
    """A finding as it was shown with a session, by which rule version, on which facts.

    `overridden` says that a limit which it set was passed, or that it was a stop and the session
    was held all the same; `answer_seconds` how long the form stood open with it. Both are unknown
    of sessions that were stored before either was asked.
    """

    session = SameClinicKey(Session, related_name="reminders")
    rule = models.CharField(max_length=10)
    rule_version = models.PositiveSmallIntegerField()
    level = models.CharField(max_length=20, choices=Level.choices())
    message = models.CharField(max_length=500)
    sites = models.JSONField(default=list)
    facts = models.JSONField(default=list)
    confirmed = models.BooleanField()
    answer = models.CharField(max_length=500, blank=True)
    answer_seconds = models.PositiveIntegerField(null=True, blank=True)
    overridden = models.BooleanField(null=True)
    shown_at = models.DateTimeField()

    class Meta:
        constraints = [
            *HeldByLink.Meta.constraints,
            models.CheckConstraint(condition=one_of("level", Level), name="reminder_known_level"),
            models.CheckConstraint(
                condition=Q(answer_seconds__isnull=True) | Q(answer_seconds__lte=LONGEST_ANSWER),
                name="reminder_answered_within_12_hours",
            ),
        ]
        indexes = [models.Index(fields=["clinic", "session"], name="reminder_by_session")]

    class Privacy:
        personal = ("session", "message", "sites", "facts", "answer")
        plain = (
            "id", "clinic", "rule", "rule_version", "level", "confirmed", "answer_seconds",
            "overridden", "shown_at",
        )  # fmt: skip

    def __str__(self) -> str:
        return f"reminder {self.pk}"
