"""What the frame of every page shows: where one can go, and in which clinic one is."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from sessions_app.clinics.permissions import Permission, can
from sessions_app.people import lasting

_PLACES = (
    ("rounds:list", "Patients", Permission.VIEW_PATIENTS),
    ("dashboards:summary", "Summary", Permission.VIEW_SUMMARY),
    ("protocols:list", "Protocols", Permission.VIEW_PROTOCOLS),
    ("members:people", "People", Permission.MANAGE_PEOPLE),
    ("clinics:clinic", "Clinic", Permission.VIEW_CLINIC),
)

_UNDER = {
    "sessions:incidents": "dashboards",
    **dict.fromkeys(("patients", "timing", "enrolments", "sessions", "reads"), "rounds"),
    **dict.fromkeys(("keeping", "trail", "emergency_access"), "clinics"),
}
"""Pages of another package, or one of them, that belong to a place."""


@dataclass(frozen=True)
class Place:
    """One entry of the navigation."""

    url: str
    label: str
    current: bool


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return the navigation for the active role, and the memberships for the switcher."""
    user = getattr(request, "user", None)
    membership = user.membership if user is not None and user.is_authenticated else None
    place = _place(request)
    nav = [
        Place(reverse(name), label, name.split(":")[0] == place)
        for name, label, permission in _PLACES
        if can(membership, permission)
    ]
    waits = getattr(membership, "emergency_access_waits", False)
    waits = waits and can(membership, Permission.SEE_READS)
    return {
        "nav": nav,
        "emergency_access_waits": waits,
        "memberships": getattr(request, "memberships", []),
        "watched": watched(request),
        "demo": settings.DEMO,
    }


def watched(request: HttpRequest) -> dict[str, Any] | None:
    """Return what a page must know to see its sign-in end; None where nobody is signed in."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return None
    return {
        "person": lasting.mark_of(user),
        "idle_minutes": lasting.idle_minutes(request),
        "membership": _own(request),
    }


def _own(request: HttpRequest) -> str:
    """Return in which of their memberships the person acts; none where they only read.

    A chart that was opened by emergency access is read in another clinic's name.
    """
    membership = getattr(request.user, "membership", None)
    is_own = membership in getattr(request, "memberships", ())
    return str(membership.pk) if membership is not None and is_own else ""


def _place(request: HttpRequest) -> str:
    """Return the package under whose entry of the navigation this page stands."""
    if request.resolver_match is None:
        return ""
    page, package = request.resolver_match.view_name, request.resolver_match.namespace
    return _UNDER.get(page) or _UNDER.get(package) or package
