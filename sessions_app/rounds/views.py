"""Today's list first, then everyone; and the chart."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sessions_app.clinics.credentials import profiles_of, warnings_for
from sessions_app.clinics.membership import acting
from sessions_app.clinics.permissions import Permission, can, requires
from sessions_app.patients.access import patient_or_404
from sessions_app.patients.forms import SearchForm
from sessions_app.patients.models import Patient
from sessions_app.patients.querysets import PatientQuerySet
from sessions_app.rounds.chart import chart_of
from sessions_app.rounds.course import SHOWN, courses_of
from sessions_app.rounds.today import PatientRow, found_rows, rows_for, todays_page, with_arm
from sessions_app.sessions.emergency_screen import still_open
from sessions_app.timing.panel import panel_of

PAGE = 50
SEARCHED = "searched"
WARNED = "warned_of_credentials"
LONGEST_SEARCH = 100


@require_safe
def first(request: HttpRequest) -> HttpResponse:
    """Go where the role begins its day; say once a sign-in which credentials run out."""
    _warn(request)
    if can(acting(request), Permission.VIEW_PATIENTS):
        return redirect("rounds:list")
    return redirect("clinics:clinic")


def _warn(request: HttpRequest) -> None:
    role, today = acting(request), timezone.localdate()
    if request.session.get(WARNED) == str(role.pk):
        return
    profile = profiles_of([role]).get((role.clinic_id, role.user_id))
    for one in warnings_for(role, profile, today):
        messages.warning(
            request, f"{one.words} Ask an admin of the clinic to write down the new date."
        )
    request.session[WARNED] = str(role.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.VIEW_PATIENTS)
def patients(request: HttpRequest) -> HttpResponse:
    """List patients: today's first, or the one list that an address asks for."""
    if request.method == "POST":
        return _search(request)
    typed = request.session.get(SEARCHED, "") if "found" in request.GET else ""
    if typed:
        return _found(request, typed)
    if "today" in request.GET:
        return _list(request, today=_today(request, request.GET.get("page")))
    page = _page(request, Patient.objects.visible_to(request.user).active())
    today = _today(request) if page.number == 1 else None
    return _list(request, today=today, page=page, rows=rows_for(page.object_list))


def _search(request: HttpRequest) -> HttpResponse:
    """Keep what is looked for in the browser session, and lead to the list of those found.

    No name stands in an address, and Back does not ask whether to send the form again.
    """
    form = SearchForm(request.POST)
    if not form.is_valid():
        problem = f"Type a part of the name or the chart number, {LONGEST_SEARCH} signs at most."
        return _list(request, problem=problem, status=422)
    typed = request.session[SEARCHED] = form.cleaned_data["q"].strip()
    where = reverse("rounds:list") + ("?found=1" if typed else "")
    return HttpResponse(status=303, headers={"Location": where})


def _found(request: HttpRequest, typed: str) -> HttpResponse:
    page = _page(request, Patient.objects.visible_to(request.user).matching(typed))
    rows = found_rows(page.object_list, acting(request), timezone.now())
    return _list(request, typed=typed, page=page, rows=rows, query="found=1")


def _today(request: HttpRequest, page: str | None = None) -> Page[PatientRow]:
    return todays_page(acting(request), timezone.now(), page)


def _page(request: HttpRequest, wanted: PatientQuerySet) -> Page[Patient]:
    listed = with_arm(wanted.in_round_order(), acting(request))
    return Paginator(listed, PAGE).get_page(request.GET.get("page"))


def _list(request: HttpRequest, *, status: int = 200, **shown: Any) -> HttpResponse:
    may_register = can(acting(request), Permission.EDIT_PATIENTS)
    context = {"may_register": may_register, "longest": LONGEST_SEARCH, **shown}
    return render(request, "rounds/patients.html", context, status=status)


@require_safe
@requires(Permission.VIEW_PATIENTS)
def chart(request: HttpRequest, patient_id: uuid.UUID) -> HttpResponse:
    """Show a patient: limits today, the course and its clock, sessions, facts."""
    patient = patient_or_404(request, patient_id)
    membership, page = acting(request), request.GET.get("page")
    shown = chart_of(patient, membership, timezone.now(), page)
    panel = panel_of(request, shown.timeline)
    emergencies = still_open(request, patient.pk)
    context = {"patient": patient, "chart": shown, "panel": panel, "emergencies": emergencies}
    return render(request, "rounds/chart.html", context)


@require_safe
@requires(Permission.VIEW_PATIENTS)
def course(request: HttpRequest, patient_id: uuid.UUID) -> HttpResponse:
    """Show a patient's courses, the newest first: before and after, dose, sites, sessions."""
    patient, membership = patient_or_404(request, patient_id), acting(request)
    parts = courses_of(patient, membership, timezone.now())
    may_enrol = can(membership, Permission.ENROL)
    context = {"patient": patient, "parts": parts, "may_enrol": may_enrol, "most": SHOWN}
    return render(request, "rounds/course.html", context)
