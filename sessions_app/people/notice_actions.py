"""What tells a person by mail that somebody, they or another, did something with their sign-in.

Only where a mail server is set: a notice that goes out weeks later, when one is set at last, would
frighten people. «Your sign-in» lists the sign-ins in either case.
"""

from datetime import UTC, datetime

from django.utils.formats import date_format

from sessions_app import mail
from sessions_app.mail import actions as outbox
from sessions_app.people.means import Means
from sessions_app.people.models import User

_NOT_YOU = """\
If this was you, there is nothing to do. If it was not: sign in, open «Your sign-in» in the menu \
with your name, sign out everywhere else, change your password, and tell an admin of your clinic.
"""
_NEW_SIGN_IN = """\
Somebody signed in to your Stillhand account on a browser where you had not signed in before:

{browser}, {moment}. Shown: {means}.

"""
_CHANGED = """\
How you sign in to Stillhand was changed on {moment}:

{what}

"""


_LINK = """\
{who} for your Stillhand account. Open this link, and set one:

{link}

The link works once, for an hour, and only until a newer one is sent. If you did not expect it, do \
nothing: your password stays as it is. Where you have a second factor, it is asked as ever.
"""


def send_password_link(user: User, *, link: str, by: User | None, at: datetime) -> None:
    """Write the link by which the person sets a new password, in the caller's transaction."""
    asked = f"{by.display_name}, an admin, made a link" if by else "Somebody asked"
    body = _LINK.format(who=f"{asked} for a new password", link=link)
    outbox.write(to=user.email, subject="A new password for Stillhand", body=body, at=at)


def tell_of_new_browser(user: User, *, browser: str, means: Means, at: datetime) -> None:
    """Write that the person signed in where they had not before, in the caller's transaction."""
    told = {"browser": browser, "moment": _moment(at), "means": means.label.lower()}
    _write(user, "New sign-in to Stillhand", _NEW_SIGN_IN.format(**told), at)


def tell_of_change(user: User, *, what: str, at: datetime) -> None:
    """Write that how the person signs in was changed, in the caller's transaction."""
    told = _CHANGED.format(what=what, moment=_moment(at))
    _write(user, "Your sign-in to Stillhand was changed", told, at)


def _write(user: User, subject: str, body: str, at: datetime) -> None:
    if mail.configured():
        outbox.write(to=user.email, subject=subject, body=body + _NOT_YOU, at=at)


def _moment(at: datetime) -> str:
    return f"{date_format(at.astimezone(UTC), 'D j M Y, H:i')} (UTC)"
