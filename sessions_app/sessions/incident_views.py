"""Incidents: reported from a session, listed for supervisors, followed up, closed."""

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sessions_app.clinics.membership import acting
from sessions_app.clinics.permissions import Permission, can, requires
from sessions_app.refusals import say
from sessions_app.sessions import incident_actions as actions
from sessions_app.sessions.access import incident_or_404, session_or_404
from sessions_app.sessions.emergency_model import EmergencySeen
from sessions_app.sessions.incident_forms import CloseIncidentForm, IncidentForm, NoteForm
from sessions_app.sessions.incident_model import Incident
from sessions_app.sessions.leaves import LISTED, leaf
from sessions_app.sessions.policies import may_have_incident
from sessions_app.vocabulary.incidents import Harm

ONCE = {"incident_worse_pain_once": ("kind", "Worse pain after this session is on record already.")}


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.LOG_SESSION)
def report(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    """Take an incident of a session that took place."""
    session, by = session_or_404(request, session_id), acting(request)
    if not may_have_incident(session):
        return redirect("sessions:session", session.pk)
    form = IncidentForm(request.POST if request.method == "POST" else None, button="Report it")
    if form.is_bound and form.is_valid():
        try:
            actions.report_incident(session, by=by, **form.said())
            messages.success(request, "Saved: the incident. The supervisors look after it.")
            return redirect("sessions:session", session.pk)
        except IntegrityError as refusal:
            say(form, refusal, Incident, ONCE)
    context = {"form": form, "session": session, "patient": session.patient}
    return render(request, "sessions/report_incident.html", context, status=_status(form))


@require_safe
@requires(Permission.FOLLOW_INCIDENTS)
def incidents(request: HttpRequest) -> HttpResponse:
    """List incidents and emergencies: those still open, or those that are closed."""
    closed, whose = "closed" in request.GET, request.user
    rows = Incident.objects.visible_to(whose).told().newest_first()
    seen = EmergencySeen.objects.visible_to(whose).newest_first()
    chosen = rows.closed() if closed else rows.still_open()
    emergencies = leaf(seen.closed() if closed else seen.still_open(), request.GET.get("leaf"))
    page = Paginator(chosen, LISTED).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "closed": closed,
        "emergencies": emergencies,
        "today": timezone.localdate(),
    }
    return render(request, "sessions/incidents.html", context)


@require_safe
@requires(Permission.VIEW_PATIENTS)
def incident(request: HttpRequest, incident_id: uuid.UUID) -> HttpResponse:
    """Show one incident with its task and its conclusion."""
    row = incident_or_404(request, incident_id)
    may_follow = can(acting(request), Permission.FOLLOW_INCIDENTS)
    context = {"incident": row, "patient": row.patient, "may_follow": may_follow}
    return render(request, "sessions/incident.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.FOLLOW_INCIDENTS)
def followed_up(request: HttpRequest, incident_id: uuid.UUID) -> HttpResponse:
    """Take what was found when the incident was followed up."""
    row = incident_or_404(request, incident_id)
    form = NoteForm(request.POST if request.method == "POST" else None, button="It was followed up")
    if form.is_bound and form.is_valid():
        actions.follow_up(row, note=form.cleaned_data["note"], by=acting(request))
        messages.success(request, "Saved: the task is done.")
        return redirect("sessions:incident", row.pk)
    context = {"form": form, "incident": row, "patient": row.patient, "heading": "Followed up"}
    return render(request, "sessions/end_incident.html", context, status=_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.FOLLOW_INCIDENTS)
def close(request: HttpRequest, incident_id: uuid.UUID) -> HttpResponse:
    """Take the conclusion; the incident stays on record, closed."""
    row = incident_or_404(request, incident_id)
    form = _closing(request, row)
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        said = {"conclusion": told["conclusion"], "harm": Harm(told["harm"])}
        actions.close_incident(row, by=acting(request), **said)
        messages.success(request, "Saved: the incident is closed.")
        return redirect("sessions:incident", row.pk)
    context = {
        "form": form,
        "incident": row,
        "patient": row.patient,
        "heading": "Close an incident",
    }
    return render(request, "sessions/end_incident.html", context, status=_status(form))


def _closing(request: HttpRequest, row: Incident) -> CloseIncidentForm:
    posted = request.POST if request.method == "POST" else None
    return CloseIncidentForm(posted, button="Close it", initial={"harm": row.harm})


def _status(form: IncidentForm | NoteForm | CloseIncidentForm) -> int:
    return 422 if form.is_bound else 200
