"""What needs a supervisor's eyes; the alert budget; the admin's trial of past sessions."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sessions_app.clinics.membership import acting
from sessions_app.clinics.permissions import Permission, check_may, requires
from sessions_app.dashboards.alert_budget import (
    LEAST_ANSWERS,
    MOST_OVERRIDDEN,
    PERIODS,
    budget_of,
    period,
)
from sessions_app.dashboards.attention import attention_of, is_list, unclosed_of
from sessions_app.dashboards.forms import ReplayForm
from sessions_app.dashboards.replay_table import NEWEST, lines_of
from sessions_app.sessions.models import Session, SessionReceipt
from sessions_app.sessions.replayed import replayed


@require_safe
@requires(Permission.FOLLOW_INCIDENTS)
def eyes(request: HttpRequest) -> HttpResponse:
    """Show what needs a supervisor's eyes: what is still open, and what went beyond a limit."""
    membership, asked = acting(request), request.GET
    check_may(membership, Permission.VIEW_PATIENTS)
    sessions, only = Session.objects.visible_to(request.user), asked.get("list", "")
    context: dict[str, Any] = {"clinic": membership.clinic, "only": only}
    if only and not is_list(only):
        return render(request, "dashboards/eyes.html", context | {"problem": True}, status=422)
    context["attention"] = attention_of(sessions, membership, only, asked.get("page"))
    if not only:
        context["unclosed"] = unclosed_of(membership, timezone.now())
    return render(request, "dashboards/eyes.html", context)


@require_safe
@requires(Permission.VIEW_SUMMARY)
def alert_budget(request: HttpRequest) -> HttpResponse:
    """Show, rule by rule, how often reminders are shown and how they are answered."""
    membership = acting(request)
    days = period(request.GET.get("days", ""))
    context: dict[str, Any] = {"clinic": membership.clinic, "periods": PERIODS}
    if days is None:
        return render(request, "dashboards/alert_budget.html", context, status=422)
    context["budget"] = budget_of(membership.clinic_id, days, timezone.now())
    context |= {"least": LEAST_ANSWERS, "most": MOST_OVERRIDDEN}
    return render(request, "dashboards/alert_budget.html", context)


@require_safe
@requires(Permission.REPLAY_RULES)
def replay(request: HttpRequest) -> HttpResponse:
    """Ask the rules, as they are or with one threshold changed, about past sessions."""
    zone = acting(request).clinic.zone
    form = ReplayForm(request.GET or None, today=timezone.now().astimezone(zone).date())
    context: dict[str, Any] = {"form": form, "newest": NEWEST}
    if form.is_valid():
        sessions = Session.objects.visible_to(request.user)
        receipts = SessionReceipt.objects.visible_to(request.user)
        since, settings = form.cleaned_data["since"], form.settings()
        found = replayed(sessions, receipts, since, zone, settings, newest=NEWEST)
        context |= {"found": found, "lines": lines_of(found), "changed": bool(settings)}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "dashboards/replay.html", context, status=status)
