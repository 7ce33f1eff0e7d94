"""The main job: start, finish, log, not given. Each in one transaction, audited."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from sessions_app.audit import actions as audit
from sessions_app.audit.events import Event
from sessions_app.clinics.models import Membership
from sessions_app.clinics.permissions import Permission, check_may
from sessions_app.enrolments.models import Enrolment
from sessions_app.safety.verdict import Verdict
from sessions_app.sessions import incidents, policies, rows, score_rows
from sessions_app.sessions.context import around
from sessions_app.sessions.edition_actions import edition, edition_is_stored
from sessions_app.sessions.incident_actions import opening
from sessions_app.sessions.judging import judged
from sessions_app.sessions.models import ReminderShown, Score, Session
from sessions_app.sessions.policies import (
    KeyReused,
    NeedsAnswer,
    StartRefused,
    StillInProgress,
    check_answered,
    check_may_start,
    check_simple_touch,
    confirmed_before,
)
from sessions_app.sessions.record import Answers, Care, Ratings
from sessions_app.sessions.unfolded_model import Unfolded
from sessions_app.storing import Statement, store, store_alone
from sessions_app.vocabulary.reasons import NotGivenReason
from sessions_app.vocabulary.records import DateSource, Phase, SessionStatus


def start(
    *,
    enrolment: Enrolment,
    plan: Care,
    before: Ratings,
    answers: Answers,
    client_key: uuid.UUID,
    digest: str,
    by: Membership,
    at: datetime | None = None,
) -> Session:
    """Save the plan and the before-scores: the session is in progress from now.

    Raises StartRefused (a stop stands), NeedsAnswer (reminders unanswered), KeyReused,
    StillInProgress (an earlier session of the course waits for its end).
    """
    check_may(by, Permission.LOG_SESSION)
    check_simple_touch(by, plan)
    at = at or timezone.now()
    beside = around(enrolment, at, by=by)
    verdict = judged(beside, beside.told(plan, before), by, at=at, planning=True)
    session = rows.opened(enrolment, by, client_key, digest, performed_at=at, recorded_at=at)
    try:
        check_may_start(by, verdict, answers)
        check_answered(verdict, answers)
    except (StartRefused, NeedsAnswer) as refusal:
        return _sent_before(session, refusal)
    session.status, session.date_source = SessionStatus.IN_PROGRESS, DateSource.NOW
    session.plan = {"techniques": plan.columns()["techniques"], "sites": rows.pressures(plan)}
    session.position = plan.columns()["position"]
    session.minutes_since_opioid = beside.minutes_since_opioid
    if verdict.stops:
        rows.flag(session, verdict, answers)
    scores = score_rows.scores(session, before, {}, before_at=at)
    told = rows.told(session, verdict, answers, Phase.START, at)
    said = {"plan": session.plan, "scores": score_rows.said(scores)}
    return _insert(Event.SESSION_STARTED, session, [*scores, *told], said, by, at)


def finish(
    session: Session,
    *,
    care: Care,
    after: Ratings,
    answers: Answers,
    digest: str,
    by: Membership,
    at: datetime | None = None,
) -> Session:
    """Save what was done and the after-scores. A repeat with the same content changes nothing."""
    check_may(by, Permission.LOG_SESSION)
    policies.check_may_finish(session, by, care)
    at = at or timezone.now()
    scores = list(Score.objects.filter(clinic_id=by.clinic_id, session_id=session.pk))
    beside = around(session.enrolment, session.performed_at, by=by, session=session)
    planned = beside.told(care, score_rows.ratings_before(scores), after)
    verdict = judged(beside, planned, by, at=at, planning=False)
    with transaction.atomic():
        row = Session.objects.select_for_update().get(clinic_id=by.clinic_id, pk=session.pk)
        if row.status != SessionStatus.IN_PROGRESS:
            return _first_answer(row, row.finish_digest, digest)
        # After the repeat is known: that one was answered then. One tick at the start is enough.
        shown = list(ReminderShown.objects.filter(clinic_id=by.clinic_id, session_id=row.pk))
        rise = incidents.rise_since(scores, after)
        check_answered(verdict, answers, confirmed_before(shown), rise=rise)
        rows.put_care(row, care, planned, verdict, answers)
        worse = incidents.put_pain_rise(row, rise, answers, by, at)
        rows.give(row, at, digest)
        row.save(update_fields=[*care.columns(), *rows.FINISHED])
        new = score_rows.with_after(row, scores, after, at)
        Score.objects.bulk_update(scores, ["after", "after_missing", "after_at", "after_by"])
        told = rows.told(row, verdict, answers, Phase.FINISH, at, before=shown)
        who: dict[str, Any] = {"clinic_id": by.clinic_id, "actor": by.user, "at": at}
        who["old"] = {"status": SessionStatus.IN_PROGRESS.value}
        who["new"] = rows.account(row, care, [*scores, *new])
        entry = audit.entry(Event.SESSION_FINISHED, row, **who)
        added = [*rows.sites(row, care), *new, *told, *worse, Unfolded.of(row, by.clinic.zone)]
        _add(added, [*entry, *opening(worse, by=by)], at)
    return row


def log(
    *,
    enrolment: Enrolment,
    performed_at: datetime,
    care: Care,
    before: Ratings,
    after: Ratings,
    answers: Answers,
    client_key: uuid.UUID,
    digest: str,
    by: Membership,
    date_source: DateSource = DateSource.TYPED,
    at: datetime | None = None,
) -> Session:
    """Record a whole session that has happened. A limit it broke is flagged, never refused."""
    check_may(by, Permission.LOG_SESSION)
    check_simple_touch(by, care)
    at = at or timezone.now()
    ended = min(performed_at + timedelta(minutes=care.minutes or 0), at)
    beside = around(enrolment, performed_at, ended=ended, by=by)
    planned = beside.told(care, before, after)
    verdict = judged(beside, planned, by, at=at, planning=False)
    when = {"performed_at": performed_at, "recorded_at": at}
    session = rows.opened(enrolment, by, client_key, digest, **when)
    rise = incidents.rise_told(before, after)
    try:
        check_answered(verdict, answers, rise=rise, overlapped=beside.overlapped)
    except NeedsAnswer as refusal:
        return _sent_before(session, refusal)
    session.date_source = date_source
    rows.give(session, at)
    rows.put_care(session, care, planned, verdict, answers)
    scores = score_rows.scores(session, before, after, before_at=performed_at, after_at=ended)
    worse = incidents.put_pain_rise(session, rise, answers, by, at)
    told = rows.told(session, verdict, answers, Phase.WHOLE, at)
    new = [*rows.sites(session, care), *scores, *told, *worse]
    said = rows.account(session, care, scores)
    return _insert(Event.SESSION_LOGGED, session, new, said, by, at, opening(worse, by=by))


def not_given(
    *,
    enrolment: Enrolment,
    reason: NotGivenReason,
    client_key: uuid.UUID,
    digest: str,
    by: Membership,
    performed_at: datetime | None = None,
    note: str = "",
    at: datetime | None = None,
) -> Session:
    """Record that an offered session did not happen, and why: the true denominator."""
    check_may(by, Permission.LOG_SESSION)
    at = at or timezone.now()
    when = performed_at or at
    session = rows.opened(enrolment, by, client_key, digest, performed_at=when, recorded_at=at)
    session.status, session.not_given_reason = SessionStatus.NOT_GIVEN, reason.value
    session.date_source = DateSource.TYPED if performed_at else DateSource.NOW
    session.subjective, session.completed_at = note, at
    said = {"not_given_reason": reason.value, "performed_at": when, "note": note}
    return _insert(Event.SESSION_NOT_GIVEN, session, [], said, by, at)


def verdict_of(
    enrolment: Enrolment,
    care: Care,
    when: datetime,
    by: Membership,
    *,
    at: datetime,
    planning: bool,
    before: Ratings | None = None,
    after: Ratings | None = None,
    session: Session | None = None,
) -> Verdict:
    """Ask the safety rules, with all that surrounds the session; `session` is in progress."""
    beside = around(enrolment, when, by=by, session=session)
    return judged(beside, beside.told(care, before, after), by, at=at, planning=planning)


def _insert(
    event: Event,
    session: Session,
    beside: Sequence[models.Model],
    said: dict[str, Any],
    by: Membership,
    at: datetime,
    then: Sequence[Statement] = (),
) -> Session:
    """Write a new session and its rows; the same key a second time gives the first answer."""
    entry = audit.entry(event, session, clinic_id=by.clinic_id, actor=by.user, new=said, at=at)
    try:
        new = [session, *beside, Unfolded.of(session, by.clinic.zone)]
        store_alone(new, then=[*edition(at), *entry, *then])
    except IntegrityError as refusal:
        return _sent_before(session, refusal)
    edition_is_stored()
    return session


def _add(rows: Sequence[models.Model], entry: list[Statement], at: datetime) -> None:
    """Write the rows that a finish adds, with its audit entry last."""
    store(rows, then=[*edition(at), *entry])
    edition_is_stored()


def _sent_before(session: Session, refusal: Exception) -> Session:
    """Return what the form's key stands for already, else raise what refuses the new session.

    A repeat is answered as the first time, although a reminder may have come up since.
    """
    same = Session.objects.filter(clinic_id=session.clinic_id, client_key=session.client_key)
    if (there := same.first()) is not None:
        return _first_answer(there, there.digest, session.digest)
    begun = waiting(session.enrolment) if session.status == SessionStatus.IN_PROGRESS else None
    if isinstance(refusal, IntegrityError) and begun is not None:
        raise StillInProgress(begun) from refusal
    raise refusal


def waiting(enrolment: Enrolment) -> Session | None:
    """Return the course's session that has begun and waits for its after-scores, if any."""
    begun = Session.objects.filter(clinic_id=enrolment.clinic_id, enrolment_id=enrolment.pk)
    return begun.in_progress().first()


def _first_answer(there: Session, first: str, again: str) -> Session:
    if first != again:
        raise KeyReused(there)
    return there
