"""What ties an account to the person whom the hospital's sign-in names."""

from datetime import datetime

from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.utils import timezone

from sessions_app.audit import actions as audit
from sessions_app.audit.events import Event
from sessions_app.identity import NETWORK
from sessions_app.people.models import User


def tie_to_hospital(user: User, *, provider: str, mark: str, at: datetime | None = None) -> None:
    """Keep who the person is there: a name that the hospital gives to nobody else, hashed.

    It holds for this provider: where the hospital takes another, accounts are tied anew.
    Raises IntegrityError where another account is tied to that person.
    """
    at = at or timezone.now()
    with transaction.atomic():
        SocialAccount(user=user, provider=provider, uid=mark).save(force_insert=True)
        audit.record(Event.HOSPITAL_TIED, user, clinic_id=NETWORK, actor=user, at=at)
