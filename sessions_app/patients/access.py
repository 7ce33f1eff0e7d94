"""The one door to a chart in a view: visible to the person, or not found."""

import uuid

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from sessions_app.looking import opened
from sessions_app.patients.models import Patient


def patient_or_404(request: HttpRequest, patient_id: uuid.UUID) -> Patient:
    """Return the patient of the active clinic; another clinic's is as absent as none."""
    patient = get_object_or_404(Patient.objects.visible_to(request.user), pk=patient_id)
    opened(request, patient.clinic_id, patient.pk)
    return patient
