"""The figures counted from rows by outcomes' own functions, patient by patient."""

import random
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import F

from sessions_app.clinics.models import Clinic
from sessions_app.outcomes.change import change
from sessions_app.outcomes.completeness import Completeness, is_late
from sessions_app.outcomes.funnel import UnitSums
from sessions_app.outcomes.responders import ResponderSums, Threshold, hits
from sessions_app.outcomes.shares import ShareSums
from sessions_app.outcomes.summary import Moments, PatientSums
from sessions_app.rollups import network, reading
from sessions_app.rollups.windows import window_of
from sessions_app.sessions.models import Score, Session
from sessions_app.sessions.unfolded_model import Unfolded, monday_of
from sessions_app.vocabulary.reasons import MissingReason
from sessions_app.vocabulary.scales import Scale

SCALES = ("pain", "mood")


def scores(clinics: Iterable[Clinic], since: date | None = None) -> list[Any]:
    """Every counted score from a Monday on, each where its clinic is."""
    found = []
    for clinic in clinics:
        rows = Score.objects.filter(
            clinic_id=clinic.pk, session__status="given", session__counted=True, scale__in=SCALES
        ).annotate(recorded_at=F("session__recorded_at"), arm_of=F("session__enrolment__arm_id"))
        if since:
            begun = datetime.combine(since, time.min, tzinfo=clinic.zone)
            rows = rows.filter(session__performed_at__gte=begun)
        found += [(clinic, row) for row in rows]
    return found


def patients(rows: list[Any]) -> dict[Any, dict[Any, tuple[PatientSums, int]]]:
    """(clinic, arm, scale) → patient → sums of changes and of befores."""
    found: dict[Any, dict[Any, tuple[PatientSums, int]]] = defaultdict(dict)
    for clinic, row in rows:
        if row.before is None or row.after is None:
            continue
        of = found[clinic.pk, row.arm_of, Scale(row.scale)]
        sums, before = of.get(row.patient_id, (PatientSums(0, 0), 0))
        one = PatientSums(1, change(Scale(row.scale), row.before, row.after))
        of[row.patient_id] = (sums + one, before + row.before)
    return found


def counted_moments(clinics: Iterable[Clinic], since: date | None) -> dict[Any, Moments]:
    found: dict[Any, Moments] = defaultdict(Moments)
    for (_, arm, scale), of in patients(scores(clinics, since)).items():
        found[arm, scale] += Moments.of(sums for sums, _ in of.values())
    return dict(found)


def counted_responses(
    clinics: Iterable[Clinic], since: date | None
) -> dict[network.OfThreshold, ShareSums]:
    """Who had clearly less pain, patient by patient: where any session could be such a one."""
    pairs: dict[Any, list[tuple[int, int]]] = defaultdict(list)
    for clinic, row in scores(clinics, since):
        if row.scale == Scale.PAIN and None not in (row.before, row.after):
            pairs[clinic.pk, row.arm_of, row.patient_id].append((row.before, row.after))
    found: dict[network.OfThreshold, ShareSums] = defaultdict(ShareSums)
    for threshold in Threshold:
        for (_, arm, _), told in pairs.items():
            found[arm, threshold] += ResponderSums.of([hits(threshold, told)]).shares()
    return {key: one for key, one in found.items() if one.patients}


def counted_funnel(
    clinics: Iterable[Clinic], arm_id: uuid.UUID, scale: Scale
) -> dict[uuid.UUID, UnitSums]:
    return {
        clinic: sum((UnitSums.of_patient(*one) for one in of.values()), UnitSums())
        for (clinic, arm, its), of in patients(scores(clinics)).items()
        if (arm, its) == (arm_id, scale)
    }


@dataclass(frozen=True)
class WeekSums:
    """A week's counted sessions on one scale: with both scores `n`, their changes summed."""

    sessions: int = 0
    n: int = 0
    total: int = 0
    squares: int = 0

    def __add__(self, other: "WeekSums") -> "WeekSums":
        return WeekSums(
            self.sessions + other.sessions,
            self.n + other.n,
            self.total + other.total,
            self.squares + other.squares,
        )


def counted_weeks(clinics: Iterable[Clinic]) -> dict[Any, WeekSums]:
    found: dict[Any, WeekSums] = defaultdict(WeekSums)
    for clinic, row in scores(clinics):
        scale = Scale(row.scale)
        both = row.before is not None and row.after is not None
        by = change(scale, row.before, row.after) if both else 0
        key = (monday_of(row.session.performed_at, clinic.zone), row.arm_of, scale)
        found[key] += WeekSums(1, int(both), by, by * by)
    return dict(found)


def counted_in_all(
    clinics: Iterable[Clinic], since: date | None
) -> tuple[dict[Any, Completeness], dict[Any, Completeness]]:
    """By arm and by clinic, without reasons."""
    arms: dict[Any, Completeness] = defaultdict(Completeness)
    there: dict[Any, Completeness] = defaultdict(Completeness)
    for clinic, row in scores(clinics, since):
        both = row.before is not None and row.after is not None
        one = Completeness(1, int(both), int(is_late(row.session.performed_at, row.recorded_at)))
        arms[row.arm_of, Scale(row.scale)] += one
        there[clinic.pk, Scale(row.scale)] += one
    return dict(arms), dict(there)


def counted_completeness(clinics: Iterable[Clinic]) -> dict[Any, Completeness]:
    found: dict[Any, Completeness] = defaultdict(Completeness)
    for _, row in scores(clinics):
        found[row.arm_of, Scale(row.scale)] += Completeness(
            1,
            int(row.before is not None and row.after is not None),
            int(is_late(row.session.performed_at, row.recorded_at)),
            {MissingReason(row.before_missing): 1} if row.before_missing else {},
            {MissingReason(row.after_missing): 1} if row.after_missing else {},
        )
    return dict(found)


def counted_sessions(clinics: Iterable[Clinic]) -> Counter[Any]:
    found: Counter[Any] = Counter()
    for clinic in clinics:
        for row in Session.objects.filter(clinic_id=clinic.pk).select_related("enrolment"):
            week = monday_of(row.performed_at, clinic.zone)
            key = (week, row.enrolment.arm_id, row.status, row.not_given_reason)
            for name, number in (
                ("sessions", 1), ("counted", int(row.counted)), ("minutes", row.minutes or 0),
                ("flagged", int(row.limit_broken)),
            ):  # fmt: skip
                found[*key, name] += number
    return found


def told_weeks(
    clinics: list[Clinic], first: date, last: date
) -> dict[tuple[date, uuid.UUID, Scale], WeekSums]:
    """Return the counted sessions of each week from one Monday to another."""
    found: dict[tuple[date, uuid.UUID, Scale], WeekSums] = defaultdict(WeekSums)
    for week, arm, code, _, _, _, *sums in reading.weeks_of_scores(
        reading.Wanted(clinics, first, last)
    ):
        scale, (sessions, n, rise, squares) = Scale(code), map(int, sums)
        key = (network._day(week), network._id(arm), scale)
        found[key] += WeekSums(sessions, n, network._better(scale, rise), squares)
    return dict(found)


def told_completeness(
    clinics: list[Clinic], first: date, last: date
) -> dict[network.OfArm, Completeness]:
    """Return how complete the scores are, from one Monday's week to another's."""
    found: dict[network.OfArm, Completeness] = defaultdict(Completeness)
    for _, arm, code, before, after, late, sessions, n, _, _ in reading.weeks_of_scores(
        reading.Wanted(clinics, first, last)
    ):
        number = int(sessions)
        found[network._id(arm), Scale(code)] += Completeness(
            sessions=number,
            complete=int(n),
            late=number if late else 0,
            before_missing={MissingReason(before): number} if before else {},
            after_missing={MissingReason(after): number} if after else {},
        )
    return dict(found)


def told_sessions(clinics: list[Clinic], first: date, last: date) -> Counter[Any]:
    """Return what became of the sessions of each week, as `counted_sessions` does."""
    found: Counter[Any] = Counter()
    for week, arm, status, reason, *sums in reading.weeks_of_sessions(
        reading.Wanted(clinics, first, last)
    ):
        key = (network._day(week), network._id(arm), status, reason)
        for name, number in zip(("sessions", "counted", "minutes", "flagged"), sums, strict=True):
            found[*key, name] += int(number)
    return found


def counted_plans(clinics: list[Clinic], arms: Iterable[uuid.UUID] = ()) -> network.Plans:
    """Return what became of planned sessions, in all arms or in some."""
    found = network.Plans(Counter(), Counter(), Counter())
    for (week, arm, status, reason, name), number in counted_sessions(clinics).items():
        if name == "sessions" and (not arms or arm in arms):
            if status == "given":
                found.given[week] += number
            elif status == "not_given":
                found.not_given[week] += number
                found.reasons[reason] += number
    return found


def assert_exact(clinics: list[Clinic], now: datetime) -> None:
    """Hold every figure of the network to the rows."""
    ids = [clinic.pk for clinic in clinics]
    for since in (None, *{window_of(now, clinic.zone) for clinic in clinics}, date(2026, 3, 2)):
        sums = network.network_sums(ids, since)
        assert sums.moments == counted_moments(clinics, since), since
        assert sums.responded == counted_responses(clinics, since), since
        assert (sums.of_arms, sums.of_clinics) == counted_in_all(clinics, since), since
    for arm, scale in counted_moments(clinics, None):
        units = network.network_sums(ids, arm_ids=[arm]).units
        told = {clinic: sums for (clinic, its), sums in units.items() if its is scale}
        assert told == counted_funnel(clinics, arm, scale)
    first, last = now.date() - timedelta(days=400), now.date() + timedelta(days=7)
    span = (first - timedelta(days=first.weekday()), last - timedelta(days=last.weekday()))
    assert told_weeks(clinics, *span) == counted_weeks(clinics)
    assert told_completeness(clinics, *span) == counted_completeness(clinics)
    assert +told_sessions(clinics, *span) == +counted_sessions(clinics)
    for arms in ((), *((arm,) for arm, _ in counted_moments(clinics, None))):
        told = network.network_planned(ids, *span, arms)
        assert [+one for one in told] == [+one for one in counted_plans(clinics, arms)], arms


def mark(session: Session) -> None:
    """Leave the mark that a raw write must leave."""
    Unfolded.of(session, Clinic.objects.get(pk=session.clinic_id).zone).save(force_insert=True)


def moved(session: Session, lot: random.Random) -> None:
    """Set the time of a session right, past the actions: both weeks are marked."""
    mark(session)
    session.performed_at -= timedelta(days=lot.randint(0, 60), hours=lot.randint(0, 23))
    session.save(update_fields=["performed_at"])
    mark(session)
