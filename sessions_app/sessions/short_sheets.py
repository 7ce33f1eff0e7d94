"""The two short forms of a session on their pages, and what stands in their way."""

import contextlib
import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from sessions_app.clinics.membership import acting
from sessions_app.enrolments.models import Enrolment
from sessions_app.protocols import registry
from sessions_app.sessions.headings import AS_ANOTHER
from sessions_app.sessions.models import FollowUpScore, Session
from sessions_app.sessions.policies import KeyReused, NotInProgress
from sessions_app.sessions.refusals import explain
from sessions_app.sessions.short_forms import FollowUpForm, NotGivenForm, why_no_follow_up
from sessions_app.sessions.story import stored_of


class NotGivenSheet:
    """The page that says why an offered session did not happen."""

    def __init__(
        self, request: HttpRequest, enrolment: Enrolment, *, key: uuid.UUID | None = None
    ) -> None:
        self.request, self.enrolment = request, enrolment
        self.by = acting(request)
        posted = _posted(request)
        self.form = NotGivenForm(
            {**posted.dict(), "client_key": str(key)} if posted is not None and key else posted,
            zone=self.by.clinic.zone,
            now=timezone.now(),
            first_day=enrolment.starts_on,
        )

    def answer(self, save: Callable[[], Session]) -> HttpResponse:
        """Save and go to the session, or show what is in the way."""
        try:
            session = save()
        except KeyReused as reused:
            again = NotGivenSheet(self.request, self.enrolment, key=uuid.uuid4())
            return again.show(stored=stored_of(reused.session), button=AS_ANOTHER)
        except IntegrityError as refusal:
            explain(self.form, refusal)
            return self.show()
        messages.success(self.request, "Saved: the session was not given, and why.")
        return redirect("sessions:session", session.pk)

    def show(self, **more: Any) -> HttpResponse:
        """Render the form: fresh, with its errors, or beside what was saved first."""
        context = {
            "form": self.form,
            "is_sent": self.form.is_bound,
            "patient": self.enrolment.patient,
            "course": registry.course(self.enrolment.arm_id),
            "send_to": reverse("sessions:not_given", args=[self.enrolment.pk]),
        }
        status = 409 if "stored" in more else 422 if self.form.is_bound else 200
        return render(self.request, "sessions/not_given.html", context | more, status=status)


class CallOffSheet(NotGivenSheet):
    """The page that says why a session which was begun did not take place."""

    def __init__(self, request: HttpRequest, session: Session) -> None:
        super().__init__(request, session.enrolment)
        self.session = session

    def answer(self, save: Callable[[], Session]) -> HttpResponse:
        """Save, and go to the session; so it does where somebody else has ended it meanwhile."""
        with contextlib.suppress(NotInProgress):
            save()
            messages.success(self.request, "Saved: the session did not take place, and why.")
        return redirect("sessions:session", self.session.pk)

    def show(self, **more: Any) -> HttpResponse:
        """Render the form: fresh or with its errors."""
        place = reverse("sessions:call_off", args=[self.session.pk])
        return super().show(begun=self.session, send_to=place, **more)


class FollowUpSheet:
    """The page that adds a score at another time point."""

    def __init__(self, request: HttpRequest, session: Session) -> None:
        self.request, self.session = request, session
        self.by, course = acting(request), registry.course(session.enrolment.arm_id)
        self.why_none = why_no_follow_up(course, session)
        self.form = FollowUpForm(
            _posted(request),
            course=course,
            session=session,
            zone=self.by.clinic.zone,
            now=timezone.now(),
        )

    def answer(self, save: Callable[[], FollowUpScore]) -> HttpResponse:
        """Save and go to the session, or say what the database refuses."""
        try:
            save()
        except IntegrityError as refusal:
            explain(self.form, refusal)
            return self.show()
        messages.success(self.request, "Saved: the score.")
        return redirect("sessions:session", self.session.pk)

    def show(self) -> HttpResponse:
        """Render the form, fresh or with its errors; where no score can be added, go back.

        What was sent all the same (the session was ended meanwhile) stays on the page.
        """
        if self.why_none and not self.form.is_bound:
            messages.warning(self.request, self.why_none)
            return redirect("sessions:session", self.session.pk)
        context = {
            "form": self.form,
            "is_sent": self.form.is_bound,
            "patient": self.session.patient,
            "session": self.session,
            "why_none": self.why_none,
        }
        status = 422 if self.form.is_bound else 200
        return render(self.request, "sessions/follow_up.html", context, status=status)


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None
