"""The one door to a dose or treatment in a view."""

import uuid

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from sessions_app.looking import opened
from sessions_app.timing.models import TimedCare


def timed_or_404(request: HttpRequest, patient_id: uuid.UUID, timed_id: uuid.UUID) -> TimedCare:
    """Return the row of the patient; another clinic's is as absent as none."""
    visible = TimedCare.objects.visible_to(request.user).select_related("patient")
    timed = get_object_or_404(visible, patient_id=patient_id, pk=timed_id)
    opened(request, timed.clinic_id, timed.patient_id)
    return timed
