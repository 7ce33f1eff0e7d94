"""Who may decide about people, and what no decision may leave behind: a clinic without an admin."""

import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.core.exceptions import PermissionDenied
from django.db import transaction

from sessions_app.clinics.models import Clinic, Membership
from sessions_app.clinics.permissions import Permission, check_may
from sessions_app.clinics.querysets import MembershipQuerySet
from sessions_app.people.models import User
from sessions_app.vocabulary.roles import Role


class LastAdmin(ValueError):
    """The clinic would be left without anybody who can keep its people."""

    def __init__(self, clinic: Clinic) -> None:
        super().__init__(
            f"{clinic.name} would have no admin left. Make somebody else admin there first."
        )


class TooLate(ValueError):
    """Somebody has changed it since the page was made; the message says what holds now."""


@contextmanager
def deciding(by: Membership, clinics: Iterable[uuid.UUID]) -> Iterator[None]:
    """Let one decision at a time be made about the people of these clinics, by who still may.

    The clinics' rows are locked in the order of their ids, so two admins who shut each other out
    at the same moment take turns, and the second is no admin any more. What is written inside is
    taken back where it leaves one of the clinics without an admin. Raises PermissionDenied and
    LastAdmin.
    """
    wanted = sorted({by.clinic_id, *clinics})
    with transaction.atomic():
        held = Clinic.objects.select_for_update(no_key=True).filter(pk__in=wanted).order_by("pk")
        locked = list(held)
        _check_still_may(by)
        yield
        for clinic in locked:
            if not admins_of(clinic.pk).exists():
                raise LastAdmin(clinic)


def admins_of(clinic_id: uuid.UUID) -> MembershipQuerySet:
    """Return the memberships of those who can act as admins of a clinic."""
    here = Membership.objects.filter(clinic_id=clinic_id)
    return here.in_force().filter(role=Role.ADMIN.value, user__is_active=True)


def clinics_kept(user: User) -> set[uuid.UUID]:
    """Return the clinics in which a person has a role, deactivated ones too."""
    return set(user.memberships.kept().values_list("clinic_id", flat=True))


def clinics_administered(user: User) -> set[uuid.UUID]:
    """Return the clinics in which a person is an admin now."""
    own = user.memberships.in_force().filter(role=Role.ADMIN.value)
    return set(own.values_list("clinic_id", flat=True))


def check_all_theirs(user: User, by: Membership) -> None:
    """Raise PermissionDenied where the person never worked here, or also works elsewhere."""
    if not user.memberships.filter(clinic_id=by.clinic_id).exists():
        raise PermissionDenied("This person does not work in your clinic.")
    if clinics_kept(user) - clinics_administered(by.user):
        raise PermissionDenied(ELSEWHERE)


def check_here(role: Membership, by: Membership) -> None:
    """Raise PermissionDenied for a role in a clinic other than the admin's."""
    if role.clinic_id != by.clinic_id:
        raise PermissionDenied("This role is in another clinic.")


ELSEWHERE = (
    "This person also works in a clinic of which you are not an admin. You can deactivate the role "
    "in your own clinic; the account is another matter."
)


def _check_still_may(by: Membership) -> None:
    """The page was made by who was an admin then; what counts is who is one now."""
    here = Membership.objects.filter(clinic_id=by.clinic_id, pk=by.pk)
    now = here.in_force().filter(user__is_active=True).select_related("clinic").first()
    check_may(now, Permission.MANAGE_PEOPLE)
