"""What can be done about a role or an account, each with the words of its page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sessions_app.clinics.models import Membership
from sessions_app.members import account_actions, actions
from sessions_app.people.factors import asks_second_step
from sessions_app.people.hospital_ties import is_tied
from sessions_app.people.models import User
from sessions_app.vocabulary.roles import Standing


@dataclass(frozen=True)
class Deed:
    """One deed: what its page says, who does it, and when it makes sense."""

    code: str
    heading: str
    meaning: str
    button: str
    done: str
    do: Callable[..., None]
    possible: Callable[[Any], bool]


_ROLE: tuple[Deed, ...] = (
    Deed(
        "deactivate",
        "Deactivate the role",
        "The role is kept and gives no access from now on. Who has no other clinic is signed out "
        "of every browser at once; a form that is open there is lost. You can reactivate it.",
        "Deactivate",
        "Deactivated: the role gives no access.",
        actions.deactivate,
        lambda role: role.standing in (Standing.WORKS_HERE, Standing.CLOSED),
    ),
    Deed(
        "reactivate",
        "Reactivate the role",
        "The person may act in this role again from now on.",
        "Reactivate",
        "Reactivated: the role gives access again.",
        actions.reactivate,
        lambda role: role.standing is Standing.DEACTIVATED,
    ),
    Deed(
        "end",
        "End the role",
        "The person works here no more, from now on. What they recorded stays, under their name. "
        "Who comes back gets a role anew.",
        "End the role",
        "Ended: the person has left the clinic.",
        actions.end_membership,
        lambda role: role.standing is not Standing.LEFT,
    ),
)
_ACCOUNT: tuple[Deed, ...] = (
    Deed(
        "reset-second-factor",
        "Reset the second factor",
        "Passkeys, authenticator app and recovery codes of this person are taken away, and every "
        "browser is signed out. The next sign-in is with the password alone; where the clinic asks "
        "for a second factor, a new one is set up then. Make sure that it is this person who asks.",
        "Reset second factor",
        "Reset: the second factor is gone, and every browser is signed out.",
        account_actions.reset_second_factor,
        asks_second_step,
    ),
    Deed(
        "untie-hospital",
        "Untie from the hospital's sign-in",
        "This account was opened by somebody at the hospital's own sign-in, and only the same "
        "person there opens it again. Untie it where that was somebody else, or where the person "
        "has another account there now. Every browser is signed out. Whoever signs in there next "
        "with this e-mail address is taken for this person: make sure who has the address now.",
        "Untie from the hospital's sign-in",
        "Untied: the next sign-in at the hospital ties the account anew.",
        account_actions.untie_hospital,
        is_tied,
    ),
    Deed(
        "end-sign-ins",
        "End all sign-ins",
        "The person is signed out of every browser at once and can sign in again. A page that is "
        "open there is covered as soon as it is used; what was typed on it waits under the cover.",
        "End all sign-ins",
        "Ended: every browser of this person is signed out.",
        account_actions.end_sign_ins,
        lambda user: True,
    ),
    Deed(
        "close-account",
        "Close the account",
        "The person cannot sign in anywhere, and every browser is signed out at once. Roles and "
        "records stay. You can reopen it.",
        "Close the account",
        "Closed: this person cannot sign in.",
        account_actions.close_account,
        lambda user: user.is_active,
    ),
    Deed(
        "reopen-account",
        "Reopen the account",
        "The person can sign in again as before, with the roles that are not ended.",
        "Reopen the account",
        "Reopened: this person can sign in again.",
        account_actions.reopen_account,
        lambda user: not user.is_active,
    ),
)
ROLE_DEEDS: dict[str, Deed] = {one.code: one for one in _ROLE}
ACCOUNT_DEEDS: dict[str, Deed] = {one.code: one for one in _ACCOUNT}


def deeds_for_role(role: Membership) -> list[Deed]:
    """Return what makes sense for a role as it is."""
    return [one for one in _ROLE if one.possible(role)]


def deeds_for_account(user: User) -> list[Deed]:
    """Return what makes sense for an account as it is."""
    return [one for one in _ACCOUNT if one.possible(user)]
