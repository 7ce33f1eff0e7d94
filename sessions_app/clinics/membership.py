"""In which clinic and role a person acts: chosen in the header, kept in the browser session."""

import uuid
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from sessions_app.clinics.models import Clinic, Membership
from sessions_app.fetching import Asked, Select, as_rows, column, found_by
from sessions_app.people.models import User

SESSION_KEY = "membership"

_OWN, _CLINICS = Membership._meta.concrete_fields, Clinic._meta.concrete_fields
_CLINIC: Any = column(Membership, "clinic")
_USER: Any = column(Membership, "user")
# Every page asks this. Whether an emergency access is still to be seen stands beside the columns.
_HELD = Select(
    f"""
    SELECT {", ".join(f'm."{field.column}"' for field in _OWN)},
        {", ".join(f'c."{field.column}"' for field in _CLINICS)},
        EXISTS (SELECT 1 FROM sessions_app_emergencyaccess e
            WHERE e.clinic_id = m.clinic_id AND e.seen_at IS NULL)
    FROM sessions_app_membership m JOIN sessions_app_clinic c ON c.id = m.clinic_id
    WHERE m.user_id = %s AND m.ended_at IS NULL AND m.deactivated_at IS NULL
    ORDER BY c.name
    """,  # noqa: S608 - our own columns
    (*_OWN, *_CLINICS),
)


def memberships_of(user: User) -> list[Membership]:
    """Return a person's memberships in force with their clinics, by the clinic's name."""
    rows = found_by(Asked(_HELD, [(_USER, user.pk)]))
    held = as_rows(Membership, (row[: len(_OWN)] for row in rows))
    clinics = as_rows(Clinic, (row[len(_OWN) : -1] for row in rows))
    for one, clinic, row in zip(held, clinics, rows, strict=True):
        _CLINIC.set_cached_value(one, clinic)
        _USER.set_cached_value(one, user)
        one.emergency_access_waits = bool(row[-1])
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


def held_by(request: HttpRequest) -> list[Membership]:
    """Return the memberships of who asks, as `attach_membership` found them."""
    found: list[Membership] = request.memberships  # type: ignore[attr-defined]  # put there above
    return found


def acting(request: HttpRequest) -> Membership:
    """Return the membership in which the person acts; PermissionDenied without one."""
    membership: Membership | None = getattr(request.user, "membership", None)
    if membership is None:
        raise PermissionDenied("You do not belong to a clinic yet.")
    return membership


def choose(request: HttpRequest, membership_id: uuid.UUID) -> bool:
    """Act in another of one's own clinics from now on; False where it is not one's own."""
    own = {one.pk for one in held_by(request)}
    if membership_id not in own:
        return False
    request.session[SESSION_KEY] = str(membership_id)
    request.session.cycle_key()
    return True
