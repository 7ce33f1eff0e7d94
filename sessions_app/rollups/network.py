"""Figures over many clinics, from the stored sums and what they do not hold yet: never stale.

Improvement is positive here; the sums themselves hold what rose from before to after.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sessions_app.clinics.models import Clinic
from sessions_app.outcomes.completeness import Completeness
from sessions_app.outcomes.funnel import UnitSums
from sessions_app.outcomes.summary import Moments
from sessions_app.rollups import reading
from sessions_app.vocabulary.scales import Scale

Clinics = Iterable[uuid.UUID | Clinic]
"""The clinics, or their ids."""
OfArm = tuple[uuid.UUID, Scale]
OfClinic = tuple[uuid.UUID, Scale]
OfBoth = tuple[uuid.UUID, uuid.UUID, Scale]


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
    clinic_ids: Clinics, since: date | None = None, arm_ids: Sequence[uuid.UUID] = ()
) -> dict[OfArm, Moments]:
    """Return what a mean change and its interval need, of all time or from a Monday on."""
    found: dict[OfArm, Moments] = defaultdict(Moments)
    rows = reading.tallies(_clinics(clinic_ids), since, by="arm_id, scale, n", arm_ids=arm_ids)
    for arm, code, n, patients, rise, squares, _ in rows:
        scale = Scale(code)
        alike = Moments.of_alike(n, int(patients), _better(scale, rise), int(squares))
        found[_id(arm), scale] += alike
    return dict(found)


def network_units(
    clinic_ids: Clinics, since: date | None = None, arm_ids: Sequence[uuid.UUID] = ()
) -> dict[OfClinic, UnitSums]:
    """Return each clinic's patients on each scale; a patient of two arms counts in both."""
    found: dict[OfClinic, UnitSums] = defaultdict(UnitSums)
    by = "clinic_id, scale, n"
    rows = reading.tallies(_clinics(clinic_ids), since, by=by, arm_ids=arm_ids)
    for clinic, code, n, patients, rise, squares, befores in rows:
        total = _better(scale := Scale(code), rise)
        alike = UnitSums.of_alike(n, int(patients), total, int(squares), int(befores))
        found[_id(clinic), scale] += alike
    return dict(found)


def network_sessions(
    clinic_ids: Clinics, first: date, last: date, arm_ids: Sequence[uuid.UUID] = ()
) -> list[WeekCounts]:
    """Return how many sessions there were in each week, and what became of them."""
    wanted = reading.Wanted(_clinics(clinic_ids), first, last, arm_ids=arm_ids)
    return [
        WeekCounts(_day(week), _id(arm), status, reason, *map(int, sums))
        for week, arm, status, reason, *sums in reading.weeks_of_sessions(wanted)
    ]


def network_counts(
    clinic_ids: Clinics, first: date, last: date, arm_ids: Sequence[uuid.UUID] = ()
) -> dict[OfBoth, Completeness]:
    """Return how complete the scores are, clinic by clinic, from one Monday's week to another's."""
    found: dict[tuple[Any, Any, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    by = "clinic_id, arm_id, scale, late"
    wanted = reading.Wanted(_clinics(clinic_ids), first, last, by, arm_ids)
    for clinic, arm, code, late, sessions, n, _, _ in reading.weeks_of_scores(wanted):
        sums = found[clinic, arm, code]
        sums[0] += int(sessions)
        sums[1] += int(n)
        sums[2] += int(sessions) if late else 0
    return {
        (_id(clinic), _id(arm), Scale(code)): Completeness(sums[0], sums[1], sums[2])
        for (clinic, arm, code), sums in found.items()
    }


def first_monday(clinic_ids: Clinics) -> date | None:
    """Return the Monday before the first session of all, wherever a clinic is; None without one."""
    found = reading.first_session(_clinics(clinic_ids))
    if found is None:
        return None
    moment = found if isinstance(found, datetime) else datetime.fromisoformat(found)
    day = moment.date() - timedelta(days=1)
    return day - timedelta(days=day.weekday())


def _clinics(asked: Clinics) -> list[Clinic]:
    """Return the clinics; no statement where they are known already."""
    every = list(asked)
    known = [one for one in every if isinstance(one, Clinic)]
    ids = [one for one in every if not isinstance(one, Clinic)]
    more = Clinic.objects.filter(pk__in=ids).only("pk", "time_zone") if ids else ()
    return [*known, *more]


def _better(scale: Scale, rise: int) -> int:
    return int(rise) if scale.higher_is_better else -int(rise)


def _id(value: uuid.UUID | str) -> uuid.UUID:
    return value if isinstance(value, uuid.UUID) else uuid.UUID(value)


def _day(value: date | str) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)
