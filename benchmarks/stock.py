"""Who asks for a page, read as Django spells it: the yardstick that stays when ours gets faster.

The product reads the sign-in, the person and the memberships with statements spelled once.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from django.apps import apps
from django.contrib.auth.backends import ModelBackend
from django.contrib.sessions.backends import db
from django.db.models import Exists, OuterRef

from sessions_app.clinics import membership
from sessions_app.clinics.models import Membership
from sessions_app.people.models import User
from sessions_app.people.session_store import SessionStore
from sessions_app.people.throttled_backend import ThrottledBackend


@contextmanager
def as_django_spells() -> Iterator[None]:
    """Read who asks by Django's own store, backend and ORM meanwhile."""
    with (
        patch.object(SessionStore, "_get_session_from_db", db.SessionStore._get_session_from_db),
        patch.object(ThrottledBackend, "get_user", ModelBackend.get_user),
        patch.object(membership, "memberships_of", memberships_of),
    ):
        yield


def memberships_of(user: User) -> list[Membership]:
    """Return what the product's function of this name does, by the ORM."""
    accesses = apps.get_model("sessions_app", "EmergencyAccess").objects
    waits = accesses.filter(clinic_id=OuterRef("clinic_id"), seen_at__isnull=True)
    own = Membership.objects.filter(user_id=user.pk).in_force().annotate(access_waits=Exists(waits))
    held: list[Membership] = list(own.select_related("clinic").order_by("clinic__name"))
    for one in held:
        one.user, one.emergency_access_waits = user, one.access_waits  # type: ignore[attr-defined]
    return held
