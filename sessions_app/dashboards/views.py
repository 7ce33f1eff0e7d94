"""The supervisor's summary and alert budget; the admin's trial of the rules on the past."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sessions_app.clinics.membership import acting
from sessions_app.clinics.models import Membership
from sessions_app.clinics.permissions import Permission, can, requires
from sessions_app.dashboards.alert_budget import LEAST_ANSWERS, PERIODS, budget_of, period
from sessions_app.dashboards.attention import asked_alone, attention_of, unclosed_of
from sessions_app.dashboards.forms import ReplayForm
from sessions_app.dashboards.incident_rates import incident_rates
from sessions_app.dashboards.replay_table import NEWEST, lines_of
from sessions_app.dashboards.summary import summary_of
from sessions_app.outcomes.published import WHY_THEY_DIFFER, touch_share_words
from sessions_app.sessions.models import Session, SessionReceipt
from sessions_app.sessions.replayed import replayed


@require_safe
@requires(Permission.VIEW_SUMMARY)
def summary(request: HttpRequest) -> HttpResponse:
    """Show, for each protocol and arm, what happened and the change from before to after."""
    membership, asked = acting(request), request.GET
    context: dict[str, Any] = {"clinic": membership.clinic}
    context["may_replay"] = can(membership, Permission.REPLAY_RULES)
    only = ""
    may_follow = can(membership, Permission.FOLLOW_INCIDENTS)
    if can(membership, Permission.VIEW_PATIENTS):
        sessions, only = Session.objects.visible_to(request.user), asked_alone(asked.get("list"))
        context["attention"] = attention_of(sessions, membership, only, asked.get("page"))
    if not only:
        context |= {"may_follow": may_follow} | _incidents(membership, may_follow=may_follow)
        context["arms"] = summary_of(membership.clinic_id)
        context |= {"why_they_differ": WHY_THEY_DIFFER, "touch_share": touch_share_words()}
    return render(request, "dashboards/summary.html", context)


@require_safe
@requires(Permission.VIEW_SUMMARY)
def alert_budget(request: HttpRequest) -> HttpResponse:
    """Show, rule by rule, how often reminders are shown and how they are answered."""
    membership = acting(request)
    days = period(request.GET.get("days"))
    context = {
        "clinic": membership.clinic,
        "budget": budget_of(membership.clinic_id, days, timezone.now()),
        "periods": PERIODS,
        "least": LEAST_ANSWERS,
    }
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


def _incidents(membership: Membership, *, may_follow: bool) -> dict[str, Any]:
    """How often something went wrong; and, for who looks after it, what is still open."""
    now = timezone.now()
    found: dict[str, Any] = {"rates": incident_rates(membership.clinic_id, now)}
    if may_follow:
        found["unclosed"] = unclosed_of(membership, now)
    return found
