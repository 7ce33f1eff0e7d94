"""What is given and planned beside the touch: the panel on its own page, and two short forms."""

import uuid

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from sessions_app.clinics.membership import acting
from sessions_app.clinics.permissions import Permission, requires
from sessions_app.patients.access import patient_or_404
from sessions_app.patients.models import Patient
from sessions_app.refusals import say
from sessions_app.timing import actions
from sessions_app.timing.access import timed_or_404
from sessions_app.timing.forms import CorrectForm, WithdrawForm
from sessions_app.timing.models import TimedCare
from sessions_app.timing.panel import TWICE, panel_of, tap
from sessions_app.timing.policies import AlreadyWithdrawn
from sessions_app.timing.timeline import SPAN, TimedLine, Timeline

GONE = "Nothing was saved: it was corrected or taken back meanwhile."
ONCE = {"timed_once_at_a_time": ("at_time", TWICE)}


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RECORD_TIMES)
def record(request: HttpRequest, patient_id: uuid.UUID) -> HttpResponse:
    """Record a dose or treatment in one tap, or with its day and time."""
    patient = patient_or_404(request, patient_id)
    form = tap(request, patient.pk) if request.method == "POST" else None
    if form is not None and not form.errors:
        messages.success(request, "Saved: the time.")
        return redirect("rounds:chart", patient.pk)
    panel = panel_of(request, _timeline(request, patient), form)
    context = {"patient": patient, "panel": panel, "may_amend": True}
    return render(request, "timing/record.html", context, status=422 if form else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RECORD_TIMES)
def correct(request: HttpRequest, patient_id: uuid.UUID, timed_id: uuid.UUID) -> HttpResponse:
    """Record another hour in the place of one."""
    row, by = timed_or_404(request, patient_id, timed_id), acting(request)
    local = row.happens_at.astimezone(by.clinic.zone)
    form = CorrectForm(
        request.POST if request.method == "POST" else None,
        zone=by.clinic.zone,
        now=timezone.now(),
        initial={"on_day": local.date(), "at_time": local.time(), "note": row.note},
    )
    if form.is_bound and form.is_valid():
        try:
            actions.correct(row, by=by, **form.said())
            return _saved(request, row, "Saved: the correction.")
        except AlreadyWithdrawn:
            return _gone(request, row)
        except IntegrityError as refusal:
            say(form, refusal, TimedCare, ONCE)
    return _short(request, "timing/correct.html", row, form)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RECORD_TIMES)
def withdraw(request: HttpRequest, patient_id: uuid.UUID, timed_id: uuid.UUID) -> HttpResponse:
    """Take back what was recorded, with the reason."""
    row = timed_or_404(request, patient_id, timed_id)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            actions.withdraw(row, reason=form.cleaned_data["reason"], by=acting(request))
            return _saved(request, row, "Saved: it is taken back.")
        except AlreadyWithdrawn:
            return _gone(request, row)
    return _short(request, "timing/withdraw.html", row, form)


def _timeline(request: HttpRequest, patient: Patient) -> Timeline:
    now, zone = timezone.now(), acting(request).clinic.zone
    mine = TimedCare.objects.visible_to(request.user).filter(patient_id=patient.pk)
    return Timeline.of([TimedLine.of(row) for row in mine.standing().around(now, SPAN)], now, zone)


def _saved(request: HttpRequest, row: TimedCare, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("rounds:chart", row.patient_id)


def _gone(request: HttpRequest, row: TimedCare) -> HttpResponse:
    messages.error(request, GONE)
    return redirect("rounds:chart", row.patient_id)


def _short(
    request: HttpRequest, template: str, row: TimedCare, form: CorrectForm | WithdrawForm
) -> HttpResponse:
    context = {"patient": row.patient, "row": row, "form": form}
    return render(request, template, context, status=422 if form.is_bound else 200)
