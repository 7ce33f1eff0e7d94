"""Passkeys: what the browser is asked, and whether its answer proves anything.

A passkey lies on the person's device and asks for its lock (finger, face, PIN), so it is two
factors at once and needs no password beside it. allauth keeps the question in the browser session
and looks at the answer; each question is good for one answer.
"""

import json
from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError

from sessions_app.people.models import User

# What a made-up answer can raise while it is taken apart: it is refused, whatever is wrong with it.
_UNREADABLE = (
    ArithmeticError, AssertionError, AttributeError, LookupError, RuntimeError, TypeError,
    ValidationError, ValueError,
)  # fmt: skip
_LONGEST = 20_000


class NotProved(Exception):
    """The browser's answer does not prove what it should."""


@dataclass(frozen=True)
class Shown:
    """Whose passkey it is, the passkey, and how often the device says that it has signed.

    A device that does not count says 0 each time, as most do whose passkeys are kept in a cloud.
    """

    user: User
    row: Authenticator
    count: int


def creation_options(user: User) -> dict[str, Any]:
    """Return what the browser needs to make a passkey that asks for the device's lock."""
    return _plain(_auth().begin_registration(user, passwordless=True))


def request_options() -> dict[str, Any]:
    """Return what the browser needs to show any passkey that it has for this address."""
    return _plain(_auth().begin_authentication(None))


def checked_registration(answer: str) -> dict[str, Any]:
    """Return the new passkey as it is stored. Raises NotProved."""
    try:
        auth, credential = _auth(), _read(answer)
        auth.parse_registration_response(credential)
        made = auth.complete_registration(credential)
    except _UNREADABLE as problem:
        raise NotProved from problem
    if not made.is_user_verified():
        raise NotProved
    return credential


def checked_authentication(answer: str) -> Shown:
    """Return what was shown. Raises NotProved, also for a closed account.

    Its count is compared by who notes the use (`factor_actions.use_passkey`).
    """
    try:
        auth, credential = _auth(), _read(answer)
        read = auth.parse_authentication_response(credential)
        user = auth.extract_user_from_response(credential)
        row = auth.complete_authentication(user, credential)
    except _UNREADABLE as problem:
        raise NotProved from problem
    if not user.is_active or not isinstance(user, User):
        raise NotProved
    return Shown(user, row, read.response.authenticator_data.counter)


def _auth() -> Any:
    """Return allauth's passkeys. They take a fifth of a second to import: not at every start."""
    from allauth.mfa.webauthn.internal import auth

    return auth


def _read(answer: str) -> dict[str, Any]:
    if len(answer) > _LONGEST:
        raise ValueError
    read = json.loads(answer)
    if not isinstance(read, dict):
        raise TypeError
    return read


def _plain(options: dict[str, Any]) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(json.dumps(options))["publicKey"]
    return plain
