"""The one door to a person, or to one of their roles, in an admin's view."""

import uuid

from django.http import Http404, HttpRequest

from sessions_app.clinics.models import Membership
from sessions_app.members.models import Invitation
from sessions_app.members.people import Person, invitations_in, kept_by, person_in, role_in


def person_or_404(request: HttpRequest, person_id: uuid.UUID) -> Person:
    """Return a person of the clinics that the admin keeps; nobody else exists for them."""
    person = person_in(kept_by(request), person_id)
    if person is None:
        raise Http404
    return person


def invitation_or_404(
    request: HttpRequest, invitation_id: uuid.UUID
) -> tuple[Invitation, Membership]:
    """Return an invitation to a clinic that the admin keeps, and the admin's membership there."""
    own = kept_by(request)
    found = next((one for one in invitations_in(own) if one.pk == invitation_id), None)
    if found is None:
        raise Http404
    return found, own[found.clinic_id]


def role_or_404(request: HttpRequest, role_id: uuid.UUID) -> tuple[Membership, Membership]:
    """Return a role in a clinic that the admin keeps, and the admin's own membership there."""
    own = kept_by(request)
    found = role_in(own, role_id)
    if found is None:
        raise Http404
    return found, own[found.clinic_id]
