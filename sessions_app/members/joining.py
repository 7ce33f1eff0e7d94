"""Taking up an invitation: finding it by its link, and coming in as a new person."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import HttpRequest

from sessions_app.members import invitation_actions
from sessions_app.members.models import Invitation, InvitationState
from sessions_app.members.secrets import fits, hash_of
from sessions_app.people import actions as people
from sessions_app.people.models import User

OPENED = "invitation"
"""In the browser session: which link was opened. The secret itself is not kept, its hash is."""


def remember(request: HttpRequest, link_id: str, secret: str) -> None:
    """Keep which link was opened, so that its secret leaves the address at once."""
    request.session[OPENED] = [link_id, hash_of(secret)]


def forget(request: HttpRequest) -> None:
    """Forget the link that was opened."""
    request.session.pop(OPENED, None)


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
    link_id, given = request.session.get(OPENED) or ("", "")
    try:
        wanted = uuid.UUID(link_id)
    except ValueError:
        return None
    # Who holds the link acts in no clinic yet: its secret stands for the right to see this row.
    row = Invitation.objects.by_link(wanted)
    if row is None or not fits(row, given):
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
