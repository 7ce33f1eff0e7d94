"""In which clinic and role a person acts: chosen in the header, kept in the browser session."""

import uuid

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.http import HttpRequest

from sessions_app.clinics.models import Membership
from sessions_app.people.models import User

SESSION_KEY = "membership"


def memberships_of(user: User) -> list[Membership]:
    """Return a person's memberships in force with their clinics, by the clinic's name."""
    accesses = apps.get_model("sessions_app", "EmergencyAccess").objects
    waits = accesses.filter(clinic_id=OuterRef("clinic_id"), seen_at__isnull=True)
    own = Membership.objects.filter(user_id=user.pk).in_force().annotate(access_waits=Exists(waits))
    held: list[Membership] = list(own.select_related("clinic").order_by("clinic__name"))
    for one in held:
        one.user, one.emergency_access_waits = user, one.access_waits  # type: ignore[attr-defined]
    return held


def attach_membership(request: HttpRequest) -> Membership | None:
    """Set `user.membership` and `request.memberships`, in one query; return the membership.

    The chosen membership is used while it exists, else the first by clinic name; a person
    without one keeps None and sees nothing of any clinic.
    """
    held: list[Membership] = []
    active = None
    if request.user.is_authenticated:
        held = memberships_of(request.user)
        chosen = request.session.get(SESSION_KEY)
        active = next((one for one in held if str(one.pk) == chosen), held[0] if held else None)
        request.user.membership = active
    request.memberships = held  # type: ignore[attr-defined]
    return active


def acting(request: HttpRequest) -> Membership:
    """Return the membership in which the person acts; PermissionDenied without one."""
    membership: Membership | None = getattr(request.user, "membership", None)
    if membership is None:
        raise PermissionDenied("You do not belong to a clinic yet.")
    return membership


def choose(request: HttpRequest, membership_id: uuid.UUID) -> bool:
    """Act in another of one's own clinics from now on; False where it is not one's own."""
    own = {one.pk for one in request.memberships}  # type: ignore[attr-defined]
    if membership_id not in own:
        return False
    request.session[SESSION_KEY] = str(membership_id)
    request.session.cycle_key()
    return True
