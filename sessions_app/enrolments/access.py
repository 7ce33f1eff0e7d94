"""The one door to a course in a view."""

import uuid

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from sessions_app.clinics.models import Membership
from sessions_app.enrolments.models import Enrolment
from sessions_app.fetching import rows_of
from sessions_app.looking import opened


def enrolment_or_404(request: HttpRequest, enrolment_id: uuid.UUID) -> Enrolment:
    """Return the course; another clinic's is as absent as none.

    A page names the patient, so the row comes along; a form that reads well never looks at it.
    """
    by: Membership | None = getattr(request.user, "membership", None)
    if request.method == "POST" and by is not None:
        if found := rows_of(Enrolment, clinic_id=by.clinic_id, id=enrolment_id):
            opened(request, by.clinic_id, found[0].patient_id)
            return found[0]
        raise Http404
    visible = Enrolment.objects.visible_to(request.user).select_related("patient")
    enrolment = get_object_or_404(visible, pk=enrolment_id)
    opened(request, enrolment.clinic_id, enrolment.patient_id)
    return enrolment
