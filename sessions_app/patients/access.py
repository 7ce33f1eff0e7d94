"""The doors to a chart and to what stands on it: visible to the person, or not found."""

import uuid

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from sessions_app.looking import opened
from sessions_app.patients.models import ClinicalFact, Patient
from sessions_app.patients.order_model import Order


def patient_or_404(request: HttpRequest, patient_id: uuid.UUID) -> Patient:
    """Return the patient of the active clinic; another clinic's is as absent as none."""
    patient = get_object_or_404(Patient.objects.visible_to(request.user), pk=patient_id)
    opened(request, patient.clinic_id, patient.pk)
    return patient


def fact_or_404(request: HttpRequest, patient: Patient, fact_id: uuid.UUID) -> ClinicalFact:
    """Return a fact of a chart that was opened; one of another chart is as absent as none."""
    facts = ClinicalFact.objects.visible_to(request.user).filter(patient_id=patient.pk)
    return get_object_or_404(facts, pk=fact_id)


def order_or_404(request: HttpRequest, patient: Patient, order_id: uuid.UUID) -> Order:
    """Return an order of a chart that was opened; one of another chart is as absent as none."""
    orders = Order.objects.visible_to(request.user).filter(patient_id=patient.pk)
    return get_object_or_404(orders, pk=order_id)
