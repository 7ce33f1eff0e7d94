"""Figures over many clinics, from the stored sums and what they do not hold yet: never stale.

Improvement is positive here; the sums themselves hold what rose from before to after.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sessions_app.clinics.models import Clinic
from sessions_app.outcomes.completeness import Completeness
from sessions_app.outcomes.funnel import UnitSums
from sessions_app.outcomes.summary import Moments
from sessions_app.rollups import reading
from sessions_app.vocabulary.reasons import MissingReason
from sessions_app.vocabulary.scales import Scale

OfArm = tuple[uuid.UUID, Scale]


@dataclass(frozen=True)
class WeekSums:
    """A week's counted sessions on one scale: with both scores `n`, their changes summed."""

    sessions: int = 0
    n: int = 0
    total: int = 0
    squares: int = 0

    def __add__(self, other: "WeekSums") -> "WeekSums":
        """Both groups of sessions together."""
        return WeekSums(
            self.sessions + other.sessions,
            self.n + other.n,
            self.total + other.total,
            self.squares + other.squares,
        )


@dataclass(frozen=True)
class WeekCounts:
    """A week's sessions of one status in an arm: how many, of them counted, minutes, flagged."""

    week: date
    arm_id: uuid.UUID
    status: str
    not_given_reason: str
    sessions: int
    counted: int
    minutes: int
    flagged: int


def network_moments(
    clinic_ids: Iterable[uuid.UUID], since: date | None = None
) -> dict[OfArm, Moments]:
    """Return what a mean change and its interval need, of all time or from a Monday on."""
    found: dict[OfArm, Moments] = defaultdict(Moments)
    rows = reading.tallies(_clinics(clinic_ids), since, by="arm_id, scale, n")
    for arm, code, n, patients, rise, squares, _ in rows:
        scale = Scale(code)
        found[_id(arm), scale] += _moments(n, int(patients), _better(scale, rise), int(squares))
    return dict(found)


def network_funnel(
    clinic_ids: Iterable[uuid.UUID], arm_id: uuid.UUID, scale: Scale, since: date | None = None
) -> dict[uuid.UUID, UnitSums]:
    """Return each clinic's patients in an arm, as a funnel over clinics needs them."""
    found: dict[uuid.UUID, UnitSums] = defaultdict(UnitSums)
    by = "clinic_id, scale, n"
    for clinic, code, n, patients, rise, squares, befores in reading.tallies(
        _clinics(clinic_ids), since, by=by, arm_id=arm_id
    ):
        if code == scale:
            means = Fraction(_better(scale, rise), n)
            spread, before = Fraction(int(squares), n * n), Fraction(int(befores), n)
            found[_id(clinic)] += UnitSums(int(patients), means, spread, before)
    return dict(found)


def network_weeks(
    clinic_ids: Iterable[uuid.UUID], first: date, last: date
) -> dict[tuple[date, uuid.UUID, Scale], WeekSums]:
    """Return the counted sessions of each week from one Monday to another."""
    found: dict[tuple[date, uuid.UUID, Scale], WeekSums] = defaultdict(WeekSums)
    for week, arm, code, _, _, _, *sums in reading.weeks_of_scores(
        _clinics(clinic_ids), first, last
    ):
        scale, (sessions, n, rise, squares) = Scale(code), map(int, sums)
        key = (_day(week), _id(arm), scale)
        found[key] += WeekSums(sessions, n, _better(scale, rise), squares)
    return dict(found)


def network_sessions(clinic_ids: Iterable[uuid.UUID], first: date, last: date) -> list[WeekCounts]:
    """Return how many sessions there were in each week, and what became of them."""
    return [
        WeekCounts(_day(week), _id(arm), status, reason, *map(int, sums))
        for week, arm, status, reason, *sums in reading.weeks_of_sessions(
            _clinics(clinic_ids), first, last
        )
    ]


def network_completeness(
    clinic_ids: Iterable[uuid.UUID], first: date, last: date
) -> dict[OfArm, Completeness]:
    """Return how complete the scores are, from one Monday's week to another's."""
    found: dict[OfArm, Completeness] = defaultdict(Completeness)
    for _, arm, code, before, after, late, sessions, n, _, _ in reading.weeks_of_scores(
        _clinics(clinic_ids), first, last
    ):
        number = int(sessions)
        found[_id(arm), Scale(code)] += Completeness(
            sessions=number,
            complete=int(n),
            late=number if late else 0,
            before_missing={MissingReason(before): number} if before else {},
            after_missing={MissingReason(after): number} if after else {},
        )
    return dict(found)


def _moments(n: int, patients: int, total: int, squares: int) -> Moments:
    return Moments(
        patients, patients * n, total, patients * n * n, n * total, squares, Fraction(total, n)
    )


def _clinics(clinic_ids: Iterable[uuid.UUID]) -> list[Clinic]:
    return list(Clinic.objects.filter(pk__in=list(clinic_ids)).only("pk", "time_zone"))


def _better(scale: Scale, rise: int) -> int:
    return int(rise) if scale.higher_is_better else -int(rise)


def _id(value: uuid.UUID | str) -> uuid.UUID:
    return value if isinstance(value, uuid.UUID) else uuid.UUID(value)


def _day(value: date | str) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)
