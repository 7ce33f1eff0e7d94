"""How an emergency access lets somebody in: the one place where it does.

The browser session names the access. On a page that shows the one chart, and on no other, the
person acts as a reader of that clinic: `visible_to` then keeps that patient's rows alone, and
`can` allows to see them and nothing else. Everywhere else the person stays who they are.
"""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.apps import apps
from django.http import HttpRequest
from django.utils import timezone

from sessions_app.clinics.models import Clinic, Membership
from sessions_app.clinics.permissions import Permission, can
from sessions_app.emergency_access.models import EmergencyAccess
from sessions_app.people.models import User

SESSION_KEY = "emergency_access"
READABLE = frozenset({"rounds:chart", "rounds:course", "sessions:session", "sessions:incident"})
"""The pages that can be read; none of them takes a form."""
_LEADS_TO = {"session_id": "Session", "incident_id": "Incident"}


def keep(request: HttpRequest, access: EmergencyAccess) -> None:
    """Read by this access from now on, in this browser."""
    request.session[SESSION_KEY] = str(access.pk)


def own_access(request: HttpRequest, now: datetime) -> EmergencyAccess | None:
    """Return the access by which this browser may read now; None without one."""
    key = request.session.get(SESSION_KEY)
    if not key or not request.user.is_authenticated:
        return None
    if not can(request.user.membership, Permission.OPEN_EMERGENCY_ACCESS):
        return None
    mine = EmergencyAccess.objects.filter(pk=uuid.UUID(key), person_id=request.user.pk)
    return mine.in_force(now).select_related("clinic").first()


def let_in(request: HttpRequest, page: str, places: Mapping[str, Any]) -> None:
    """Let the person read the page, where it is one of the chart that was opened."""
    if SESSION_KEY not in request.session or page not in READABLE:
        return
    access = own_access(request, timezone.now())
    if access is None or not _is_of(access, places):
        return
    request.user.membership = reader(access, request.user)  # type: ignore[arg-type, union-attr]
    timezone.activate(access.clinic.zone)  # the request's own zone comes back at its end


def reader(access: EmergencyAccess, user: User) -> Membership:
    """Return what stands for a membership on the pages of the chart; it is never stored."""
    here = Membership(clinic=access.clinic, user=user, role=access.opened_as)
    here.only_patient, here.emergency_access = access.patient_id, access
    return here


def other_clinics(user: User) -> list[tuple[str, str]]:
    """Return the clinics of the installation in which the person has no role, by name."""
    elsewhere = Clinic.objects.exclude(
        pk__in=Membership.objects.filter(user_id=user.pk).kept().values("clinic_id")
    )
    return [(str(key), name) for key, name in elsewhere.order_by("name").values_list("pk", "name")]


def _is_of(access: EmergencyAccess, places: Mapping[str, Any]) -> bool:
    """Say whether a page's address leads to the patient whose chart was opened."""
    if "patient_id" in places:
        return bool(places["patient_id"] == access.patient_id)
    for place, name in _LEADS_TO.items():
        if place in places:
            rows = apps.get_model("sessions_app", name).objects.filter(
                clinic_id=access.clinic_id, patient_id=access.patient_id
            )
            return bool(rows.filter(pk=places[place]).exists())
    return False
