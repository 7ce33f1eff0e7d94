"""From a start that an emergency forbids to the screen that says whom to call."""

from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import redirect

from sessions_app.clinics.models import Membership
from sessions_app.enrolments.models import Enrolment
from sessions_app.safety.verdict import Verdict
from sessions_app.sessions.emergency_actions import see_emergency
from sessions_app.vocabulary.incidents import EmergencyCause


def to_emergency_screen(
    enrolment: Enrolment, verdict: Verdict, by: Membership, at: datetime
) -> HttpResponse:
    """Put on record that a session was to be started in an emergency, and lead to the screen."""
    seen = see_emergency(
        patient=enrolment.patient,
        enrolment=enrolment,
        cause=EmergencyCause.START,
        found=verdict.emergencies,
        by=by,
        at=at,
    )
    return redirect("sessions:emergency", seen.pk)
