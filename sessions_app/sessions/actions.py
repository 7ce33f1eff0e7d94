"""The main job: start, finish, log, not given, follow up. Each in one transaction, audited."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from sessions_app.audit import actions as audit
from sessions_app.audit.events import Event
from sessions_app.clinics.models import Membership
from sessions_app.clinics.permissions import Permission, check_may
from sessions_app.enrolments.models import Enrolment
from sessions_app.patients.facts import facts_of
from sessions_app.safety.assess import assess
from sessions_app.safety.findings import Verdict
from sessions_app.sessions import rows
from sessions_app.sessions.models import FollowUpScore, ReminderShown, Score, Session
from sessions_app.sessions.policies import (
    KeyReused,
    NeedsAnswer,
    StartRefused,
    check_answered,
    check_may_start,
    check_simple_touch,
    confirmed_before,
)
from sessions_app.sessions.record import Answers, Care, Rating, Ratings
from sessions_app.storing import store, store_alone
from sessions_app.vocabulary.reasons import NotGivenReason
from sessions_app.vocabulary.records import DateSource, SessionStatus
from sessions_app.vocabulary.scales import Scale
from sessions_app.vocabulary.timepoints import TimePoint


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

    Raises StartRefused (a stop stands), NeedsAnswer (reminders unanswered), KeyReused.
    """
    check_may(by, Permission.LOG_SESSION)
    check_simple_touch(by, plan)
    at = at or timezone.now()
    verdict = verdict_of(enrolment, plan, at, by, planning=True)
    session = rows.opened(enrolment, by, client_key, digest, performed_at=at, recorded_at=at)
    try:
        check_may_start(by, verdict, answers)
        check_answered(verdict, answers)
    except (StartRefused, NeedsAnswer) as refusal:
        return _sent_before(session, refusal)
    session.status, session.date_source = SessionStatus.IN_PROGRESS, DateSource.NOW
    session.plan = {"techniques": plan.columns()["techniques"], "sites": rows.pressures(plan)}
    session.position = plan.columns()["position"]
    scores = rows.scores(session, before=before, after={}, at=at)
    reminders = rows.reminders(session, verdict, answers, at)
    said = {"plan": session.plan, "scores": rows.said(scores)}
    return _insert(Event.SESSION_STARTED, session, [*scores, *reminders], said, by, at)


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
    check_simple_touch(by, care)
    at = at or timezone.now()
    verdict = verdict_of(session.enrolment, care, session.performed_at, by, planning=False)
    with transaction.atomic():
        row = Session.objects.select_for_update().get(clinic_id=by.clinic_id, pk=session.pk)
        if row.status != SessionStatus.IN_PROGRESS:
            return _first_answer(row, row.finish_digest, digest)
        # After the repeat is known: that one was answered then. One tick at the start is enough.
        shown = list(ReminderShown.objects.filter(clinic_id=by.clinic_id, session_id=row.pk))
        check_answered(verdict, answers, confirmed_before(shown))
        rows.put_care(row, care, verdict, answers)
        row.status, row.completed_at, row.finish_digest = SessionStatus.GIVEN, at, digest
        row.save(update_fields=[*care.columns(), *rows.FINISHED])
        scores = list(Score.objects.filter(clinic_id=by.clinic_id, session_id=row.pk))
        new = rows.with_after(row, scores, after, at)
        Score.objects.bulk_update(scores, ["after", "after_missing", "after_at", "after_by"])
        reminders = rows.not_yet_shown(rows.reminders(row, verdict, answers, at), shown)
        entry = audit.entry(
            Event.SESSION_FINISHED,
            row,
            clinic_id=by.clinic_id,
            actor=by.user,
            old={"status": SessionStatus.IN_PROGRESS.value},
            new=rows.account(row, care, [*scores, *new]),
            at=at,
        )
        store([*rows.sites(row, care), *new, *reminders], then=entry)
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
    verdict = verdict_of(enrolment, care, performed_at, by, planning=False)
    when = {"performed_at": performed_at, "recorded_at": at}
    session = rows.opened(enrolment, by, client_key, digest, **when)
    try:
        check_answered(verdict, answers)
    except NeedsAnswer as refusal:
        return _sent_before(session, refusal)
    session.status, session.date_source = SessionStatus.GIVEN, date_source
    session.completed_at = at
    rows.put_care(session, care, verdict, answers)
    scores = rows.scores(session, before=before, after=after, at=at)
    beside = [*rows.sites(session, care), *scores, *rows.reminders(session, verdict, answers, at)]
    said = rows.account(session, care, scores)
    return _insert(Event.SESSION_LOGGED, session, beside, said, by, at)


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


def add_follow_up(
    session: Session,
    *,
    scale: Scale,
    time_point: TimePoint,
    rating: Rating,
    measured_at: datetime,
    by: Membership,
    at: datetime | None = None,
) -> FollowUpScore:
    """Add a score at another time point. Raises IntegrityError where it is already there."""
    check_may(by, Permission.LOG_SESSION)
    at = at or timezone.now()
    row = rows.follow_up(session, scale, time_point, rating, by)
    row.measured_at, row.recorded_at = measured_at, at
    with transaction.atomic():
        row.save(force_insert=True)
        audit.record(
            Event.FOLLOW_UP_RECORDED,
            row,
            clinic_id=by.clinic_id,
            actor=by.user,
            new={
                "session": session.pk, "scale": row.scale, "time_point": row.time_point,
                "value": row.value, "missing": row.missing, "measured_at": measured_at,
            },
            at=at,
        )  # fmt: skip
    return row


def verdict_of(
    enrolment: Enrolment, care: Care, when: datetime, by: Membership, *, planning: bool
) -> Verdict:
    """Ask the safety rules, on the clinic's day of the session, by what is known today."""
    day = when.astimezone(by.clinic.zone).date()
    facts = facts_of(enrolment.clinic_id, enrolment.patient_id, day)
    return assess(facts, care.planned(), day, planning=planning)


def _insert(
    event: Event,
    session: Session,
    beside: Sequence[models.Model],
    said: dict[str, Any],
    by: Membership,
    at: datetime,
) -> Session:
    """Write a new session and its rows; the same key a second time gives the first answer."""
    entry = audit.entry(event, session, clinic_id=by.clinic_id, actor=by.user, new=said, at=at)
    try:
        store_alone([session, *beside], then=entry)
    except IntegrityError as refusal:
        return _sent_before(session, refusal)
    return session


def _sent_before(session: Session, refusal: Exception) -> Session:
    """Return what the form's key stands for already, else raise what refuses the new session.

    A repeat is answered as the first time, although a reminder may have come up since.
    """
    mine = {"clinic_id": session.clinic_id, "client_key": session.client_key}
    there = Session.objects.filter(**mine).first()
    if there is None:
        raise refusal
    return _first_answer(there, there.digest, session.digest)


def _first_answer(there: Session, first: str, again: str) -> Session:
    if first != again:
        raise KeyReused(there)
    return there
