"""Inviting somebody to a role, and taking it up."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from sessions_app import mail
from sessions_app.audit import actions as audit
from sessions_app.audit.events import Event
from sessions_app.clinics.models import Membership
from sessions_app.mail import actions as outbox
from sessions_app.members.deciding import TooLate, deciding
from sessions_app.members.letters import invitation_letter
from sessions_app.members.models import VALID_FOR, Invitation, InvitationState
from sessions_app.people.link_secrets import hash_of, new_secret
from sessions_app.people.models import User
from sessions_app.vocabulary.roles import Role

LinkTo = Callable[[Invitation, str], str]
"""From an invitation and its secret to the address that opens it."""


@dataclass(frozen=True)
class Sent:
    """An invitation that went out; `link` where no mail server is set: it is shown once."""

    invitation: Invitation
    link: str = ""


def invite(
    *, email: str, role: Role, by: Membership, link_to: LinkTo, at: datetime | None = None
) -> Sent:
    """Invite an address to a role in `by`'s clinic. Raises IntegrityError where it is invited."""
    at, secret = at or timezone.now(), new_secret()
    row = Invitation(clinic=by.clinic, email=email.lower(), role=role.value, invited_by=by.user)
    row.secret_hash, row.sent_at, row.expires_at = hash_of(secret), at, at + VALID_FOR
    with deciding(by, ()):
        row.save(force_insert=True)
        sent = _send(row, link_to(row, secret), at)
        new = {"email": row.email, "role": row.role, "expires_at": row.expires_at}
        _tell(Event.INVITED, row, by.user, {}, new, at)
    return sent


def resend(
    invitation: Invitation, *, by: Membership, link_to: LinkTo, at: datetime | None = None
) -> Sent:
    """Send it again with a new link, good for as long as the first; the old link is dead."""
    at, secret = at or timezone.now(), new_secret()
    with deciding(by, ()):
        row = _unanswered(invitation, by)
        old = {"expires_at": row.expires_at}
        row.secret_hash, row.sent_at, row.expires_at = hash_of(secret), at, at + VALID_FOR
        row.invited_by = by.user
        row.save(update_fields=["secret_hash", "sent_at", "expires_at", "invited_by"])
        sent = _send(row, link_to(row, secret), at)
        _tell(Event.INVITATION_RESENT, row, by.user, old, {"expires_at": row.expires_at}, at)
    return sent


def withdraw(invitation: Invitation, *, by: Membership, at: datetime | None = None) -> None:
    """Take an invitation back; its link is dead from now on."""
    at = at or timezone.now()
    with deciding(by, ()):
        row = _unanswered(invitation, by)
        row.withdrawn_at = at
        row.save(update_fields=["withdrawn_at"])
        told = {"email": row.email, "role": row.role}
        _tell(Event.INVITATION_WITHDRAWN, row, by.user, told, {"withdrawn_at": at}, at)


def accept(invitation: Invitation, *, user: User, at: datetime | None = None) -> Membership:
    """Let a person take up the role that they were invited to.

    Raises TooLate where the link is dead, PermissionDenied where it was written to another
    address, and IntegrityError where the person has a role in the clinic.
    """
    at = at or timezone.now()
    with transaction.atomic():
        row = _held(invitation.clinic_id, invitation)
        if row.state(at) is not InvitationState.WAITING:
            raise TooLate(row.state(at).meaning)
        if row.email != user.email:
            raise PermissionDenied("This invitation was written to another address than yours.")
        membership = Membership(clinic=row.clinic, user=user, role=row.role, since=at)
        membership.save(force_insert=True)
        row.accepted_at, row.accepted_by = at, user
        row.save(update_fields=["accepted_at", "accepted_by"])
        new = {"user": user.pk, "role": row.role, "membership": membership.pk}
        _tell(Event.INVITATION_ACCEPTED, row, user, {}, new, at)
    return membership


def _send(row: Invitation, link: str, at: datetime) -> Sent:
    if not mail.configured():
        return Sent(row, link)
    outbox.write(**invitation_letter(row, link), at=at)
    return Sent(row)


def _held(clinic_id: uuid.UUID, invitation: Invitation) -> Invitation:
    """Return the row as it is now; whoever else wants to decide about it waits."""
    row = Invitation.objects.filter(clinic_id=clinic_id, pk=invitation.pk)
    return row.select_for_update(no_key=True, of=("self",)).select_related("clinic").get()


def _unanswered(invitation: Invitation, by: Membership) -> Invitation:
    row = _held(by.clinic_id, invitation)
    if row.accepted_at or row.withdrawn_at:
        raise TooLate("It was accepted or withdrawn meanwhile. Nothing was changed.")
    return row


def _tell(event: Event, row: Invitation, actor: User, old: Any, new: Any, at: datetime) -> None:
    audit.record(event, row, clinic_id=row.clinic_id, actor=actor, old=old, new=new, at=at)
