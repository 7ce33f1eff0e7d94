"""The session form on its page: the patient's limits beside it, and what the rules ask back."""

from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from sessions_app.clinics.membership import acting
from sessions_app.clinics.permissions import Permission, can
from sessions_app.enrolments.models import Enrolment
from sessions_app.patients.facts import facts_of
from sessions_app.protocols import registry
from sessions_app.safety.assess import assess
from sessions_app.safety.verdict import Verdict
from sessions_app.sessions.forms import SessionForm
from sessions_app.sessions.limits import avoid_rows, general_words
from sessions_app.sessions.models import ReminderShown, Session
from sessions_app.sessions.policies import (
    KeyReused,
    NeedsAnswer,
    StartRefused,
    confirmed_before,
    must_answer,
    passes_limits,
)
from sessions_app.sessions.usual_plan import planned_sites

HEADINGS = {
    "start": ("Start a session", "Save before-scores and start"),
    "finish": ("Finish the session", "Save after-scores"),
    "whole": ("Record a past session", "Save session"),
}


class Sheet:
    """One phase of the session form for one course.

    On a GET the rules are asked for what stands; on a POST only the action asks them, and this
    sheet shows their answer when one is wanted.
    """

    def __init__(
        self,
        request: HttpRequest,
        enrolment: Enrolment,
        phase: str,
        *,
        session: Session | None = None,
    ) -> None:
        self.request, self.enrolment, self.phase, self.session = request, enrolment, phase, session
        self.by = acting(request)
        self.course = registry.course(enrolment.arm_id)
        self.now = timezone.now()
        self.asked: Verdict | None = None
        self.refused = False
        self.form = self._form()

    @cached_property
    def standing(self) -> Verdict:
        """What the facts alone say on the day of the session."""
        when = self.session.performed_at if self.session else self.now
        zone = self.by.clinic.zone
        day, today = when.astimezone(zone).date(), self.now.astimezone(zone).date()
        facts = facts_of(self.enrolment.clinic_id, self.enrolment.patient_id, day, today)
        return assess(facts, None, day)

    @property
    def is_ready(self) -> bool:
        """Say whether a form was sent and reads well."""
        return self.request.method == "POST" and self.form.is_valid()

    def answer(self, save: Callable[[], Session]) -> HttpResponse:
        """Save and go to the session, or show what the rules want to know first."""
        try:
            session = save()
        except NeedsAnswer as wanted:
            self.asked = wanted.verdict
        except StartRefused as refusal:
            self.asked, self.refused = refusal.verdict, True
        except KeyReused as reused:
            context = {"session": reused.session, "patient": self.enrolment.patient}
            return render(self.request, "sessions/sent_before.html", context, status=409)
        else:
            return redirect("sessions:session", session.pk)
        return self.show()

    def show(self) -> HttpResponse:
        """Render the form: fresh, with its errors, or with the question of the rules."""
        verdict = self.asked or self.standing
        shown = self._shown(verdict)
        heading, button = HEADINGS[self.phase]
        context: dict[str, Any] = {
            "form": self.form,
            "phase": self.phase,
            "patient": self.enrolment.patient,
            "enrolment": self.enrolment,
            "session": self.session,
            "course": self.course,
            "verdict": verdict,
            "shown": shown,
            "ticked": self._ticked and self.form["shown"].value() == shown,
            "must_answer": must_answer(verdict, self._confirmed_before),
            "asked": self.asked,
            "refused": self.refused,
            "wants_reason": self._wants_reason(verdict),
            "avoid": avoid_rows(verdict),
            "general": general_words(verdict),
            "heading": heading,
            "button": button,
            "clinic": self.by.clinic,
        }
        status = 422 if self.request.method == "POST" else 200
        return render(self.request, "sessions/log.html", context, status=status)

    def _wants_reason(self, verdict: Verdict) -> bool:
        """Say whether a reason is asked for: a limit is passed, or a stop is not heeded."""
        if self.phase == "start" and not can(self.by, Permission.START_DESPITE_STOP):
            return bool(verdict.breaks)
        return passes_limits(verdict, self._confirmed_before)

    @property
    def _ticked(self) -> bool:
        return self.form.is_bound and bool(self.form["confirmed"].value())

    def _shown(self, verdict: Verdict) -> str:
        """Return the digest that a tick on this page answers.

        A tick that came with another mistake in the form still stands for what was shown then;
        where the rules ask anew, it has to be set anew.
        """
        if self.asked is None and self._ticked:
            return str(self.form["shown"].value() or "")
        return verdict.digest()

    @cached_property
    def _confirmed_before(self) -> frozenset[str]:
        if self.session is None:
            return frozenset()
        beside = {"clinic_id": self.session.clinic_id, "session_id": self.session.pk}
        return confirmed_before(ReminderShown.objects.filter(**beside))

    def _form(self) -> SessionForm:
        posted = self.request.POST if self.request.method == "POST" else None
        return SessionForm(
            posted,
            course=self.course,
            phase=self.phase,
            verdict=lambda: self.standing,
            simple_touch_only=not can(self.by, Permission.GIVE_MASSAGE),
            zone=self.by.clinic.zone,
            now=self.now,
            started=self.session.performed_at if self.session else None,
            initial=None if posted else self._initial(),
        )

    def _initial(self) -> dict[str, Any]:
        plan = self.session.plan if self.session else last_plan(self.enrolment)
        arm = self.course.arm.techniques or ()
        techniques = plan.get("techniques") or (list(arm) if len(arm) == 1 else [])
        local: datetime = self.now.astimezone(self.by.clinic.zone)
        return {
            "techniques": [str(one) for one in techniques],
            "sites": planned_sites(self.course, plan, self.standing),
            "position": self.session.position if self.session else "",
            "performed_on": local.date(),
        }


def last_plan(enrolment: Enrolment) -> dict[str, Any]:
    """Return techniques and sites of the course's last given session: the plan, never scores."""
    given = Session.objects.filter(clinic_id=enrolment.clinic_id, enrolment_id=enrolment.pk)
    last = given.given().newest_first().with_sites(enrolment.clinic_id).first()
    if last is None:
        return {}
    return {
        "techniques": last.techniques,
        "sites": {row.site: row.pressure for row in last.sites.all()},
    }
