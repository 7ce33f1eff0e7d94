"""The people of the clinics that an admin keeps: the list with its filters, and one person."""

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest

from sessions_app.clinics.credentials import (
    GIVES_MASSAGE,
    Credential,
    Expiry,
    profiles_of,
    span_of,
    warnings_for,
)
from sessions_app.clinics.membership import held_by
from sessions_app.clinics.models import Clinic, Membership
from sessions_app.clinics.permissions import Permission, can
from sessions_app.clinics.profile_model import PractitionerProfile
from sessions_app.clinics.querysets import MembershipQuerySet
from sessions_app.members.models import Invitation
from sessions_app.members.querysets import InvitationQuerySet
from sessions_app.people.factors import second_factors
from sessions_app.people.models import User
from sessions_app.vocabulary.coded import Coded
from sessions_app.vocabulary.roles import Role, Standing


class Factor(Coded):
    """Whether a person shows more than a password when signing in."""

    HAS = "has", "Has one", "A passkey or an authenticator app."
    NONE = "none", "Has none", "The password alone."
    LACKS = "lacks", "Has none, and is asked for one", "By the clinic, for the role."


_STANDING: dict[Standing, Q] = {
    Standing.WORKS_HERE: Q(ended_at=None, deactivated_at=None, user__is_active=True),
    Standing.DEACTIVATED: Q(ended_at=None, deactivated_at__isnull=False),
    Standing.CLOSED: Q(ended_at=None, deactivated_at=None, user__is_active=False),
    Standing.LEFT: Q(ended_at__isnull=False),
}
"""What `Membership.standing` says, as a condition."""


@dataclass(frozen=True)
class Wanted:
    """What is looked for; what is empty keeps everybody. Who has left is shown when asked for."""

    q: str = ""
    clinic: str = ""
    role: Role | None = None
    standing: Standing | None = None
    expiry: Expiry | None = None
    factor: Factor | None = None


def kept_by(request: HttpRequest) -> dict[uuid.UUID, Membership]:
    """Return the admin's own memberships by clinic, the one in which they act first."""
    held = [one for one in held_by(request) if can(one, Permission.MANAGE_PEOPLE)]
    active = request.user.membership  # type: ignore[union-attr]
    held.sort(key=lambda one: one != active)
    return {one.clinic_id: one for one in held}


def roles_in(clinics: Sequence[Clinic], wanted: Wanted, today: date) -> MembershipQuerySet:
    """Return the roles that fit, by the person's name."""
    ids = [one.pk for one in clinics if wanted.clinic in ("", one.slug)]
    found = Membership.objects.filter(clinic_id__in=ids)
    found = found.filter(_STANDING[wanted.standing]) if wanted.standing else found.kept()
    if wanted.role:
        found = found.filter(role=wanted.role.value)
    if wanted.expiry:
        found = _with_credentials(found, wanted.expiry, today)
    if wanted.factor:
        found = _with_factor(found, wanted.factor, clinics)
    for word in wanted.q.split():
        found = found.filter(Q(user__display_name__icontains=word) | Q(user__email__icontains=word))
    named = found.select_related("user", "clinic")
    return named.order_by("user__display_name", "user_id", "clinic__name", "-since")


def _with_credentials(found: MembershipQuerySet, expiry: Expiry, today: date) -> MembershipQuerySet:
    """Keep who gives massage and has a licence or an insurance that stands so."""
    found = found.filter(role__in=GIVES_MASSAGE)
    rows = PractitionerProfile.objects.filter(
        clinic_id=OuterRef("clinic_id"), user_id=OuterRef("user_id")
    )
    names = ("licence_until", "insurance_until")
    if expiry is Expiry.NOT_KNOWN:
        known = rows.filter(**{f"{name}__isnull": False for name in names})
        return found.exclude(Exists(known))
    span = span_of(expiry, today)
    each = [Q(**{f"{name}__{how}": day for how, day in span.items()}) for name in names]
    met = each[0] & each[1] if expiry is Expiry.HOLDS else each[0] | each[1]
    return found.filter(Exists(rows.filter(met)))


def _with_factor(
    found: MembershipQuerySet, factor: Factor, clinics: Sequence[Clinic]
) -> MembershipQuerySet:
    """Keep who has a second factor, who has none, or who has none and is asked for one."""
    has = Exists(second_factors().filter(user_id=OuterRef("user_id")))
    if factor is Factor.HAS:
        return found.filter(has)
    lacking = found.exclude(has)
    if factor is Factor.NONE:
        return lacking
    asked = [Q(clinic_id=one.pk, role__in=one.second_factor_roles) for one in clinics]
    return lacking.filter(reduce(or_, asked))


@dataclass(frozen=True)
class Row:
    """A line of the list: a role, what is on record of it, and what to warn of."""

    role: Membership
    has_factor: bool
    profile: PractitionerProfile | None
    warnings: tuple[Credential, ...]

    @property
    def lacks_factor(self) -> bool:
        """Whether the clinic asks the role for a second factor that the person has not got."""
        return self.role.wants_second_factor and not self.has_factor


def rows_for(roles: Iterable[Membership], today: date) -> list[Row]:
    """Return the lines of a page, with what is on record of them in two queries."""
    listed = list(roles)
    ids = second_factors().filter(user_id__in={one.user_id for one in listed})
    has = set(ids.values_list("user_id", flat=True))
    known = profiles_of(listed)
    beside = ((one, known.get((one.clinic_id, one.user_id))) for one in listed)
    return [
        Row(one, one.user_id in has, profile, warnings_for(one, profile, today))
        for one, profile in beside
    ]


@dataclass(frozen=True)
class Person:
    """A person as an admin sees them: their roles in the admin's clinics, newest first."""

    user: User
    roles: tuple[Membership, ...]

    @property
    def kept(self) -> tuple[Membership, ...]:
        """The roles that have not ended."""
        return tuple(one for one in self.roles if not one.ended_at)


def person_in(clinics: Collection[uuid.UUID], user_id: uuid.UUID) -> Person | None:
    """Return a person who works or has worked in one of these clinics, in one query."""
    here = Membership.objects.filter(clinic_id__in=clinics, user_id=user_id)
    roles = list(here.select_related("user", "clinic").order_by("clinic__name", "-since"))
    return Person(roles[0].user, tuple(roles)) if roles else None


def invitations_in(clinics: Collection[uuid.UUID]) -> InvitationQuerySet:
    """Return the invitations to these clinics that are not answered, the latest first."""
    here = Invitation.objects.filter(clinic_id__in=clinics).unanswered()
    return here.select_related("clinic", "invited_by").order_by("-sent_at", "-id")


def held_by_address(clinic_id: uuid.UUID, email: str) -> Membership | None:
    """Return the role that is kept in a clinic by who signs in with this address."""
    here = Membership.objects.filter(clinic_id=clinic_id, user__email=email.lower())
    return here.kept().select_related("user").first()


def role_in(clinics: Collection[uuid.UUID], membership_id: uuid.UUID) -> Membership | None:
    """Return one role in one of these clinics, also an ended one."""
    here = Membership.objects.filter(clinic_id__in=clinics, pk=membership_id)
    return here.select_related("user", "clinic").first()
