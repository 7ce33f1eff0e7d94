"""The session form on its page: the patient's limits beside it, and what the rules ask back."""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from sessions_app.clinics.membership import acting
from sessions_app.clinics.permissions import Permission, can
from sessions_app.enrolments.models import Enrolment
from sessions_app.protocols import registry
from sessions_app.safety.verdict import Verdict
from sessions_app.sessions import actions
from sessions_app.sessions import emergency_screen as emergency
from sessions_app.sessions.asking import as_another, fact_page, is_answer, reply_to, typed_in
from sessions_app.sessions.first_filled import first_filled
from sessions_app.sessions.forms import SessionForm
from sessions_app.sessions.headings import AS_ANOTHER, HEADINGS, IN_PROGRESS, PLACES
from sessions_app.sessions.known import Known
from sessions_app.sessions.limits import avoid_rows, general_words
from sessions_app.sessions.models import Session
from sessions_app.sessions.policies import (
    AlreadyThere,
    KeyReused,
    NeedsAnswer,
    StartRefused,
    StillInProgress,
    may_end,
)
from sessions_app.sessions.question import Asker, Question, question_of
from sessions_app.sessions.record import Answers
from sessions_app.sessions.refusals import explain
from sessions_app.sessions.stored_already import confirmed_in, rise_in
from sessions_app.sessions.story import saved_words, stored_of
from sessions_app.timing.forms import TimedForm
from sessions_app.timing.panel import is_tapped, panel_of, tap


class Sheet:
    """One phase of the session form for one course.

    On a GET the rules are asked for what stands; on a POST only the action asks them, and this
    sheet shows their answer when one is wanted. A form with mistakes is shown to the rules as far
    as it can be read, so that all that is amiss is said at once.
    """

    def __init__(
        self,
        request: HttpRequest,
        enrolment: Enrolment,
        phase: str,
        *,
        session: Session | None = None,
        key: uuid.UUID | None = None,
    ) -> None:
        self.request, self.enrolment, self.phase, self.session = request, enrolment, phase, session
        self.by = acting(request)
        self.course = registry.course(enrolment.arm_id)
        self.now = timezone.now()
        self.known = Known(enrolment, self.by, self.now, session)
        self.asked: Verdict | None = None
        self.begun: Session | None = None
        self.overlapped: datetime | None = None
        self.told = ""
        self.tapped: TimedForm | None = None
        self.is_answer = is_answer(request, asks=phase in PLACES)
        self.is_tapped = is_tapped(request)
        self.kept = emergency.kept_in(request, enrolment)
        self.form = self._form(key)

    @property
    def is_sent(self) -> bool:
        """Say whether the form was sent to be saved."""
        said_beside = self.is_answer or self.is_tapped or emergency.is_called(self.request)
        return self.form.is_bound and not said_beside

    @property
    def is_ready(self) -> bool:
        """Say whether a form was sent to be saved, and reads well."""
        return self.is_sent and self.form.is_valid()

    def answer(self, save: Callable[[], Session]) -> HttpResponse:
        """Save and go to the session, or show what the rules want to know first."""
        try:
            session = save()
        except AlreadyThere as there:
            self.overlapped, self.asked = there.began, there.verdict
        except (NeedsAnswer, StartRefused) as wanted:
            self.asked = wanted.verdict
        except StillInProgress as held:
            self.begun = held.session
            self.form.add_error(None, IN_PROGRESS)
        except KeyReused as reused:
            return self._beside(reused.session)
        except IntegrityError as refusal:
            explain(self.form, refusal)
        else:
            messages.success(self.request, saved_words(self.phase, session))
            return redirect("sessions:session", session.pk)
        return self.show()

    def show(self, **more: Any) -> HttpResponse:
        """Render the form: fresh, with its errors, or with the question of the rules.

        A course whose session waits for its end is led there first.
        """
        if page := self._instead():
            return page
        verdict = self._verdict()
        if self.phase == "start" and self.is_sent and verdict.emergencies and not more:
            told = self.form.ratings("before")
            return emergency.to_emergency_screen(self.enrolment, verdict, told, self.by, self.now)
        context, status = self._context(verdict) | more, 409 if more else self._status()
        return render(self.request, "sessions/log.html", context, status=status)

    def _context(self, verdict: Verdict) -> dict[str, Any]:
        return {
            "form": self.form,
            "phase": self.phase,
            "patient": self.enrolment.patient,
            "enrolment": self.enrolment,
            "session": self.session,
            "begun": self.begun,
            "may_end": self.begun is not None and may_end(self.begun.given_by_id, self.by),
            "overlapped": self.overlapped,
            "course": self.course,
            "verdict": verdict,
            "question": self._question(verdict),
            "may_record_facts": can(self.by, Permission.RECORD_FACTS),
            "may_record_orders": can(self.by, Permission.RECORD_ORDERS),
            "avoid": avoid_rows(verdict),
            "general": general_words(verdict),
            "asking": self.known.asking if self.phase in PLACES else None,  # its end does not ask
            "told": self.told,
            "is_sent": self.is_sent,
            "kept": None if self.form.is_bound else self.kept,
            "panel": panel_of(self.request, self.known.timeline, self.tapped),
            "emergencies": emergency.still_open(self.request, self.enrolment.patient_id),
            **HEADINGS[self.phase].shown,
            "clinic": self.by.clinic,
        }

    def _instead(self) -> HttpResponse | None:
        """Return what stands in the place of the form: an emergency, a begun session, a fact."""
        if emergency.is_called(self.request):
            return emergency.called(self.request, self.enrolment, self.form, self.known.standing)
        if self.is_answer:
            reply = reply_to(self.request, self.enrolment.patient, self.known.today)
            self.told = reply.words
            if reply.page is not None:
                return fact_page(self.request, self.enrolment.patient, reply.page)
            self.form.forgive()
        elif self.is_tapped:
            self._tap()
        elif self.phase == "start" and not self.form.is_bound:
            begun = actions.waiting(self.enrolment)
            if begun and may_end(begun.given_by_id, self.by):
                return redirect("sessions:finish", begun.pk)
            return redirect("sessions:session", begun.pk) if begun else None
        return None

    def _tap(self) -> None:
        self.tapped = tap(self.request, self.enrolment.patient_id)
        self.form.forgive()
        if not self.tapped.errors:
            messages.success(self.request, "Saved: the time. Your session form is as you left it.")

    def _status(self) -> int:
        tapped_amiss = self.tapped is not None and bool(self.tapped.errors)
        return 422 if self.is_sent or tapped_amiss else 200

    def _beside(self, first: Session) -> HttpResponse:
        """Show what the form's key stands for already, and what was sent now under a fresh key.

        A session is finished once: a second finish becomes one of its own, judged when it is sent.
        """
        phase = "whole" if self.phase == "finish" else self.phase
        again = Sheet(self.request, self.enrolment, phase, key=uuid.uuid4())
        if finished := phase != self.phase:
            again.form.forgive()
        more = {"send_to": reverse(PLACES[phase], args=[self.enrolment.pk]), "button": AS_ANOTHER}
        return again.show(stored=stored_of(first), finished=finished, **more)

    def _verdict(self) -> Verdict:
        has_care = self.form.is_bound and self.tapped is None  # also where a fact was answered
        if self.asked is not None or not has_care:
            return self.asked or self.known.standing
        self.form.is_valid()  # reads what can be read
        return actions.verdict_of(
            self.enrolment,
            self.form.care(),
            self.form.cleaned_data.get("performed_at", self.known.when),
            self.by,
            at=self.now,
            planning=self.phase == "start",
            before=self.known.before(self.form.ratings("before")),
            after=self.form.ratings("after"),
            session=self.session,
        )

    def _question(self, verdict: Verdict) -> Question:
        """Return what the rules want to know.

        Where they could read only a part, a tick still stands for what was shown then.
        """
        asker = Asker(
            starting=self.phase == "start",
            may_start_despite=can(self.by, Permission.START_DESPITE_STOP),
            standing=self._standing,
            confirmed_before=confirmed_in(self.session),
            rise=rise_in(self.form, self.phase, self.session) if self.is_sent else 0,
        )
        if not self.form.is_bound:
            return question_of(verdict, asker, Answers(), trust=False)
        answers = self.form.answers()
        enough = bool(answers.reason) or not verdict.breaks
        trust = enough and self.is_sent and not self.form.rules_can_read_all
        return question_of(verdict, asker, answers, trust=trust)

    @property
    def _standing(self) -> Verdict:
        """What stands whatever is planned: no unticking helps against it."""
        if self.phase != "start" or not self.form.is_bound:
            return self.known.standing
        return self.known.with_scores(self.form.ratings("before"))

    def _form(self, key: uuid.UUID | None) -> SessionForm:
        posted = typed_in(self.request) if self.request.method == "POST" else None
        if posted is not None and key:
            posted = as_another(posted, key)
        return SessionForm(
            posted,
            course=self.course,
            phase=self.phase,
            verdict=lambda: self.known.standing,
            simple_touch_only=not can(self.by, Permission.GIVE_MASSAGE),
            zone=self.by.clinic.zone,
            now=self.now,
            first_day=self.enrolment.starts_on,
            started=self.session.performed_at if self.session else None,
            initial=None if posted is not None else first_filled(self),
        )
