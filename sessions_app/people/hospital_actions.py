"""What ties an account to the person whom the hospital's sign-in names, and what unties it."""

import uuid
from datetime import datetime

from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.utils import timezone

from sessions_app.audit import actions as audit
from sessions_app.audit.events import Event
from sessions_app.identity import NETWORK
from sessions_app.people import notice_actions as notices
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


def untie_from_hospital(
    user: User, *, by: User, clinic_id: uuid.UUID, at: datetime | None = None
) -> bool:
    """Forget who the person is there; False where the account was not tied.

    Only an admin does this; the caller holds that `by` may. The next sign-in there with the
    account's verified address ties it anew, to whoever it is then.
    """
    at = at or timezone.now()
    with transaction.atomic():
        ties, _ = SocialAccount.objects.filter(user_id=user.pk).delete()
        if ties:
            what = "An admin untied your account from the hospital's sign-in."
            notices.tell_of_change(user, what=what, at=at)
            old, new = {"ties": ties}, {"ties": 0}
            audit.record(
                Event.HOSPITAL_UNTIED, user, clinic_id=clinic_id, actor=by, old=old, new=new, at=at
            )
    return bool(ties)
