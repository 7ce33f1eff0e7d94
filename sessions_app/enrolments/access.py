"""The one door to a course in a view."""

import uuid

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from sessions_app.enrolments.models import Enrolment


def enrolment_or_404(request: HttpRequest, enrolment_id: uuid.UUID) -> Enrolment:
    """Return the course; another clinic's is as absent as none.

    A page names the patient, so the row comes along; a form that reads well never looks at it.
    """
    visible = Enrolment.objects.visible_to(request.user)
    if request.method != "POST":
        visible = visible.select_related("patient")
    return get_object_or_404(visible, pk=enrolment_id)
