"""What the frame of every page shows: where one can go, and in which clinic one is."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from sessions_app.clinics.permissions import Permission, can

_PLACES = (
    ("rounds:list", "Patients", Permission.VIEW_PATIENTS),
    ("dashboards:summary", "Summary", Permission.VIEW_SUMMARY),
    ("protocols:list", "Protocols", Permission.VIEW_PROTOCOLS),
    ("clinics:clinic", "Clinic", Permission.VIEW_CLINIC),
)


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
    here = request.resolver_match.namespace if request.resolver_match else ""
    nav = [
        Place(reverse(name), label, name.split(":")[0] == here)
        for name, label, permission in _PLACES
        if can(membership, permission)
    ]
    waits = getattr(membership, "emergency_access_waits", False)
    waits = waits and can(membership, Permission.SEE_READS)
    return {
        "nav": nav,
        "emergency_access_waits": waits,
        "memberships": getattr(request, "memberships", []),
    }
