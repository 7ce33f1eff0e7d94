"""From a start that an emergency forbids to the screen that says whom to call."""

import uuid
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from sessions_app.clinics.models import Membership
from sessions_app.enrolments.models import Enrolment
from sessions_app.safety.verdict import Verdict
from sessions_app.sessions.emergency_actions import see_emergency
from sessions_app.sessions.emergency_model import EmergencySeen
from sessions_app.sessions.record import Ratings
from sessions_app.vocabulary.incidents import EmergencyCause

KEPT = "emergency"
"""What an address calls the emergency whose scores its form takes up."""


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


def kept_in(request: HttpRequest, enrolment: Enrolment) -> EmergencySeen | None:
    """Return the emergency whose scores the form takes up: the address names it, of this course."""
    try:
        named = uuid.UUID(request.GET.get(KEPT, ""))
    except ValueError:
        return None
    mine = EmergencySeen.objects.visible_to(request.user).filter(enrolment_id=enrolment.pk)
    return mine.filter(pk=named).exclude(told_before={}).first()
