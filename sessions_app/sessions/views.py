"""The main job: start, finish, record afterwards, not given, follow up, read."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sessions_app.clinics.membership import acting
from sessions_app.clinics.permissions import Permission, can, requires
from sessions_app.enrolments.access import enrolment_or_404
from sessions_app.protocols import registry
from sessions_app.sessions import actions, later_actions
from sessions_app.sessions.access import session_or_404, whole_session_or_404
from sessions_app.sessions.digest import digest_of
from sessions_app.sessions.emergency_screen import still_open
from sessions_app.sessions.policies import (
    check_may_end,
    may_be_finished,
    may_end,
    may_have_incident,
)
from sessions_app.sessions.sheet import Sheet
from sessions_app.sessions.short_forms import follow_up_choices
from sessions_app.sessions.short_sheets import CallOffSheet, FollowUpSheet, NotGivenSheet
from sessions_app.sessions.story import story_of
from sessions_app.sessions.under_way import under_way
from sessions_app.vocabulary.records import SessionStatus


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.LOG_SESSION)
def start(request: HttpRequest, enrolment_id: uuid.UUID) -> HttpResponse:
    """Take the before-scores and the plan; the session is in progress from then."""
    enrolment = enrolment_or_404(request, enrolment_id)
    sheet = Sheet(request, enrolment, "start")
    if not sheet.is_ready:
        return sheet.show()
    form = sheet.form
    return sheet.answer(
        lambda: actions.start(
            enrolment=enrolment,
            plan=form.care(),
            before=form.ratings("before"),
            answers=form.answers(),
            client_key=form.cleaned_data["client_key"],
            digest=digest_of(request),
            by=sheet.by,
        )
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.LOG_SESSION)
def finish(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    """Take the after-scores and what was done of a session in progress."""
    session = session_or_404(request, session_id)
    if request.method != "POST" and not may_be_finished(session):
        return redirect("sessions:session", session.pk)
    check_may_end(session, acting(request))
    sheet = Sheet(request, session.enrolment, "finish", session=session)
    if not sheet.is_ready:
        return sheet.show()
    form = sheet.form
    return sheet.answer(
        lambda: actions.finish(
            session,
            care=form.care(),
            after=form.ratings("after"),
            answers=form.answers(),
            digest=digest_of(request),
            by=sheet.by,
        )
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.LOG_SESSION)
def log(request: HttpRequest, enrolment_id: uuid.UUID) -> HttpResponse:
    """Record a session that has already happened, all at once."""
    enrolment = enrolment_or_404(request, enrolment_id)
    sheet = Sheet(request, enrolment, "whole")
    if not sheet.is_ready:
        return sheet.show()
    form = sheet.form
    return sheet.answer(
        lambda: actions.log(
            enrolment=enrolment,
            performed_at=form.cleaned_data["performed_at"],
            care=form.care(),
            before=form.ratings("before"),
            after=form.ratings("after"),
            answers=form.answers(),
            client_key=form.cleaned_data["client_key"],
            digest=digest_of(request),
            by=sheet.by,
        )
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.LOG_SESSION)
def not_given(request: HttpRequest, enrolment_id: uuid.UUID) -> HttpResponse:
    """Record that an offered session did not happen, and why."""
    enrolment = enrolment_or_404(request, enrolment_id)
    sheet = NotGivenSheet(request, enrolment)
    if not sheet.form.is_valid():
        return sheet.show()
    return sheet.answer(
        lambda: actions.not_given(
            enrolment=enrolment, **sheet.form.said(), digest=digest_of(request), by=sheet.by
        )
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.LOG_SESSION)
def call_off(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    """Record that a session which was begun did not take place after all, and why."""
    session = session_or_404(request, session_id)
    if not may_be_finished(session):
        return redirect("sessions:session", session.pk)
    check_may_end(session, acting(request))
    sheet = CallOffSheet(request, session)
    if not sheet.form.is_valid():
        return sheet.show()
    return sheet.answer(lambda: later_actions.call_off(session, **sheet.form.why(), by=sheet.by))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.LOG_SESSION)
def follow_up(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    """Add a score at another time point of the session's protocol."""
    session = session_or_404(request, session_id)
    sheet = FollowUpSheet(request, session)
    if not sheet.form.is_valid():
        return sheet.show()
    return sheet.answer(
        lambda: later_actions.add_follow_up(session, **sheet.form.said(), by=sheet.by)
    )


@require_safe
@requires(Permission.VIEW_PATIENTS)
def session(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    """Show one session: scores, what was done, which reminders were shown and answered."""
    row = whole_session_or_404(request, session_id)
    course, by = registry.course(row.enrolment.arm_id), acting(request)
    may_log = can(by, Permission.LOG_SESSION)
    context: dict[str, Any] = {
        "session": row,
        "patient": row.patient,
        "course": course,
        "story": story_of(row, course),
        "may_log": may_log,
        "may_finish": may_be_finished(row) and may_log and may_end(row.given_by_id, by),
        "may_report": may_have_incident(row) and may_log,
        "follow_ups_wanted": bool(follow_up_choices(course, row)),
    }
    if row.status == SessionStatus.IN_PROGRESS:
        context["now"] = under_way(row, by.clinic, timezone.now())
        context["emergencies"] = still_open(request, row.patient_id)
    return render(request, "sessions/session.html", context)
