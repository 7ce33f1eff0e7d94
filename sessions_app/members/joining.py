"""Taking up an invitation: finding it by its link, and coming in as a new person."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import HttpRequest

from sessions_app.members import invitation_actions
from sessions_app.members.models import Invitation, InvitationState
from sessions_app.people import actions as people
from sessions_app.people.link_secrets import fits
from sessions_app.people.models import User
from sessions_app.people.opened_link import INVITATION, opened_link


@dataclass(frozen=True)
class Opened:
    """The invitation behind the link that was opened, and what became of it."""

    invitation: Invitation
    state: InvitationState

    @property
    def can_be_used(self) -> bool:
        """Whether the role can be taken up by it now."""
        return self.state is InvitationState.WAITING


def opened(request: HttpRequest, now: datetime) -> Opened | None:
    """Return the invitation whose link was opened here; None where there is no such link."""
    link = opened_link(request, INVITATION)
    # Who holds the link acts in no clinic yet: its secret stands for the right to see this row.
    row = Invitation.objects.by_link(link.link_id) if link else None
    if row is None or link is None or not fits(row.secret_hash, link.secret_hash):
        return None
    return Opened(row, row.state(now))


def join_as_new(invitation: Invitation, *, display_name: str, password: str, at: datetime) -> User:
    """Make the account that the invitation was written to, and give it the role, or neither.

    Raises IntegrityError where the address has an account.
    """
    told: dict[str, Any] = {"email": invitation.email, "display_name": display_name, "at": at}
    with transaction.atomic():
        user = people.add_person(**told, password=password)
        invitation_actions.accept(invitation, user=user, at=at)
    return user
