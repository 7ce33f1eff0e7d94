"""Who asks for a page, read as Django spells it: the yardstick that stays when ours gets faster.

Loaded as the session engine of `stock_settings`, it puts Django's own reading back where the
product reads with statements spelled once: the sign-in, the person, the memberships.
"""

from django.apps import apps
from django.contrib.auth.backends import ModelBackend
from django.contrib.sessions.backends import db
from django.db.models import Exists, OuterRef

from sessions_app.clinics import membership
from sessions_app.clinics.models import Membership
from sessions_app.people import session_store
from sessions_app.people.models import User
from sessions_app.people.throttled_backend import ThrottledBackend


class SessionStore(session_store.SessionStore):
    """The product's sign-ins, read by Django's own store."""

    _get_session_from_db = db.SessionStore._get_session_from_db


def memberships_of(user: User) -> list[Membership]:
    """Return what the product's function of this name does, by the ORM."""
    accesses = apps.get_model("sessions_app", "EmergencyAccess").objects
    waits = accesses.filter(clinic_id=OuterRef("clinic_id"), seen_at__isnull=True)
    own = Membership.objects.filter(user_id=user.pk).in_force().annotate(access_waits=Exists(waits))
    held: list[Membership] = list(own.select_related("clinic").order_by("clinic__name"))
    for one in held:
        one.user, one.emergency_access_waits = user, one.access_waits  # type: ignore[attr-defined]
    return held


membership.memberships_of = memberships_of
ThrottledBackend.get_user = ModelBackend.get_user  # type: ignore[method-assign]
