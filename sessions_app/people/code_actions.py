"""What looks at a code: from the authenticator app, or one of the recovery codes."""

from datetime import datetime, timedelta

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.utils import decrypt
from cryptography.fernet import InvalidToken
from django.db import transaction
from django.utils import timezone

from sessions_app.audit import actions as audit
from sessions_app.audit.events import Event
from sessions_app.identity import NETWORK
from sessions_app.people.code_tries_model import CodeTries
from sessions_app.people.factors import CODE_APP, CODES
from sessions_app.people.means import Means
from sessions_app.people.models import User

_LAST = "last_counter"


class TooSoon(Exception):
    """Too many wrong codes in a row: this one was not looked at."""

    def __init__(self, left: timedelta) -> None:
        super().__init__(left)
        self.left = left


def use_code(user: User, *, code: str, at: datetime | None = None) -> Means | None:
    """Use up a person's code; None where it is wrong. A right one works once.

    Raises TooSoon after many wrong ones, whatever this one is.
    """
    at, digits = at or timezone.now(), "".join(filter(str.isdigit, code))
    with transaction.atomic():
        tries, _ = CodeTries.objects.select_for_update().get_or_create(
            user=user, defaults={"last_at": at}
        )
        left = tries.last_at + tries.wait - at
        if left > timedelta(0):
            raise TooSoon(left)
        found = _found(user, digits)
        tries.wrong, tries.last_at = (0, at) if found else (tries.wrong + 1, at)
        tries.save()
        if found is not Means.CODE_APP:
            event = Event.RECOVERY_CODE_USED if found else Event.CODE_REFUSED
            audit.record(event, user, clinic_id=NETWORK, actor=user, at=at)
    return found


def is_code_of(secret: str, *, code: str) -> bool:
    """Tell whether an app that was just given the secret shows this code."""
    digits = "".join(filter(str.isdigit, code))
    return _counter(secret, digits) is not None


def _found(user: User, digits: str) -> Means | None:
    rows = Authenticator.objects.select_for_update().filter(user_id=user.pk)
    by_type = {row.type: row for row in rows}
    app, codes = by_type.get(CODE_APP), by_type.get(CODES)
    try:
        if app and _use_app(app, digits):
            return Means.CODE_APP
        if codes and RecoveryCodes(codes).validate_code(digits):
            return Means.RECOVERY_CODE
    except InvalidToken:  # the product's key was replaced and the old one not kept
        return None
    return None


def _use_app(row: Authenticator, digits: str) -> bool:
    """Take a code of now, or of half a minute to either side; none twice, in no worker."""
    counter = _counter(decrypt(row.data["secret"]), digits)
    if counter is None or counter <= row.data.get(_LAST, -1):
        return False
    row.data[_LAST], row.last_used_at = counter, timezone.now()
    row.save(update_fields=["data", "last_used_at"])
    return True


def _counter(secret: str, digits: str) -> int | None:
    counter: int
    for counter in yield_hotp_counters_from_time():
        expected = format_hotp_value(hotp_value(secret, counter))
        if compare_user_code(actual=digits, expected=expected):
            return counter
    return None
