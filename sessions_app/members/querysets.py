"""Named questions about invitations."""

import uuid
from typing import TYPE_CHECKING, Self

from sessions_app.clinics.querysets import ClinicQuerySet

if TYPE_CHECKING:
    from sessions_app.members.models import Invitation


class InvitationQuerySet(ClinicQuerySet["Invitation"]):
    """Who was invited."""

    def unanswered(self) -> Self:
        """Those neither accepted nor withdrawn; also expired ones, which can be sent again."""
        return self.filter(accepted_at=None, withdrawn_at=None)

    def by_link(self, link_id: uuid.UUID) -> "Invitation | None":
        """Return the one that a link names, of whatever clinic; its secret is checked next."""
        return self.select_related("clinic", "invited_by").filter(pk=link_id).first()
