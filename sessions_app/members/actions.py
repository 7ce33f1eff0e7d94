"""What changes a person's role in a clinic."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from sessions_app.audit import actions as audit
from sessions_app.audit.events import Event
from sessions_app.clinics.actions import add_member
from sessions_app.clinics.models import Membership
from sessions_app.members.deciding import TooLate, check_here, deciding
from sessions_app.people.models import User
from sessions_app.people.sign_in_actions import forget_browsers
from sessions_app.vocabulary.roles import Role


def give_role(user: User, *, role: Role, by: Membership, at: datetime | None = None) -> Membership:
    """Give a person, who works in another of the admin's clinics or is back, a role in `by`'s.

    Raises IntegrityError where the person has one there.
    """
    with deciding(by, ()):
        return add_member(clinic=by.clinic, user=user, role=role, by=by.user, at=at)


def change_role(
    membership: Membership, *, role: Role, by: Membership, at: datetime | None = None
) -> None:
    """Give a member another role; it holds from their next request on. Raises LastAdmin."""
    with deciding(by, ()):
        now = _as_it_is(membership, by)
        if now.ended_at:
            raise TooLate("This person has left the clinic meanwhile. Nothing was changed.")
        if now.role != role.value:
            old = {"role": now.role}
            _write(now, Event.MEMBER_ROLE_CHANGED, old, {"role": role.value}, by, at)


def deactivate(membership: Membership, *, by: Membership, at: datetime | None = None) -> None:
    """Let a role give no access for now. Raises LastAdmin.

    Who has no other clinic to act in is signed out of every browser.
    """
    at = at or timezone.now()
    with deciding(by, ()):
        now = _as_it_is(membership, by)
        if now.ended_at or now.deactivated_at:
            raise TooLate("This role gives no access already. Nothing was changed.")
        _write(now, Event.MEMBER_DEACTIVATED, {}, {"deactivated_at": at}, by, at)
        _shut_out(now.user)


def reactivate(membership: Membership, *, by: Membership, at: datetime | None = None) -> None:
    """Let a deactivated role give access again."""
    with deciding(by, ()):
        now = _as_it_is(membership, by)
        if now.ended_at or not now.deactivated_at:
            raise TooLate("This role is not deactivated. Nothing was changed.")
        old = {"deactivated_at": now.deactivated_at}
        _write(now, Event.MEMBER_REACTIVATED, old, {"deactivated_at": None}, by, at)


def end_membership(membership: Membership, *, by: Membership, at: datetime | None = None) -> None:
    """Say that a person works here no more. Raises LastAdmin.

    The row stays with its dates; who comes back gets another one.
    """
    at = at or timezone.now()
    with deciding(by, ()):
        now = _as_it_is(membership, by)
        if now.ended_at:
            raise TooLate("This person has left the clinic already. Nothing was changed.")
        _write(now, Event.MEMBER_ENDED, {"role": now.role}, {"ended_at": at}, by, at)
        _shut_out(now.user)


def _as_it_is(membership: Membership, by: Membership) -> Membership:
    check_here(membership, by)
    here = Membership.objects.filter(clinic_id=by.clinic_id).select_related("user", "clinic")
    return here.get(pk=membership.pk)


def _write(
    row: Membership,
    event: Event,
    old: dict[str, Any],
    new: dict[str, Any],
    by: Membership,
    at: datetime | None,
) -> None:
    at = at or timezone.now()
    for name, value in new.items():
        setattr(row, name, value)
    row.save(update_fields=list(new))
    told = {"user": row.user_id}
    audit.record_by(by, event, row, old=told | old, new=told | new, at=at)


def _shut_out(user: User) -> None:
    if not user.memberships.in_force().exists():
        forget_browsers(user)
