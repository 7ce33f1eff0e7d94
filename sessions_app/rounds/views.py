"""Today's list first, then everyone; and the chart."""

import uuid

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sessions_app.clinics.membership import acting
from sessions_app.clinics.permissions import Permission, can, requires
from sessions_app.patients.access import patient_or_404
from sessions_app.patients.forms import SearchForm
from sessions_app.patients.models import Patient
from sessions_app.rounds.chart import chart_of
from sessions_app.rounds.today import rows_for, todays_rows, with_arm

PAGE = 50


@require_safe
def first(request: HttpRequest) -> HttpResponse:
    """Go where the role begins its day."""
    if can(acting(request), Permission.VIEW_PATIENTS):
        return redirect("rounds:list")
    return redirect("clinics:clinic")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.VIEW_PATIENTS)
def patients(request: HttpRequest) -> HttpResponse:
    """List patients: today's first. A search comes by POST, so that no name stands in a URL."""
    form = SearchForm(request.POST if request.method == "POST" else None)
    typed = form.cleaned_data["q"].strip() if form.is_bound and form.is_valid() else ""
    everyone = Patient.objects.visible_to(request.user)
    found = everyone.matching(typed) if typed else everyone.active()
    membership = acting(request)
    page = Paginator(with_arm(found.in_round_order(), membership), PAGE).get_page(
        request.GET.get("page") if not typed else 1
    )
    first_page = not typed and page.number == 1
    context = {
        "form": form,
        "typed": typed,
        "page": page,
        "rows": rows_for(page.object_list),
        "today": todays_rows(membership, timezone.now()) if first_page else None,
        "may_register": can(membership, Permission.EDIT_PATIENTS),
    }
    return render(request, "rounds/patients.html", context)


@require_safe
@requires(Permission.VIEW_PATIENTS)
def chart(request: HttpRequest, patient_id: uuid.UUID) -> HttpResponse:
    """Show a patient: limits today, the course and its clock, sessions, facts."""
    patient = patient_or_404(request, patient_id)
    return render(
        request,
        "rounds/chart.html",
        {"patient": patient, "chart": chart_of(patient, acting(request), timezone.now())},
    )
