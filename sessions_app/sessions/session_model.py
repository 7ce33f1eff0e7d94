"""The session itself: offered and given, in progress, or not given with a reason."""

from itertools import combinations

from django.db import models
from django.db.models import F, Q

from sessions_app.clinics.owned import HeldByLink, SameClinicKey
from sessions_app.enrolments.models import Enrolment
from sessions_app.outcomes.labels import OUTSIDE
from sessions_app.patients.models import Patient
from sessions_app.people.models import User
from sessions_app.protocols.models import Arm
from sessions_app.sessions.constraints import one_of
from sessions_app.sessions.querysets import SessionQuerySet
from sessions_app.timing.opioid import OPIOID_KNOWN_MINUTES
from sessions_app.vocabulary.incidents import PainRise
from sessions_app.vocabulary.reasons import NotGivenReason, StopReason
from sessions_app.vocabulary.records import DateSource, Position, Product, Reaction, SessionStatus
from sessions_app.vocabulary.roles import Role

CARRIED = ("performed_at", "patient_id", "arm_id", "given_by_id", "counted")
"""The keys of a session that its scores repeat: a dashboard reads one covering index."""


OUTSIDE_SAID = [
    " ".join(label.value for label in said)
    for number in range(len(OUTSIDE) + 1)
    for said in combinations(OUTSIDE, number)
]
"""What may stand in `outside`."""


class Session(HeldByLink):
    """One session: offered and given, in progress, or not given with a reason.

    `performed_at` is when it began (or was offered), `recorded_at` when the row was written.
    `client_key` is the form's own: the same key is the same session, however often it is sent;
    `digest` and `finish_digest` tell whether a repeat says the same. `minutes_since_opioid` counts
    from the last dose known when it was recorded to its beginning; None is unknown, never none.
    `counted` says that it was given to the end, and in a role that its arm names: its scores are
    the arm's. `outside` are the codes of what its arm does not list. `arm` is the course's, kept
    beside it (docs/adr/0004).
    """

    patient = SameClinicKey(Patient, related_name="sessions")
    enrolment = SameClinicKey(Enrolment, shared=("patient_id", "arm_id"), related_name="sessions")
    arm = models.ForeignKey(
        Arm, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    given_as = models.CharField(max_length=20, choices=Role.choices())
    status = models.CharField(max_length=20, choices=SessionStatus.choices())
    counted = models.BooleanField(default=False)
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
    pain_rise = models.CharField(max_length=20, choices=PainRise.choices(), blank=True)
    pain_rise_text = models.CharField(max_length=500, blank=True)
    stopped_early_reason = models.CharField(max_length=20, choices=StopReason.choices(), blank=True)
    stopped_early_text = models.CharField(max_length=300, blank=True)
    minutes_since_opioid = models.PositiveSmallIntegerField(null=True, blank=True)
    not_given_reason = models.CharField(max_length=30, choices=NotGivenReason.choices(), blank=True)
    outside = models.CharField(max_length=60, blank=True, default="", db_default="")
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
            models.UniqueConstraint(
                fields=["clinic", "id", "patient"], name="session_with_patient_in_clinic"
            ),
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
                condition=Q(counted=False) | Q(status="given"), name="session_counted_is_given"
            ),
            # What the scores' link leads to, and the index over which counts are read.
            models.UniqueConstraint(
                fields=["clinic", "performed_at", "id", "patient", "arm", "given_by", "counted"],
                include=["status", "not_given_reason", "minutes", "recorded_at", "limit_broken"],
                name="session_with_keys_in_clinic",
            ),
            models.CheckConstraint(
                condition=Q(outside__in=OUTSIDE_SAID), name="session_outside_known"
            ),
            models.CheckConstraint(
                condition=Q(limit_broken=False) | ~Q(break_reason=""),
                name="session_break_has_reason",
            ),
            models.UniqueConstraint(
                fields=["clinic", "enrolment"],
                condition=Q(status="in_progress"),
                name="session_one_in_progress",
            ),
            models.CheckConstraint(
                condition=one_of("given_as", Role) & one_of("date_source", DateSource),
                name="session_known_role_and_source",
            ),
            models.CheckConstraint(
                condition=one_of("position", Position, blank=True)
                & one_of("product", Product, blank=True)
                & one_of("reaction", Reaction, blank=True),
                name="session_known_circumstances",
            ),
            models.CheckConstraint(
                condition=Q(pain_rise="told") & ~Q(pain_rise_text="")
                | Q(pain_rise__in=["", "not_known"], pain_rise_text=""),
                name="session_pain_rise_is_told",
            ),
            models.CheckConstraint(
                condition=Q(stopped_early_reason="", stopped_early_text="")
                | Q(status="given", stopped_early_reason__in=StopReason.codes()),
                name="session_stopped_early_says_why",
            ),
            models.CheckConstraint(
                condition=Q(minutes_since_opioid__isnull=True)
                | Q(minutes_since_opioid__lte=OPIOID_KNOWN_MINUTES),
                name="session_opioid_within_a_day",
            ),
        ]
        indexes = [
            models.Index(fields=["clinic", "patient", "performed_at"], name="session_by_patient"),
            # A course's sessions in order, with what their labels ask: the next, the one before.
            models.Index(
                fields=["clinic", "enrolment", "performed_at", "id"],
                include=["status", "counted", "minutes", "outside"],
                name="session_of_course",
            ),
        ]

    class Privacy:
        personal = (
            "patient", "enrolment", "performed_at", "minutes", "techniques", "plan", "position",
            "product", "interruptions", "subjective", "objective", "assessment", "plan_note",
            "reaction", "reaction_text", "pain_rise", "pain_rise_text", "stopped_early_reason",
            "stopped_early_text", "minutes_since_opioid", "not_given_reason", "break_reason",
            "outside",
        )  # fmt: skip
        plain = (
            "id", "clinic", "arm", "given_by", "given_as", "status", "counted", "date_source",
            "recorded_at", "completed_at", "limit_broken", "client_key", "digest", "finish_digest",
        )  # fmt: skip

    def __str__(self) -> str:
        return f"session {self.pk}"
