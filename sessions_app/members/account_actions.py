"""What an admin may do about an account: close and reopen it, help somebody in, sign them out."""

import uuid
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from sessions_app.audit import actions as audit
from sessions_app.audit.events import Event
from sessions_app.clinics.models import Membership
from sessions_app.members.deciding import TooLate, check_all_theirs, clinics_kept, deciding
from sessions_app.people.factor_actions import reset_factors
from sessions_app.people.factors import asks_second_step
from sessions_app.people.hospital_actions import untie_from_hospital
from sessions_app.people.models import User
from sessions_app.people.password_link_actions import LinkTo, make_link
from sessions_app.people.sign_in_actions import forget_browsers


def close_account(user: User, *, by: Membership, at: datetime | None = None) -> None:
    """Let a person sign in nowhere. Raises LastAdmin.

    Only where all of the person's clinics are the admin's own; each clinic's chain tells it.
    """
    _set_active(user, False, Event.ACCOUNT_CLOSED, by, at)


def reopen_account(user: User, *, by: Membership, at: datetime | None = None) -> None:
    """Let a person sign in again, with the password they had and the roles they kept."""
    _set_active(user, True, Event.ACCOUNT_REOPENED, by, at)


def end_sign_ins(user: User, *, by: Membership, at: datetime | None = None) -> None:
    """Sign a person out of every browser; they can sign in again at once."""
    at = at or timezone.now()
    with deciding(by, ()):
        if by.clinic_id not in clinics_kept(user):
            raise PermissionDenied("This person does not work in your clinic.")
        ended = forget_browsers(user)
        audit.record_by(by, Event.SIGN_INS_ENDED, user, old={"open": ended}, new={"open": 0}, at=at)


def reset_second_factor(user: User, *, by: Membership, at: datetime | None = None) -> None:
    """Take passkeys, app and recovery codes from a person who has lost them; end all sign-ins.

    Only where all of the person's clinics are the admin's own: it weakens the way into each. The
    next sign-in is with the password alone; a clinic that asks for a factor has one set up then.
    """
    at = at or timezone.now()
    with deciding(by, ()):
        check_all_theirs(user, by)
        if not asks_second_step(user):
            raise TooLate("This person has no second factor. Nothing was changed.")
        reset_factors(user, by=by.user, clinic_id=by.clinic_id, at=at)
        forget_browsers(user)


def untie_hospital(user: User, *, by: Membership, at: datetime | None = None) -> None:
    """Untie a person from the hospital's sign-in, with or without a second factor; end sign-ins.

    Only where all of the person's clinics are the admin's own: whoever signs in there next with
    the account's address is taken for this person.
    """
    with deciding(by, ()):
        check_all_theirs(user, by)
        if not untie_from_hospital(user, by=by.user, clinic_id=by.clinic_id, at=at):
            raise TooLate("This account is tied to nobody there. Nothing was changed.")
        forget_browsers(user)


def send_password_link(
    user: User, *, by: Membership, link_to: LinkTo, at: datetime | None = None
) -> str:
    """Make a link for a new password; return it where no mail server is set: it is shown once.

    Only where all of the person's clinics are the admin's own: it opens the way into each.
    """
    with deciding(by, ()):
        check_all_theirs(user, by)
        if user == by.user:
            raise TooLate("This is your own account: «Your sign-in» changes its password.")
        if not User.objects.get(pk=user.pk).is_active:
            raise TooLate("The account is closed. Reopen it first.")
        return make_link(user, link_to=link_to, by=by.user, clinic_id=by.clinic_id, at=at)


def _set_active(
    user: User, active: bool, event: Event, by: Membership, at: datetime | None
) -> None:
    at, clinics = at or timezone.now(), clinics_kept(user)
    with deciding(by, clinics):
        check_all_theirs(user, by)
        now = User.objects.select_for_update(no_key=True).get(pk=user.pk)
        if now.is_active == active:
            raise TooLate("The account is as you wanted it already. Nothing was changed.")
        now.is_active = active
        now.save(update_fields=["is_active"])
        if not active:
            forget_browsers(now)
        for clinic_id in sorted(clinics | {by.clinic_id}):
            _tell(event, now, clinic_id, by, at)


def _tell(event: Event, user: User, clinic_id: uuid.UUID, by: Membership, at: datetime) -> None:
    audit.record(
        event,
        user,
        clinic_id=clinic_id,
        actor=by.user,
        old={"is_active": not user.is_active},
        new={"is_active": user.is_active},
        at=at,
    )
