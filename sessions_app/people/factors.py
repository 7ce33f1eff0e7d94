"""What a person has besides the password: passkeys, an authenticator app, recovery codes."""

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.app_settings import RECOVERY_CODE_COUNT
from allauth.mfa.models import Authenticator
from django.db.models import QuerySet
from django.http import HttpRequest

from sessions_app.people.models import User
from sessions_app.people.person import person

PASSKEY = Authenticator.Type.WEBAUTHN
CODE_APP = Authenticator.Type.TOTP
CODES = Authenticator.Type.RECOVERY_CODES

PROVED = "second_factor"
"""In the browser session: a second factor was used, or set up, in this sign-in."""
SETTING_UP = "setting_up"
"""In the browser session: the first factor is an app, and its recovery codes are still to come."""
_CODE_APP_NAME = "Authenticator app"


@dataclass(frozen=True)
class Factor:
    """One passkey, or the authenticator app, as its owner knows it."""

    id: int
    is_passkey: bool
    name: str
    since: datetime
    last_used: datetime | None


@dataclass(frozen=True)
class Factors:
    """All that a person has; `codes_left` is None where recovery codes were never made."""

    own: tuple[Factor, ...]
    codes_left: int | None

    @property
    def has_code_app(self) -> bool:
        """Whether an authenticator app gives the codes."""
        return any(not one.is_passkey for one in self.own)

    @property
    def has_passkey(self) -> bool:
        """Whether there is a passkey."""
        return any(one.is_passkey for one in self.own)

    def get(self, factor_id: int) -> Factor | None:
        """Return the person's own factor of this id."""
        return next((one for one in self.own if one.id == factor_id), None)


def factors_of(user: User) -> Factors:
    """Return what a person has, in one query."""
    rows = list(Authenticator.objects.filter(user_id=user.pk).order_by("pk"))
    codes = next((row for row in rows if row.type == CODES), None)
    return Factors(
        own=tuple(_factor(row) for row in rows if row.type != CODES),
        codes_left=_left(codes) if codes else None,
    )


def second_factors() -> QuerySet[Authenticator]:
    """Return the passkeys and apps of everybody; recovery codes alone are no second factor."""
    rows: QuerySet[Authenticator] = Authenticator.objects.exclude(type=CODES)
    return rows


def asks_second_step(user: User) -> bool:
    """Tell whether the password alone does not let this person in."""
    return second_factors().filter(user_id=user.pk).exists()


def is_required(request: HttpRequest) -> bool:
    """Tell whether any of the person's clinics asks their role for a second factor."""
    return any(one.wants_second_factor for one in getattr(request, "memberships", []))


def is_missing(request: HttpRequest) -> bool:
    """Tell whether the clinic in which the person acts asks for a factor that was not shown.

    It costs no query: the clinic came with the membership, the answer lies in the session.
    """
    acting = getattr(request.user, "membership", None)
    return bool(acting and acting.wants_second_factor and not request.session.get(PROVED))


def may_change(request: HttpRequest) -> bool:
    """Tell whether this sign-in may change the factors: it has shown one, or there is none yet.

    A sign-in from before the first factor was set up could else take it away again.
    """
    has_shown = request.session.get(PROVED) or request.session.get(SETTING_UP)
    return bool(has_shown) or not asks_second_step(person(request))


def _left(codes: Authenticator) -> int:
    used: int = codes.data["used_mask"]
    return int(RECOVERY_CODE_COUNT) - used.bit_count()


def _factor(row: Authenticator) -> Factor:
    is_passkey = row.type == PASSKEY
    name = row.data.get("name", "") if is_passkey else _CODE_APP_NAME
    return Factor(row.pk, is_passkey, name, row.created_at, row.last_used_at)
