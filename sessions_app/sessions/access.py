"""The one door to a session in a view."""

import uuid

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from sessions_app.sessions.models import Session


def session_or_404(request: HttpRequest, session_id: uuid.UUID) -> Session:
    """Return the session with its patient and course; another clinic's is as absent as none."""
    visible = Session.objects.visible_to(request.user)
    return get_object_or_404(visible.select_related("patient", "enrolment__patient"), pk=session_id)
