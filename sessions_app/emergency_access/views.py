"""Opening another clinic's chart in an emergency; what supervisors are shown of it."""

import uuid
from math import ceil

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sessions_app.clinics.membership import acting
from sessions_app.clinics.permissions import Permission, requires
from sessions_app.emergency_access import actions
from sessions_app.emergency_access.forms import NOT_OPENED, TOO_MANY, OpenForm
from sessions_app.emergency_access.models import EmergencyAccess
from sessions_app.emergency_access.policies import TooManyTries
from sessions_app.emergency_access.reading import SESSION_KEY, keep, other_clinics, own_access
from sessions_app.outcomes.spoken import counted
from sessions_app.reads.models import ChartRead

PAGE = 20


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.OPEN_EMERGENCY_ACCESS)
def open_chart(request: HttpRequest) -> HttpResponse:
    """Take which chart and why; open it, or say that nothing was opened and no more."""
    by = acting(request)
    form = OpenForm(
        request.POST if request.method == "POST" else None,
        clinics=other_clinics(by.user),
        today=timezone.localdate(),
    )
    if form.is_bound and form.is_valid():
        try:
            if access := actions.open_access(by=by, **form.asked()):
                keep(request, access)
                return redirect("rounds:chart", access.patient_id)
            form.add_error(None, NOT_OPENED)
        except TooManyTries as held:
            minutes = counted(ceil(held.left.total_seconds() / 60), "minute")
            form.add_error(None, TOO_MANY.format(minutes=minutes))
    status = 422 if form.is_bound else 200
    return render(request, "emergency_access/open.html", {"form": form}, status=status)


@require_POST
@requires(Permission.OPEN_EMERGENCY_ACCESS)
def end_own(request: HttpRequest) -> HttpResponse:
    """End one's own access before its time."""
    if access := own_access(request, timezone.now()):
        actions.end(access, by=acting(request).user)
        messages.success(request, "The emergency access has ended.")
    request.session.pop(SESSION_KEY, None)
    return redirect("rounds:first")


@require_safe
@requires(Permission.SEE_READS)
def listed(request: HttpRequest) -> HttpResponse:
    """Show who opened which chart by emergency access, why, and what was looked at."""
    reads = ChartRead.objects.visible_to(request.user).order_by("at", "id")
    told = EmergencyAccess.objects.visible_to(request.user).told()
    told = told.prefetch_related(Prefetch("reads", reads))
    page = Paginator(told, PAGE).get_page(request.GET.get("page"))
    now = timezone.now()
    rows = [(one, one.is_open(now)) for one in page.object_list]
    context = {"page": page, "rows": rows, "clinic": acting(request).clinic}
    return render(request, "emergency_access/list.html", context)


@require_POST
@requires(Permission.SEE_READS)
def end(request: HttpRequest, access_id: uuid.UUID) -> HttpResponse:
    """End somebody's access to a chart of one's own clinic."""
    visible = EmergencyAccess.objects.visible_to(request.user)
    actions.end(get_object_or_404(visible, pk=access_id), by=acting(request).user)
    return redirect("emergency_access:list")


@require_POST
@requires(Permission.SEE_READS)
def seen(request: HttpRequest, access_id: uuid.UUID) -> HttpResponse:
    """Say that one has seen it; the notice on the pages goes."""
    visible = EmergencyAccess.objects.visible_to(request.user)
    actions.note_seen(get_object_or_404(visible, pk=access_id), by=acting(request))
    return redirect("emergency_access:list")
