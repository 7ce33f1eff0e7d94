"""The main job: start, finish, record afterwards, not given, follow up, read."""

import uuid

from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sessions_app.clinics.membership import acting
from sessions_app.clinics.permissions import Permission, can, requires
from sessions_app.enrolments.access import enrolment_or_404
from sessions_app.protocols import registry
from sessions_app.sessions import actions, later_actions
from sessions_app.sessions.access import session_or_404
from sessions_app.sessions.digest import digest_of
from sessions_app.sessions.models import Session
from sessions_app.sessions.policies import KeyReused, may_be_finished
from sessions_app.sessions.record import Rating
from sessions_app.sessions.sheet import Sheet
from sessions_app.sessions.short_forms import FollowUpForm, NotGivenForm, follow_up_choices
from sessions_app.sessions.story import story_of
from sessions_app.vocabulary.reasons import NotGivenReason
from sessions_app.vocabulary.records import Reporter
from sessions_app.vocabulary.scales import Scale
from sessions_app.vocabulary.timepoints import TimePoint


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
    form = NotGivenForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            session = actions.not_given(
                enrolment=enrolment,
                reason=NotGivenReason(said["reason"]),
                note=said["note"],
                client_key=said["client_key"],
                digest=digest_of(request),
                by=acting(request),
            )
        except KeyReused as reused:
            context = {"session": reused.session, "patient": enrolment.patient}
            return render(request, "sessions/sent_before.html", context, status=409)
        return redirect("sessions:session", session.pk)
    context = {
        "form": form,
        "patient": enrolment.patient,
        "course": registry.course(enrolment.arm_id),
    }
    status = 422 if form.is_bound else 200
    return render(request, "sessions/not_given.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.LOG_SESSION)
def follow_up(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    """Add a score at another time point of the session's protocol."""
    session = session_or_404(request, session_id)
    form = FollowUpForm(
        request.POST if request.method == "POST" else None,
        course=registry.course(session.enrolment.arm_id),
        zone=acting(request).clinic.zone,
        began=session.performed_at,
        now=timezone.now(),
    )
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        scale, point = said["what"].split(":")
        rating: Rating = said["score"]
        try:
            later_actions.add_follow_up(
                session,
                scale=Scale(scale),
                time_point=TimePoint(point),
                rating=Rating(rating.value, rating.missing, Reporter(said["reported_by"])),
                measured_at=said["measured_at"],
                by=acting(request),
            )
            return redirect("sessions:session", session.pk)
        except IntegrityError:
            form.add_error("what", "This score is already recorded for this session.")
    context = {"form": form, "patient": session.patient, "session": session}
    status = 422 if form.is_bound else 200
    return render(request, "sessions/follow_up.html", context, status=status)


@require_safe
@requires(Permission.VIEW_PATIENTS)
def session(request: HttpRequest, session_id: uuid.UUID) -> HttpResponse:
    """Show one session: scores, what was done, which reminders were shown and answered."""
    clinic_id = acting(request).clinic_id
    visible = Session.objects.visible_to(request.user)
    row = get_object_or_404(visible.with_record(clinic_id), pk=session_id)
    course = registry.course(row.enrolment.arm_id)
    context = {
        "session": row,
        "patient": row.patient,
        "course": course,
        "story": story_of(row, course),
        "may_finish": may_be_finished(row) and can(acting(request), Permission.LOG_SESSION),
        "follow_ups_wanted": bool(follow_up_choices(course)),
    }
    return render(request, "sessions/session.html", context)
