"""What comes to a session later: called off, scored again. Each in one transaction, audited."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from sessions_app.audit import actions as audit
from sessions_app.audit.events import Event
from sessions_app.clinics.models import Membership
from sessions_app.clinics.permissions import Permission, check_may
from sessions_app.refusals import sent_already
from sessions_app.sessions import score_rows
from sessions_app.sessions.models import FollowUpScore, Session
from sessions_app.sessions.policies import NotGiven, NotInProgress, check_may_end
from sessions_app.sessions.record import Rating
from sessions_app.sessions.unfolded_model import Unfolded
from sessions_app.storing import store
from sessions_app.vocabulary.reasons import NotGivenReason
from sessions_app.vocabulary.records import SessionStatus
from sessions_app.vocabulary.scales import Scale
from sessions_app.vocabulary.timepoints import TimePoint

_SAID = (
    "clinic_id", "session_id", "scale", "time_point", "value", "missing", "measured_at",
    "reported_by", "recorded_by_id",
)  # fmt: skip


def call_off(
    session: Session,
    *,
    reason: NotGivenReason,
    by: Membership,
    note: str = "",
    at: datetime | None = None,
) -> Session:
    """Record that a session which was begun did not take place after all, and why.

    Its before-scores stay. Raises NotInProgress where it has been finished or called off.
    """
    check_may(by, Permission.LOG_SESSION)
    check_may_end(session, by)
    at = at or timezone.now()
    with transaction.atomic():
        row = Session.objects.select_for_update().get(clinic_id=by.clinic_id, pk=session.pk)
        if row.status != SessionStatus.IN_PROGRESS:
            raise NotInProgress(row)
        row.status, row.not_given_reason = SessionStatus.NOT_GIVEN, reason.value
        row.subjective, row.completed_at = note, at
        row.save(update_fields=["status", "not_given_reason", "subjective", "completed_at"])
        store([Unfolded.of(row, by.clinic.zone)])
        audit.record_by(
            by,
            Event.SESSION_CALLED_OFF,
            row,
            old={"status": SessionStatus.IN_PROGRESS.value},
            new={"not_given_reason": reason.value, "note": note},
            at=at,
        )
    return row


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
    """Add a score at another time point; the very same form sent twice is one score.

    Raises NotGiven for a session that did not happen, IntegrityError where another score is there.
    """
    check_may(by, Permission.LOG_SESSION)
    if session.status == SessionStatus.NOT_GIVEN:
        raise NotGiven(session)
    at = at or timezone.now()
    row = score_rows.follow_up(session, scale, time_point, rating, by)
    row.measured_at, row.recorded_at = measured_at, at
    try:
        _store(row, session, by)
    except IntegrityError:
        if (first := sent_already(row, _SAID)) is None:
            raise
        return first
    return row


def _store(row: FollowUpScore, session: Session, by: Membership) -> None:
    told = ("scale", "time_point", "value", "missing", "measured_at")
    with transaction.atomic():
        store([row, Unfolded.of(session, by.clinic.zone)])
        audit.record_by(
            by,
            Event.FOLLOW_UP_RECORDED,
            row,
            new={"session": session.pk} | {name: getattr(row, name) for name in told},
            at=row.recorded_at,
        )
