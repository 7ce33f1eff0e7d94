"""Who looked at a patient's chart, day by day."""

import uuid
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_safe

from sessions_app.clinics.permissions import Permission, requires
from sessions_app.patients.access import patient_or_404
from sessions_app.reads.models import ChartRead

PAGE = 100


@require_safe
@requires(Permission.SEE_READS)
def of_patient(request: HttpRequest, patient_id: uuid.UUID) -> HttpResponse:
    """Show who looked at the chart: the newest day first, page by page."""
    patient = patient_or_404(request, patient_id)
    reads = ChartRead.objects.visible_to(request.user).filter(patient_id=patient.pk)
    if after := request.GET.get("after"):
        reads = reads.before(*_place(after))
    shown = list(reads.told().newest_first()[: PAGE + 1])
    last = shown[PAGE - 1] if len(shown) > PAGE else None
    context = {
        "patient": patient,
        "reads": shown[:PAGE],
        "after": after,
        "older": f"{last.at.isoformat()}~{last.pk}" if last else "",
        "zone": timezone.get_current_timezone_name(),
    }
    return render(request, "reads/of_patient.html", context)


def _place(said: str) -> tuple[datetime, uuid.UUID]:
    """Read where the page before this one ended. Raises Http404 for what is no such place."""
    at, _, key = said.partition("~")
    try:
        moment = parse_datetime(at)
        if moment is None or moment.tzinfo is None or not 2000 < moment.year < 9999:
            raise Http404
        return moment, uuid.UUID(key)
    except ValueError as unreadable:
        raise Http404 from unreadable
