"""A link by which a person sets a forgotten password, and setting it."""

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from sessions_app import mail
from sessions_app.audit import actions as audit
from sessions_app.audit.events import Event
from sessions_app.identity import NETWORK, uuid7
from sessions_app.people import notice_actions as notices
from sessions_app.people.actions import set_password
from sessions_app.people.link_secrets import hash_of, new_secret
from sessions_app.people.models import User
from sessions_app.people.opened_link import OpenedLink
from sessions_app.people.password_link_model import PasswordLink
from sessions_app.people.password_links import open_person
from sessions_app.people.sign_in_actions import forget_browsers

VALID_FOR = timedelta(hours=1)
LinkTo = Callable[[uuid.UUID, str], str]
"""From a link's id and its secret to the address that opens it."""


class DeadLink(ValueError):
    """The link was used, is too old, or another password or a newer link came meanwhile."""


def send_link(email: str, *, link_to: LinkTo, at: datetime | None = None) -> None:
    """Write to an address a link for a new password; nothing where no open account has it.

    An account without a password (of who signs in with the hospital) gets none in this way.
    """
    user = User.objects.filter(email=email, is_active=True).first()
    if user is not None and user.has_usable_password():
        make_link(user, link_to=link_to, by=None, at=at)


def make_link(
    user: User,
    *,
    link_to: LinkTo,
    by: User | None,
    clinic_id: uuid.UUID = NETWORK,
    at: datetime | None = None,
) -> str:
    """Make a link and write it to the person; the one before is dead.

    Returns it where no mail server is set: it is shown once. `by` is the admin who makes it, in
    whose clinic's chain it is told, and None where somebody asked on the sign-in page.
    """
    at, secret = at or timezone.now(), new_secret()
    row = PasswordLink(user=user, link_id=uuid7(), secret_hash=hash_of(secret), made_at=at)
    row.expires_at = at + VALID_FOR
    link = link_to(row.link_id, secret)
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=user.pk)
        PasswordLink.objects.filter(user=user).delete()
        row.save(force_insert=True)
        if mail.configured():
            notices.send_password_link(user, link=link, by=by, at=at)
        new = {"expires_at": row.expires_at}
        audit.record(Event.PASSWORD_LINK_MADE, user, clinic_id=clinic_id, actor=by, new=new, at=at)
    return "" if mail.configured() else link


def set_by_link(link: OpenedLink, *, password: str, at: datetime | None = None) -> User:
    """Set the password of whose link it is; all their sign-ins end, the second factor stays.

    Raises DeadLink.
    """
    at = at or timezone.now()
    with transaction.atomic():
        person = open_person(link, at)
        if person is None:
            raise DeadLink
        user: User = User.objects.select_for_update(no_key=True).get(pk=person.pk)
        if open_person(link, at) is None:  # used in another browser while this one waited
            raise DeadLink
        set_password(user, password=password, by=user, at=at)
        forget_browsers(user)
        what = "A new password was set by a link. Every browser was signed out."
        notices.tell_of_change(user, what=what, at=at)
    return user
