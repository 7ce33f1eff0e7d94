"""Two arms of one protocol beside each other: what the clinic's own sessions say, and how surely.

One statement counts the pairs of scores of each patient, so all figures of a page are of one
moment. The means beside the answer come from its sums; the adjusted difference is the statistics
library's, in a process of its own (`reports.apart`, docs/adr/0017).
"""

import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import combinations
from typing import Any

from django.db.models import Count

from sessions_app.clinics.models import Clinic
from sessions_app.outcomes.change import change
from sessions_app.outcomes.summary import MeanChange, Moments, PatientSums, mean_change
from sessions_app.protocols import registry
from sessions_app.protocols.models import Arm
from sessions_app.protocols.registry import Course
from sessions_app.reports.apart import NoComparison, fitted_apart
from sessions_app.reports.compare_arms import (
    ArmDifference,
    LibraryMissing,
    ScoredSession,
    compare_arms,
    counts_of,
)
from sessions_app.sessions.models import Score
from sessions_app.vocabulary.reasons import MissingReason
from sessions_app.vocabulary.scales import Scale

MOST = 100_000
"""So many sessions with both scores are compared at most: more would fill a worker's memory."""

TOO_MANY = "These are more than {most:,} sessions with both scores. Choose fewer days."
Pair = tuple[Course, Course]


class TooMany(Exception):
    """More sessions than are compared at once; the message is a sentence for the page."""


@dataclass(frozen=True)
class Asked:
    """What is to be compared: two arms of one version, on one scale, the days both included."""

    arms: Pair
    scale: Scale
    first: date | None = None
    last: date | None = None


@dataclass
class ArmSide:
    """One arm: its mean change before anything is allowed for, and what is missing."""

    course: Course
    name: str
    sums: dict[uuid.UUID, PatientSums] = field(default_factory=dict)
    missing: int = 0
    reasons: Counter[MissingReason] = field(default_factory=Counter)

    @property
    def change(self) -> MeanChange:
        """Mean change from before to after with its interval, improvement positive."""
        return mean_change(Moments.of(self.sums.values()))


@dataclass(frozen=True)
class ArmsReport:
    """The whole answer. ``trouble`` says why there is no adjusted difference, in a sentence."""

    asked: Asked
    sides: tuple[ArmSide, ArmSide]
    difference: ArmDifference
    trouble: str = ""

    @property
    def is_hidden(self) -> bool:
        """Whether an arm has too few patients: then nothing but counts is shown."""
        return not all(side.change.is_shown for side in self.sides)


def pairs() -> dict[str, Pair]:
    """Return every two arms that one version of a protocol has, by the code of an address."""
    rows = Arm.objects.order_by("protocol__code", "-protocol__version", "pk")
    versions: dict[uuid.UUID, list[Course]] = {}
    for protocol_id, arm_id in rows.values_list("protocol_id", "pk"):
        versions.setdefault(protocol_id, []).append(registry.course(arm_id))
    return {
        _code(pair): pair
        for courses in versions.values()
        for pair in combinations(sorted(courses, key=_place), 2)
    }


def report_of(clinic: Clinic, asked: Asked) -> ArmsReport:
    """Compare two arms in the clinic's own sessions, as the summary counts them.

    Raises TooMany.
    """
    sides = {one.arm_id: ArmSide(one, name) for one, name in _named(asked.arms)}
    sessions: list[ScoredSession] = []
    for row in _pairs_of_scores(clinic, asked).iterator():
        side = sides[row["arm_id"]]
        if row["before"] is None or row["after"] is None:
            _add_missing(side, row)
        else:
            _add(side, asked.scale, row)
            one = ScoredSession(str(row["patient_id"]), side.name, row["before"], row["after"])
            sessions += [one] * row["number"]
        if len(sessions) > MOST:
            raise TooMany(TOO_MANY.format(most=MOST))
    first, second = (sides[one.arm_id] for one in asked.arms)
    return _compared(asked, (first, second), sessions)


def _compared(
    asked: Asked, sides: tuple[ArmSide, ArmSide], sessions: Sequence[ScoredSession]
) -> ArmsReport:
    names = sides[0].name, sides[1].name
    try:
        found = compare_arms(asked.scale, sessions, *names, fit=fitted_apart)
    except (LibraryMissing, NoComparison) as why:
        return ArmsReport(asked, sides, counts_of(asked.scale, sessions, *names), str(why))
    return ArmsReport(asked, sides, found)


def _pairs_of_scores(clinic: Clinic, asked: Asked) -> Any:
    """How often each patient had each pair of scores; without both, with the reasons."""
    counted = Score.objects.filter(clinic_id=clinic.pk, counted=True, scale=asked.scale.value)
    scores = counted.filter(arm_id__in=[one.arm_id for one in asked.arms])
    if asked.first:
        scores = scores.filter(performed_at__gte=_begins(asked.first, clinic.zone))
    if asked.last:
        after = asked.last + timedelta(days=1)
        scores = scores.filter(performed_at__lt=_begins(after, clinic.zone))
    kinds = ("patient_id", "arm_id", "before", "after", "before_missing", "after_missing")
    return scores.values(*kinds).annotate(number=Count("pk")).order_by()


def _begins(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time.min, tzinfo=zone)


def _add(side: ArmSide, scale: Scale, row: Mapping[str, Any]) -> None:
    number, points = row["number"], change(scale, row["before"], row["after"])
    known = side.sums.get(row["patient_id"], PatientSums(0, 0))
    side.sums[row["patient_id"]] = known + PatientSums(number, number * points)


def _add_missing(side: ArmSide, row: Mapping[str, Any]) -> None:
    side.missing += row["number"]
    for code in {row["before_missing"], row["after_missing"]} - {""}:
        side.reasons[MissingReason(code)] += row["number"]


def _named(arms: Iterable[Course]) -> list[tuple[Course, str]]:
    """Give each arm its title; its code too where both are called alike."""
    courses = list(arms)
    alike = len({one.arm.title for one in courses}) < len(courses)
    return [
        (one, f"{one.arm.title} ({one.arm.code})" if alike else one.arm.title) for one in courses
    ]


def _code(pair: Pair) -> str:
    protocol = pair[0].protocol
    return ".".join((protocol.code, str(protocol.version), *(one.arm.code for one in pair)))


def _place(course: Course) -> int:
    """Where an arm stands in its protocol."""
    return course.protocol.arms.index(course.arm)
