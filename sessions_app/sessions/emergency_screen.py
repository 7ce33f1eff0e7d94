"""From the session form to the screen that says whom to call, and back with all that was typed."""

import uuid
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve

from sessions_app.clinics.membership import acting
from sessions_app.clinics.models import Membership
from sessions_app.enrolments.models import Enrolment
from sessions_app.safety.verdict import Verdict
from sessions_app.sessions.asking import EMERGENCY, carried_on
from sessions_app.sessions.emergency_actions import see_emergency
from sessions_app.sessions.emergency_model import EmergencySeen
from sessions_app.sessions.forms import SessionForm
from sessions_app.sessions.incident_forms import DoneForm
from sessions_app.sessions.querysets import EmergencyQuerySet
from sessions_app.sessions.record import Ratings
from sessions_app.vocabulary.incidents import EmergencyCause

KEPT = "emergency"
"""What an address calls the emergency whose scores its form takes up."""

FORMS = {"sessions:start", "sessions:finish", "sessions:log"}
"""Where the screen leads back to."""


def is_called(request: HttpRequest) -> bool:
    """Say whether the form was sent by its button «This is an emergency»: nothing is saved."""
    return request.method == "POST" and EMERGENCY in request.POST


def called(
    request: HttpRequest, enrolment: Enrolment, form: SessionForm, standing: Verdict
) -> HttpResponse:
    """Put the emergency on record, and show its screen, which carries the form along.

    The scores told before the session are kept with it, as those of a start that it forbids.
    """
    form.is_valid()  # reads what can be read
    by = acting(request)
    seen = see_emergency(
        patient=enrolment.patient,
        enrolment=enrolment,
        cause=EmergencyCause.OPENED,
        found=standing.emergencies,
        before=form.ratings("before"),
        by=by,
    )
    return screen(request, seen, DoneForm(None, done=seen.done), by, carried_on(request.POST))


def screen(
    request: HttpRequest, seen: EmergencySeen, form: DoneForm, by: Membership, carried: str = ""
) -> HttpResponse:
    """Show the screen; where it carries a form, with the way back to it."""
    context = {"seen": seen, "patient": seen.patient, "form": form, "clinic": by.clinic}
    back = request.POST.get("back", request.path)
    if carried and is_form(back):
        context |= {"carried": carried, "back": back}
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "sessions/emergency_screen.html", context, status=status)


def is_form(path: str) -> bool:
    """Say whether this is the address of a session form of this site."""
    try:
        return resolve(path).view_name in FORMS
    except Resolver404:
        return False


def to_emergency_screen(
    enrolment: Enrolment, verdict: Verdict, before: Ratings, by: Membership, at: datetime
) -> HttpResponse:
    """Put on record that a session was to be started in an emergency, and lead to the screen.

    The scores that were told already are kept with it.
    """
    seen = see_emergency(
        patient=enrolment.patient,
        enrolment=enrolment,
        cause=EmergencyCause.START,
        found=verdict.emergencies,
        before=before,
        by=by,
        at=at,
    )
    return redirect("sessions:emergency", seen.pk)


def still_open(request: HttpRequest, patient_id: uuid.UUID) -> EmergencyQuerySet:
    """Return the emergencies at a patient that nobody has closed: chart and forms say so."""
    return EmergencySeen.objects.visible_to(request.user).open_at(patient_id)


def kept_in(request: HttpRequest, enrolment: Enrolment) -> EmergencySeen | None:
    """Return the emergency whose scores the form takes up: the address names it, of this course."""
    try:
        named = uuid.UUID(request.GET.get(KEPT, ""))
    except ValueError:
        return None
    mine = EmergencySeen.objects.visible_to(request.user).filter(enrolment_id=enrolment.pk)
    return mine.filter(pk=named).exclude(told_before={}).first()
