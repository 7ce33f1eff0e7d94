"""What changes an account. People belong to no clinic: their events are in the network's chain."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from sessions_app.audit import actions as audit
from sessions_app.audit.events import Event
from sessions_app.identity import NETWORK
from sessions_app.people.means import Means
from sessions_app.people.models import User
from sessions_app.people.password_link_model import PasswordLink


def add_person(
    *,
    email: str,
    display_name: str,
    password: str | None = None,
    by: User | None = None,
    at: datetime | None = None,
) -> User:
    """Make an account; without a password nobody can sign in to it yet.

    `by` is None where a command acts. Raises IntegrityError where the e-mail address is taken,
    whatever its case. The password reaches no audit row.
    """
    at = at or timezone.now()
    address = User.objects.normalize_email(email).lower()
    user = User(email=address, display_name=display_name, added_at=at)
    user.set_password(password)
    with transaction.atomic():
        user.save(force_insert=True)
        audit.record(
            Event.PERSON_ADDED,
            user,
            clinic_id=NETWORK,
            actor=by,
            new={"email": user.email, "display_name": display_name},
            at=at,
        )
    return user


def set_password(
    user: User, *, password: str, by: User | None = None, at: datetime | None = None
) -> None:
    """Give an account a password; browsers that were signed in with the old one are signed out.

    A link for a new password that was still open is dead from now on.
    """
    at = at or timezone.now()
    user.set_password(password)
    with transaction.atomic():
        user.save(update_fields=["password"])
        PasswordLink.objects.filter(user=user).delete()
        audit.record(Event.PASSWORD_SET, user, clinic_id=NETWORK, actor=by, at=at)


def signed_in(user: User, *, means: Means = Means.PASSWORD, at: datetime | None = None) -> None:
    """Note that a person signed in, and by what means."""
    at = at or timezone.now()
    with transaction.atomic():
        audit.record(
            Event.PERSON_SIGNED_IN,
            user,
            clinic_id=NETWORK,
            actor=user,
            new={"by": means.value},
            at=at,
        )
