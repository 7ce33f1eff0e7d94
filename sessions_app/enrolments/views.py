"""Putting a patient on a protocol, and ending that."""

import uuid

from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sessions_app.clinics.membership import acting
from sessions_app.clinics.permissions import Permission, requires
from sessions_app.enrolments import actions
from sessions_app.enrolments.access import enrolment_or_404
from sessions_app.enrolments.forms import EndForm, EnrolForm
from sessions_app.enrolments.models import Enrolment
from sessions_app.patients.access import patient_or_404
from sessions_app.protocols import registry
from sessions_app.refusals import say

RUNNING = {
    "enrolment_one_running": (None, "A course is already running. End it before starting another.")
}


@require_safe
@requires(Permission.ENROL)
def choose_arm(request: HttpRequest, patient_id: uuid.UUID) -> HttpResponse:
    """Offer the arms of the newest versions."""
    patient = patient_or_404(request, patient_id)
    context = {"patient": patient, "courses": registry.offered()}
    return render(request, "enrolments/choose_arm.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.ENROL)
def enrol(request: HttpRequest, patient_id: uuid.UUID, arm_id: uuid.UUID) -> HttpResponse:
    """Ask for the first day and the checklist; criteria not met are labelled, not refused."""
    patient = patient_or_404(request, patient_id)
    course = next((one for one in registry.offered() if one.arm_id == arm_id), None)
    if course is None:
        raise Http404
    form = EnrolForm(
        request.POST if request.method == "POST" else None,
        protocol=course.protocol,
        today=timezone.localdate(),
        initial={"starts_on": timezone.localdate()},
    )
    if form.is_bound and form.is_valid():
        try:
            actions.enrol(
                patient=patient,
                arm_id=arm_id,
                starts_on=form.cleaned_data["starts_on"],
                checklist=form.checklist(),
                by=acting(request),
            )
            return redirect("rounds:chart", patient.pk)
        except IntegrityError as refusal:
            say(form, refusal, Enrolment, RUNNING)
    context = {"form": form, "patient": patient, "course": course}
    return render(request, "enrolments/enrol.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.ENROL)
def end(request: HttpRequest, enrolment_id: uuid.UUID) -> HttpResponse:
    """End a course with a day and a reason."""
    enrolment = enrolment_or_404(request, enrolment_id)
    today = timezone.localdate()
    form = EndForm(
        request.POST if request.method == "POST" else None,
        starts_on=enrolment.starts_on,
        today=today,
        initial={"ended_on": max(today, enrolment.starts_on)},
    )
    if form.is_bound and form.is_valid():
        actions.end(enrolment, by=acting(request), **form.cleaned_data)
        return redirect("rounds:chart", enrolment.patient_id)
    context = {
        "form": form,
        "enrolment": enrolment,
        "patient": enrolment.patient,
        "course": registry.course(enrolment.arm_id),
    }
    return render(request, "enrolments/end.html", context, status=422 if form.errors else 200)
