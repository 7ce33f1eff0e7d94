"""An incident: opened, followed up, closed with a conclusion. Each audited, none ever deleted."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from sessions_app.audit import actions as audit
from sessions_app.audit.events import Event
from sessions_app.clinics.models import Membership
from sessions_app.clinics.permissions import Permission, check_may
from sessions_app.sessions.incident_model import Incident
from sessions_app.sessions.incidents import opened
from sessions_app.sessions.models import Session
from sessions_app.sessions.policies import NotGiven, may_have_incident
from sessions_app.storing import Statement, store
from sessions_app.vocabulary.incidents import Harm, IncidentKind


def report_incident(
    session: Session,
    *,
    kind: IncidentKind,
    what_happened: str,
    by: Membership,
    harm: Harm | None = None,
    at: datetime | None = None,
) -> Incident:
    """Open an incident of a session, with its task for the supervisors on the next day.

    The same told twice, word for word, is one incident. Raises NotGiven for a session that did
    not happen, and IntegrityError where a second one says that its pain was worse after.
    """
    check_may(by, Permission.LOG_SESSION)
    if not may_have_incident(session):
        raise NotGiven(session)
    at = at or timezone.now()
    row = opened(session, kind, what_happened, by, at, harm=harm)
    with transaction.atomic():
        # The session's row is the queue: of two taps at once the second finds the first's record.
        Session.objects.select_for_update().get(clinic_id=by.clinic_id, pk=session.pk)
        there = Incident.objects.filter(clinic_id=by.clinic_id, session_id=session.pk)
        same = there.still_open().filter(kind=row.kind, what_happened=what_happened).first()
        if same is None:
            store([row], then=opening([row], by=by))
    return same or row


def opening(incidents: Iterable[Incident], *, by: Membership) -> list[Statement]:
    """Return what tells the audit trail of new incidents, for the write that stores them."""
    found: list[Statement] = []
    for one in incidents:
        who: dict[str, Any] = {"clinic_id": by.clinic_id, "actor": by.user, "at": one.opened_at}
        found += audit.entry(Event.INCIDENT_OPENED, one, new=_said(one), **who)
    return found


def follow_up(
    incident: Incident, *, note: str, by: Membership, at: datetime | None = None
) -> Incident:
    """Say that the task was done, and what was found; one that was done stays as it is."""
    check_may(by, Permission.FOLLOW_INCIDENTS)
    at = at or timezone.now()
    with transaction.atomic():
        row = _locked(incident, by)
        if row.followed_up_at is None:
            row.followed_up_at, row.followed_up_by_id, row.follow_up_note = at, by.user_id, note
            row.save(update_fields=["followed_up_at", "followed_up_by", "follow_up_note"])
            audit.record_by(by, Event.INCIDENT_FOLLOWED, row, new={"follow_up_note": note}, at=at)
    return row


def close_incident(
    incident: Incident, *, conclusion: str, harm: Harm, by: Membership, at: datetime | None = None
) -> Incident:
    """Close it with what is to be learnt and how badly it went; a closed one stays as it is."""
    check_may(by, Permission.FOLLOW_INCIDENTS)
    at = at or timezone.now()
    with transaction.atomic():
        row = _locked(incident, by)
        if row.closed_at is None:
            old = {"harm": row.harm}
            row.closed_at, row.closed_by_id = at, by.user_id
            row.conclusion, row.harm = conclusion, harm.value
            row.save(update_fields=["closed_at", "closed_by", "conclusion", "harm"])
            audit.record_by(
                by,
                Event.INCIDENT_CLOSED,
                row,
                old=old,
                new={"conclusion": conclusion, "harm": harm.value},
                at=at,
            )
    return row


def _said(row: Incident) -> dict[str, Any]:
    return {
        "session": row.session_id, "kind": row.kind, "harm": row.harm,
        "what_happened": row.what_happened, "follow_up_due": row.follow_up_due,
    }  # fmt: skip


def _locked(incident: Incident, by: Membership) -> Incident:
    return Incident.objects.select_for_update().get(clinic_id=by.clinic_id, pk=incident.pk)
