"""The clinic's dashboard as one would write it first: rows through the ORM, figures in Python.

Kept to compare with. It answers the same questions with the same pure functions, fewer of them
and without charts, so it is the cheaper page of the two to draw.
"""

import uuid
from collections import Counter, defaultdict
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from sessions_app.outcomes.bands import ScorePairs, band_table
from sessions_app.outcomes.change import change
from sessions_app.outcomes.completeness import Completeness, is_late
from sessions_app.outcomes.funnel import UnitSums, funnel
from sessions_app.outcomes.responders import ResponderSums, Threshold, hits, responders
from sessions_app.outcomes.summary import Moments, PatientSums, mean_change
from sessions_app.sessions.models import Score, Session
from sessions_app.vocabulary.reasons import MissingReason
from sessions_app.vocabulary.scales import Scale

SCALES = (Scale.PAIN, Scale.MOOD)


def sessions_of(clinic_id: uuid.UUID, since: datetime, until: datetime) -> QuerySet[Session]:
    """Return the sessions with all that the page says of them, fetched along."""
    return (
        Session.objects.filter(clinic_id=clinic_id, performed_at__gte=since, performed_at__lt=until)
        .select_related("patient", "given_by", "enrolment__arm__protocol")
        .prefetch_related("scores", "reminders", "incidents")
    )


def answers(clinic_id: uuid.UUID, since: datetime, until: datetime) -> dict[str, Any]:
    """Return the page's figures."""
    there = list(sessions_of(clinic_id, since, until))
    pairs = [
        (session, score)
        for session in there
        for score in session.scores.all()
        if session.counted and Scale(score.scale) in SCALES
    ]
    both = [pair for pair in pairs if pair[1].before is not None and pair[1].after is not None]
    return {
        "weeks": _weeks(there),
        "changes": _changes(both),
        "bands": {scale: band_table(_bands(scale, both)) for scale in SCALES},
        "responders": [responders(one, _responders(one, both)) for one in Threshold],
        "therapists": funnel(_therapists(both)),
        "complete": _complete(pairs),
        "unwanted": _unwanted(there),
    }


def _weeks(there: list[Session]) -> Counter[Any]:
    return Counter(
        (one.performed_at.isocalendar()[:2], one.enrolment.arm_id, one.status, one.not_given_reason)
        for one in there
    )


def _changes(both: list[tuple[Session, Score]]) -> dict[Any, Any]:
    found: dict[Any, dict[Any, list[int]]] = defaultdict(lambda: defaultdict(list))
    for session, score in both:
        scale = Scale(score.scale)
        drop = change(scale, score.before or 0, score.after or 0)
        found[session.enrolment.arm_id, scale][session.patient_id].append(drop)
    return {
        key: mean_change(Moments.of(map(PatientSums.of, patients.values())))
        for key, patients in found.items()
    }


def _bands(scale: Scale, both: list[tuple[Session, Score]]) -> ScorePairs:
    mine = [(one.before or 0, one.after or 0) for _, one in both if one.scale == scale]
    return ScorePairs.of(scale, mine)


def _responders(threshold: Threshold, both: list[tuple[Session, Score]]) -> ResponderSums:
    by_patient: dict[Any, list[tuple[int, int]]] = defaultdict(list)
    for session, score in both:
        if score.scale == Scale.PAIN:
            by_patient[session.patient_id].append((score.before or 0, score.after or 0))
    return ResponderSums.of(hits(threshold, one) for one in by_patient.values())


def _therapists(both: list[tuple[Session, Score]]) -> dict[str, UnitSums]:
    by_patient: dict[Any, list[tuple[int, int]]] = defaultdict(list)
    for session, score in both:
        if score.scale == Scale.PAIN:
            key = (session.given_by.display_name, session.patient_id)
            by_patient[key].append((score.before or 0, score.after or 0))
    found: dict[str, UnitSums] = defaultdict(UnitSums)
    for (name, _), mine in by_patient.items():
        drops = PatientSums.of(change(Scale.PAIN, *pair) for pair in mine)
        found[name] += UnitSums.of_patient(drops, sum(pair[0] for pair in mine))
    return dict(found)


def _complete(pairs: list[tuple[Session, Score]]) -> dict[Scale, Completeness]:
    found = {scale: Completeness() for scale in SCALES}
    for session, score in pairs:
        before, after = score.before_missing, score.after_missing
        found[Scale(score.scale)] += Completeness(
            sessions=1,
            complete=int(not before and not after),
            late=int(is_late(session.performed_at, session.recorded_at)),
            before_missing={MissingReason(before): 1} if before else {},
            after_missing={MissingReason(after): 1} if after else {},
        )
    return found


def _unwanted(there: list[Session]) -> dict[str, int]:
    return {
        "reminders": sum(len(one.reminders.all()) for one in there),
        "incidents": sum(len(one.incidents.all()) for one in there),
        "beyond": sum(one.limit_broken for one in there),
        "reactions": sum(bool(one.reaction_text) for one in there),
    }
