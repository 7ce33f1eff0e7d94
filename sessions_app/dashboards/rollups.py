"""From rows to sums: a fixed, small number of queries, counts and integer sums made in SQL.

Everything that turns sums into a mean or an interval is in `outcomes`; a test holds that both
ways of counting agree.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import (
    Case,
    Count,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Sum,
    When,
)
from django.db.models.functions import Cast

from sessions_app.enrolments.models import Enrolment
from sessions_app.outcomes.summary import MeanChange, Moments, PatientSums, mean_change
from sessions_app.sessions.models import Score, Session
from sessions_app.vocabulary.reasons import MissingReason, NotGivenReason
from sessions_app.vocabulary.records import SessionStatus
from sessions_app.vocabulary.scales import Scale

SUMMARISED = (Scale.PAIN, Scale.MOOD)
Row = Mapping[str, Any]
_BOTH = Q(before__isnull=False, after__isnull=False)


@dataclass
class ScaleSums:
    """One scale in one arm: sums per patient, and the sessions without both scores."""

    moments: Moments = field(default_factory=Moments)
    missing: int = 0
    missing_by_reason: dict[MissingReason, int] = field(default_factory=dict)

    @property
    def change(self) -> MeanChange:
        """Mean change from before to after with its interval; improvement is positive."""
        return mean_change(self.moments)


@dataclass
class ArmSums:
    """One arm of one clinic: its patients, sessions by what became of them, and its scales.

    `patients` have a given session; all that were put on the arm are `enrolled`. Sessions that
    another role gave than the protocol names are `given`, but stand in no scale.
    """

    arm_id: uuid.UUID
    enrolled: int = 0
    patients: int = 0
    given: int = 0
    in_progress: int = 0
    not_given: int = 0
    flagged: int = 0
    by_another_role: int = 0
    reasons: dict[NotGivenReason, int] = field(default_factory=dict)
    scales: dict[Scale, ScaleSums] = field(default_factory=dict)


def arms_of(clinic_id: uuid.UUID) -> list[ArmSums]:
    """Return the sums of every arm on which the clinic has put somebody, in four queries."""
    arms: dict[uuid.UUID, ArmSums] = {}
    for row in _patient_counts(clinic_id):
        numbers = {name: row[name] for name in ("enrolled", "patients")}
        arms[row["arm_id"]] = ArmSums(row["arm_id"], **numbers)
    for row in _session_counts(clinic_id):
        _count_sessions(arms[row["arm_id"]], row)
    scores = _counted_scores(clinic_id)
    for row in _patient_sums(scores):
        _add_patient(arms[row["arm_id"]], row)
    for row in _missing_counts(scores):
        _add_missing(arms[row["arm_id"]], row)
    return list(arms.values())


def _session_counts(clinic_id: uuid.UUID) -> Iterable[Row]:
    return (
        Session.objects.filter(clinic_id=clinic_id)
        .values("status", "not_given_reason", "counted", "arm_id")
        .annotate(number=Count("pk"), flagged=Count("pk", filter=Q(limit_broken=True)))
        .order_by()
    )


def _patient_counts(clinic_id: uuid.UUID) -> Iterable[Row]:
    given = Session.objects.filter(clinic_id=clinic_id, enrolment_id=OuterRef("pk")).given()
    person = Case(When(Exists(given), then="patient_id"))
    return (
        Enrolment.objects.filter(clinic_id=clinic_id)
        .values("arm_id")
        .annotate(
            enrolled=Count("patient_id", distinct=True), patients=Count(person, distinct=True)
        )
        .order_by()
    )


def _patient_sums(scores: QuerySet[Score]) -> Iterable[Row]:
    """Sum the rise from before to after for each patient, of sessions with both scores."""
    rise = Cast("after", IntegerField()) - Cast("before", IntegerField())
    return (
        scores.filter(_BOTH)
        .values("scale", "patient_id", "arm_id")
        .annotate(number=Count("pk"), rise=Sum(rise))
        .order_by()
    )


def _missing_counts(scores: QuerySet[Score]) -> Iterable[Row]:
    return (
        scores.exclude(_BOTH)
        .values("scale", "before_missing", "after_missing", "arm_id")
        .annotate(number=Count("pk"))
        .order_by()
    )


def _counted_scores(clinic_id: uuid.UUID) -> QuerySet[Score]:
    """Scores of sessions given to the end, each by a role that its arm names."""
    scales = [scale.value for scale in SUMMARISED]
    return Score.objects.filter(clinic_id=clinic_id, counted=True, scale__in=scales)


def _count_sessions(arm: ArmSums, row: Row) -> None:
    number = row["number"]
    arm.flagged += row["flagged"]
    if row["status"] == SessionStatus.GIVEN:
        arm.given += number
        if not row["counted"]:
            arm.by_another_role += number
    elif row["status"] == SessionStatus.IN_PROGRESS:
        arm.in_progress += number
    else:
        arm.not_given += number
        reason = NotGivenReason(row["not_given_reason"])
        arm.reasons[reason] = arm.reasons.get(reason, 0) + number


def _add_patient(arm: ArmSums, row: Row) -> None:
    scale = Scale(row["scale"])
    sums = arm.scales.setdefault(scale, ScaleSums())
    improvement = row["rise"] if scale.higher_is_better else -row["rise"]
    sums.moments += Moments.of([PatientSums(row["number"], improvement)])


def _add_missing(arm: ArmSums, row: Row) -> None:
    sums = arm.scales.setdefault(Scale(row["scale"]), ScaleSums())
    sums.missing += row["number"]
    why: dict[MissingReason, int] = defaultdict(int, sums.missing_by_reason)
    for code in {row["before_missing"], row["after_missing"]} - {""}:
        why[MissingReason(code)] += row["number"]
    sums.missing_by_reason = dict(why)
