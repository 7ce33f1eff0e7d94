"""What adds, names, uses and takes away a person's second factors. No secret reaches the audit."""

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.utils import timezone

from sessions_app.audit import actions as audit
from sessions_app.audit.events import Event
from sessions_app.identity import NETWORK
from sessions_app.people import notice_actions as notices
from sessions_app.people.factors import CODE_APP, CODES, PASSKEY
from sessions_app.people.models import User

_COUNT, _TOLD = "count", "told_of_copy"
"""Beside a passkey: the count of its last use; when its owner was last told of a copy."""
_ONCE_IN = timedelta(hours=1)


class LastFactor(Exception):
    """A clinic asks for a second factor, and this is the only one that the person has."""


class AlreadyThere(Exception):
    """The person has an authenticator app already."""


def add_passkey(
    user: User, *, name: str, credential: Mapping[str, Any], at: datetime | None = None
) -> None:
    """Store a passkey whose proof was checked (`passkeys.checked_registration`)."""
    from allauth.mfa.webauthn.internal.auth import WebAuthn  # slow to import: see passkeys.py

    with transaction.atomic():
        WebAuthn.add(user, name, dict(credential))
        _tell(user, at, f"The passkey «{name}» was added.")
        _note(Event.FACTOR_ADDED, user, user, at, new={"kind": PASSKEY.value, "name": name})


def add_code_app(user: User, *, secret: str, at: datetime | None = None) -> None:
    """Store the secret of an authenticator app, once it has given a right code.

    Raises AlreadyThere where there is one: it is removed first, so that nobody is puzzled which
    of two apps is asked.
    """
    with transaction.atomic():
        if _own(user).filter(type=CODE_APP).exists():
            raise AlreadyThere
        TOTP.activate(user, secret)
        _tell(user, at, "An authenticator app was added.")
        _note(Event.FACTOR_ADDED, user, user, at, new={"kind": CODE_APP.value})


def name_passkey(user: User, *, factor_id: int, name: str, at: datetime | None = None) -> None:
    """Give a passkey another name. Raises DoesNotExist for what is not the person's own."""
    with transaction.atomic():
        row = _own(user).get(pk=factor_id, type=PASSKEY)
        old, row.data["name"] = row.data["name"], name
        row.save(update_fields=["data"])
        _note(Event.FACTOR_NAMED, user, user, at, old={"name": old}, new={"name": name})


def remove_factor(
    user: User, *, factor_id: int, required: bool, at: datetime | None = None
) -> None:
    """Take a passkey or the app away; with the last of them the recovery codes go too.

    Raises DoesNotExist for what is not the person's own, LastFactor where one is `required`.
    """
    with transaction.atomic():
        own = [row for row in _own(user) if row.type != CODES]
        row = next((one for one in own if one.pk == factor_id), None)
        if row is None:
            raise Authenticator.DoesNotExist
        if len(own) == 1 and required:
            raise LastFactor
        gone = {"kind": row.type, "name": row.data.get("name", "")}
        row.delete()
        if len(own) == 1:
            _own(user).delete()
        _tell(user, at, "A passkey was removed." if row.type == PASSKEY else "The app was removed.")
        _note(Event.FACTOR_REMOVED, user, user, at, old=gone)


def make_recovery_codes(user: User, *, at: datetime | None = None) -> list[str]:
    """Make new codes and return them: the only time they are shown. The old ones are void."""
    with transaction.atomic():
        _own(user).filter(type=CODES).delete()
        codes: list[str] = RecoveryCodes.activate(user).generate_codes()
        _tell(user, at, "New recovery codes were made; the earlier ones are void.")
        _note(Event.RECOVERY_CODES_MADE, user, user, at, new={"count": len(codes)})
    return codes


def use_passkey(row: Authenticator, *, count: int, at: datetime | None = None) -> bool:
    """Note that a passkey was used; False where its count does not rise: it may be a copy's.

    A device that does not count says 0, and goes on saying 0 (WebAuthn, level 2, 7.2 no. 21). The
    person is told of a refusal, once in an hour, and can take the passkey away.
    """
    at = at or timezone.now()
    with transaction.atomic():
        held = _own(row.user).get(pk=row.pk)
        before = _count_of(held)
        if rises := count > before or count == before == 0:
            held.data[_COUNT], held.last_used_at = count, at
        else:
            _tell_of_copy(held, at)
            counts = {"old": {"count": before}, "new": {"count": count}}
            _note(Event.PASSKEY_REFUSED, row.user, None, at, **counts)
        held.save(update_fields=["data", "last_used_at"])
    return rises


def reset_factors(
    user: User, *, by: User | None, clinic_id: uuid.UUID = NETWORK, at: datetime | None = None
) -> None:
    """Take all factors and codes from a person who has lost them; only an admin does this.

    The caller holds that `by` may do it, and ends the person's sign-ins. `clinic_id` is in whose
    chain it is told.
    """
    with transaction.atomic():
        kinds = sorted(_own(user).values_list("type", flat=True))
        _own(user).delete()
        SocialAccount.objects.filter(user_id=user.pk).delete()  # the next sign-in ties anew
        _tell(user, at, "An admin took away your second factor. You can set up a new one.")
        audit.record(
            Event.FACTORS_RESET,
            user,
            clinic_id=clinic_id,
            actor=by,
            old={"kinds": kinds},
            new={"kinds": []},
            at=at or timezone.now(),
        )


def _count_of(row: Authenticator) -> int:
    """Return the count of the last use, or the one that the passkey was made with."""
    from allauth.mfa.webauthn.internal.auth import WebAuthn

    kept = row.data.get(_COUNT)
    return int(WebAuthn(row).authenticator_data.counter if kept is None else kept)


def _tell_of_copy(row: Authenticator, at: datetime) -> None:
    told = datetime.fromisoformat(row.data.get(_TOLD, "2000-01-01T00:00:00+00:00"))
    if at - told < _ONCE_IN:
        return
    row.data[_TOLD] = at.isoformat()
    what = (
        f"The passkey «{row.data.get('name', '')}» was refused: its counter went back, as when "
        "somebody uses a copy of it. Remove it, and make a new one."
    )
    _tell(row.user, at, what)


def _own(user: User) -> Any:
    """Return the person's own rows; whoever changes them waits for the other."""
    User.objects.select_for_update().get(pk=user.pk)
    return Authenticator.objects.filter(user_id=user.pk)


def _tell(user: User, at: datetime | None, what: str) -> None:
    notices.tell_of_change(user, what=what, at=at or timezone.now())


def _note(event: Event, user: User, by: User | None, at: datetime | None, **said: Any) -> None:
    at = at or timezone.now()
    audit.record(event, user, clinic_id=NETWORK, actor=by, at=at, **said)
