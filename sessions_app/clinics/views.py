"""The clinic's page, and acting in another of one's clinics."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from sessions_app.clinics.membership import acting, choose, held_by
from sessions_app.clinics.models import Membership
from sessions_app.clinics.permissions import ROLE_PERMISSIONS, Permission, can, requires
from sessions_app.mail.notice import for_admins
from sessions_app.vocabulary.roles import Role


@require_safe
@requires(Permission.VIEW_CLINIC)
def clinic(request: HttpRequest) -> HttpResponse:
    """Show the clinic's emergency text, who works here, and what each role may do."""
    here = Membership.objects.visible_to(request.user).in_force().filter(user__is_active=True)
    members = here.select_related("user")
    roles = [
        (role, [permission.label for permission in Permission if permission in allowed])
        for role, allowed in ((role, ROLE_PERMISSIONS[role]) for role in Role)
    ]
    context = {
        "clinic": acting(request).clinic,
        "members": members.order_by("user__display_name"),
        "roles": roles,
        "outbox": for_admins() if can(acting(request), Permission.SEE_OUTBOX) else None,
        "may_open_elsewhere": can(acting(request), Permission.OPEN_EMERGENCY_ACCESS),
        "may_see_reads": can(acting(request), Permission.SEE_READS),
        "may_see_audit": can(acting(request), Permission.SEE_AUDIT),
        "may_change": can(acting(request), Permission.CHANGE_CLINIC),
        "may_see_thresholds": can(acting(request), Permission.VIEW_THRESHOLDS),
    }
    return render(request, "clinics/clinic.html", context)


@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    """Act in another of one's own clinics from now on."""
    try:
        wanted = uuid.UUID(request.POST.get("membership", ""))
    except ValueError as unreadable:
        raise Http404 from unreadable
    if not choose(request, wanted):
        raise Http404
    chosen = next(one for one in held_by(request) if one.pk == wanted)
    first = "rounds:list" if can(chosen, Permission.VIEW_PATIENTS) else "clinics:clinic"
    return redirect(first)
