"""The audit trail: read, filtered, taken along as a file, and checked."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from sessions_app.audit.check_actions import check_on
from sessions_app.clinics.membership import acting
from sessions_app.clinics.models import Membership
from sessions_app.clinics.permissions import Permission, can, requires
from sessions_app.trail import actions
from sessions_app.trail.asking import events_asked, older_than, place_of, place_said, state_of
from sessions_app.trail.forms import TrailForm
from sessions_app.trail.lines import Line, as_csv

PAGE = 50


@require_safe
@requires(Permission.SEE_AUDIT)
def events(request: HttpRequest) -> HttpResponse:
    """Show what was done, the newest first, as the filters in the address ask."""
    by, form = acting(request), _form(request)
    context: dict[str, Any] = {"form": form, "clinic": by.clinic, **state_of(by)}
    if form.is_valid():
        found = events_asked(by, form.cleaned_data)
        if after := request.GET.get("after"):
            found = older_than(found, *_place(after))
        shown = list(found[: PAGE + 1])
        sees = can(by, Permission.VIEW_PATIENTS)
        context["lines"] = [Line.of(event, sees) for event in shown[:PAGE]]
        context["older"] = place_of(shown[PAGE - 1]) if len(shown) > PAGE else ""
        context["query"] = _query(request)
    return render(request, "trail/events.html", context, status=422 if form.errors else 200)


@require_POST
@requires(Permission.SEE_AUDIT)
def export(request: HttpRequest) -> HttpResponseBase:
    """Send all events that the address asks for as a file, row by row; that is an event itself."""
    by, form = acting(request), _form(request)
    if not form.is_valid():
        return redirect("trail:events")
    asked = form.cleaned_data
    actions.note_export(by=by, asked={name: said for name, said in asked.items() if said})
    sees, zone = can(by, Permission.VIEW_PATIENTS), by.clinic.zone
    found = events_asked(by, asked).iterator(2000)
    lines = (Line.of(event, sees) for event in found)
    answer = StreamingHttpResponse(as_csv(lines, zone), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="events.csv"'
    return answer


@require_POST
@requires(Permission.SEE_AUDIT)
def check(request: HttpRequest) -> HttpResponse:
    """Check what was written since the last check, as much as one has time for."""
    check_on(acting(request).clinic_id, at=timezone.now())
    return redirect("trail:events")


def _form(request: HttpRequest) -> TrailForm:
    members = Membership.objects.visible_to(request.user).order_by("user__display_name")
    people = members.values_list("user_id", "user__display_name").distinct()
    named = [(str(key), name) for key, name in people]
    return TrailForm(request.GET, people=named, today=timezone.localdate())


def _query(request: HttpRequest) -> str:
    asked = request.GET.copy()
    asked.pop("after", None)
    return asked.urlencode()


def _place(said: str) -> Any:
    try:
        return place_said(said)
    except ValueError as unreadable:
        raise Http404 from unreadable
