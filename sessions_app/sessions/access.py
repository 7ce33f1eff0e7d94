"""The one door to a session in a view."""

import uuid
from typing import TypeVar

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from sessions_app.clinics.membership import acting
from sessions_app.looking import opened
from sessions_app.sessions.emergency_model import EmergencySeen
from sessions_app.sessions.incident_model import Incident
from sessions_app.sessions.models import Session

Row = TypeVar("Row", Session, EmergencySeen, Incident)


def session_or_404(request: HttpRequest, session_id: uuid.UUID) -> Session:
    """Return the session with its patient and course; another clinic's is as absent as none."""
    visible = Session.objects.visible_to(request.user)
    return _found(request, visible.select_related("patient", "enrolment__patient"), session_id)


def whole_session_or_404(request: HttpRequest, session_id: uuid.UUID) -> Session:
    """Return the session with all that its page shows; another clinic's is as absent as none."""
    visible = Session.objects.visible_to(request.user)
    return _found(request, visible.with_record(acting(request).clinic_id), session_id)


def emergency_or_404(request: HttpRequest, emergency_id: uuid.UUID) -> EmergencySeen:
    """Return the emergency with its patient; another clinic's is as absent as none."""
    visible = EmergencySeen.objects.visible_to(request.user)
    people = ("patient", "seen_by", "done_by", "closed_by")
    return _found(request, visible.select_related(*people), emergency_id)


def incident_or_404(request: HttpRequest, incident_id: uuid.UUID) -> Incident:
    """Return the incident with its patient and session; another clinic's is as absent as none."""
    visible = Incident.objects.visible_to(request.user).told()
    people = ("followed_up_by", "closed_by")
    return _found(request, visible.select_related(*people), incident_id)


def _found(request: HttpRequest, visible: QuerySet[Row], key: uuid.UUID) -> Row:
    row = get_object_or_404(visible, pk=key)
    opened(request, row.clinic_id, row.patient_id)
    return row
