"""Figures over many clinics, from the stored sums and what they do not hold yet: never stale.

Improvement is positive here; the sums themselves hold what rose from before to after.
"""

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import NamedTuple

from sessions_app.clinics.models import Clinic
from sessions_app.outcomes.completeness import Completeness
from sessions_app.outcomes.funnel import UnitSums
from sessions_app.outcomes.responders import Threshold
from sessions_app.outcomes.shares import ShareSums
from sessions_app.outcomes.summary import Moments
from sessions_app.rollups import reading
from sessions_app.rollups.spelling import PLAN_COLUMNS, WHOLE
from sessions_app.vocabulary.scales import Scale

Clinics = Iterable[uuid.UUID | Clinic]
"""The clinics, or their ids."""
OfArm = tuple[uuid.UUID, Scale]
OfClinic = tuple[uuid.UUID, Scale]
OfThreshold = tuple[uuid.UUID, Threshold]


class Plans(NamedTuple):
    """Sessions given and not given, by week; the latter by reason as well."""

    given: Counter[date]
    not_given: Counter[date]
    reasons: Counter[str]


class NetworkSums(NamedTuple):
    """What means, shares, intervals and funnels need, and how complete the scores are."""

    moments: dict[OfArm, Moments]
    responded: dict[OfThreshold, ShareSums]
    units: dict[OfClinic, UnitSums]
    of_arms: dict[OfArm, Completeness]
    of_clinics: dict[OfClinic, Completeness]


class _Sums(NamedTuple):
    """A row of a tally: `spelling.TALLY_COLUMNS`, rises as they are stored."""

    patients: int
    complete: int
    n_squares: int
    rise: int
    n_rises: int
    rise_squares: int
    means: int
    mean_squares: int
    mean_befores: int
    high_patients: int
    high: int
    high_squares: int
    by_percent: int
    high_by_percent: int
    by_percent_squares: int
    by_points: int
    high_by_points: int
    by_points_squares: int
    sessions: int
    late: int

    def moments(self, scale: Scale, whole: int) -> Moments:
        better, means = (_better(scale, one) for one in (self.rise, self.means))
        n_totals = _better(scale, self.n_rises)
        each = Fraction(means, whole)
        return Moments(
            self.patients, self.complete, better, self.n_squares, n_totals, self.rise_squares, each
        )

    def responded(self) -> dict[Threshold, ShareSums]:
        """Of the sessions that began high enough, those that reached each threshold."""
        who, squares = (self.high_patients, self.high), self.high_squares
        by_percent = self.by_percent, squares, self.high_by_percent, self.by_percent_squares
        by_points = self.by_points, squares, self.high_by_points, self.by_points_squares
        return {
            Threshold.THIRTY_PERCENT: ShareSums(*who, *by_percent),
            Threshold.TWO_POINTS: ShareSums(*who, *by_points),
        }

    def unit(self, scale: Scale, whole: int) -> UnitSums:
        means = Fraction(_better(scale, self.means), whole)
        squares = Fraction(self.mean_squares, whole**2)
        return UnitSums(self.patients, means, squares, Fraction(self.mean_befores, whole))

    def completeness(self) -> Completeness:
        return Completeness(self.sessions, self.complete, self.late)


def network_sums(
    clinic_ids: Clinics, since: date | None = None, arm_ids: Sequence[uuid.UUID] = ()
) -> NetworkSums:
    """Return the sums by arm and by clinic, of all time or from a Monday on.

    A patient of two arms counts in both.
    """
    found = NetworkSums(
        defaultdict(Moments), defaultdict(ShareSums), defaultdict(UnitSums),
        defaultdict(Completeness), defaultdict(Completeness),
    )  # fmt: skip
    rows = reading.tallies(_clinics(clinic_ids), since, arm_ids=arm_ids)
    for clinic, arm, code, n, *told in rows:
        scale, whole, sums = Scale(code), int(n) or WHOLE, _Sums(*map(int, told))
        if clinic is None:
            key = _id(arm), scale
            if sums.patients:
                found.moments[key] += sums.moments(scale, whole)
            found.of_arms[key] += sums.completeness()
            if sums.high_patients:
                for threshold, shares in sums.responded().items():
                    found.responded[key[0], threshold] += shares
        else:
            key = _id(clinic), scale
            if sums.patients:
                found.units[key] += sums.unit(scale, whole)
            found.of_clinics[key] += sums.completeness()
    return found


def network_planned(
    clinic_ids: Clinics, first: date, last: date, arm_ids: Sequence[uuid.UUID] = ()
) -> Plans:
    """Return what became of planned sessions in each week, and why those not given were not."""
    found = Plans(Counter(), Counter(), Counter())
    wanted = reading.Wanted(_clinics(clinic_ids), first, last, arm_ids=arm_ids)
    for week, *told in reading.weeks_of_plans(wanted):
        given, not_given, *reasons = map(int, told)
        found.given[_day(week)] += given
        found.not_given[_day(week)] += not_given
        for reason, number in zip(PLAN_COLUMNS[2:], reasons, strict=True):
            found.reasons[reason] += number
    return found


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
