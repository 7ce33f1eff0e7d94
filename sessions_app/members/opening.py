"""Opening a further clinic: the clinic, and its first admin, or neither."""

import secrets
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from sessions_app.clinics.actions import add_member, open_clinic
from sessions_app.clinics.models import Clinic, Membership
from sessions_app.clinics.permissions import Permission, check_may
from sessions_app.vocabulary.roles import Role

_DEMO = "demo"


def open_further_clinic(*, by: Membership, **particulars: Any) -> Membership:
    """Open a clinic whose admin is who opens it; return that membership.

    Its short name is made from its name. Raises ValueError for an unknown time zone.
    """
    check_may(by, Permission.OPEN_CLINIC)
    with transaction.atomic():
        clinic = open_clinic(slug=_slug(particulars["name"]), by=by.user, **particulars)
        return add_member(clinic=clinic, user=by.user, role=Role.ADMIN, by=by.user)


def _slug(name: str) -> str:
    """Return a short name that no clinic has; those that begin with «demo» are the demo's."""
    plain = slugify(name)[:45].strip("-") or "clinic"
    plain = f"c-{plain}" if plain.startswith(_DEMO) else plain
    taken = Clinic.objects.filter(slug=plain).exists()
    return f"{plain}-{secrets.token_hex(3)}" if taken else plain
