"""The emergency screen: opened, told what was done, closed by a supervisor."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from sessions_app.clinics.membership import acting
from sessions_app.clinics.permissions import Permission, requires
from sessions_app.enrolments.models import Enrolment
from sessions_app.patients.access import patient_or_404
from sessions_app.sessions import emergency_actions as actions
from sessions_app.sessions.access import emergency_or_404
from sessions_app.sessions.asking import CARRIED
from sessions_app.sessions.emergency_screen import screen
from sessions_app.sessions.incident_forms import DoneForm, NoteForm
from sessions_app.sessions.standing import standing_of
from sessions_app.vocabulary.incidents import EmergencyCause


@require_POST
@requires(Permission.LOG_SESSION)
def open_emergency(request: HttpRequest, patient_id: uuid.UUID) -> HttpResponse:
    """Take «this is an emergency», and show the screen."""
    patient, by, now = patient_or_404(request, patient_id), acting(request), timezone.now()
    courses = Enrolment.objects.visible_to(request.user).filter(patient_id=patient.pk)
    seen = actions.see_emergency(
        patient=patient,
        enrolment=courses.running().first(),
        cause=EmergencyCause.OPENED,
        found=standing_of(patient, by.clinic, now).emergencies,
        by=by,
        at=now,
    )
    return redirect("sessions:emergency", seen.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.LOG_SESSION)
def emergency(request: HttpRequest, emergency_id: uuid.UUID) -> HttpResponse:
    """Say what to do, whom to call and why; take what was done.

    A session form that the screen carries stays with it.
    """
    seen, by, carried = emergency_or_404(request, emergency_id), acting(request), ""
    form = DoneForm(request.POST if request.method == "POST" else None, done=seen.done)
    if form.is_bound:
        carried = request.POST.get(CARRIED, "")
        if form.is_valid():
            seen = actions.say_done(seen, done=form.cleaned_data["done"], by=by)
            if not carried:
                return redirect("sessions:emergency", seen.pk)
    return screen(request, seen, form, by, carried)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.FOLLOW_INCIDENTS)
def close_emergency(request: HttpRequest, emergency_id: uuid.UUID) -> HttpResponse:
    """Take a supervisor's note; the emergency needs nobody's eyes any more."""
    seen, by = emergency_or_404(request, emergency_id), acting(request)
    form = NoteForm(request.POST if request.method == "POST" else None, button="Close it")
    if form.is_bound and form.is_valid():
        actions.close_emergency(seen, note=form.cleaned_data["note"], by=by)
        messages.success(request, "Saved: the emergency is closed, with your note.")
        return redirect("sessions:incidents")
    context = {"seen": seen, "patient": seen.patient, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "sessions/close_emergency.html", context, status=status)
