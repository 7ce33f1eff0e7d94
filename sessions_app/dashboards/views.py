"""The supervisor's first summary."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sessions_app.clinics.membership import acting
from sessions_app.clinics.permissions import Permission, can, requires
from sessions_app.dashboards.summary import summary_of
from sessions_app.outcomes.published import WHY_THEY_DIFFER, touch_share_words
from sessions_app.sessions.models import Session

FLAGGED_SHOWN = 20


@require_safe
@requires(Permission.VIEW_SUMMARY)
def summary(request: HttpRequest) -> HttpResponse:
    """Show, for each protocol and arm, what happened and the change from before to after."""
    membership = acting(request)
    broken = Session.objects.visible_to(request.user).beyond_limits()
    may_open = can(membership, Permission.VIEW_PATIENTS)
    context = {
        "clinic": membership.clinic,
        "arms": summary_of(membership.clinic_id),
        "flagged": broken.newest_first()[:FLAGGED_SHOWN] if may_open else (),
        "why_they_differ": WHY_THEY_DIFFER,
        "touch_share": touch_share_words(),
    }
    return render(request, "dashboards/summary.html", context)
