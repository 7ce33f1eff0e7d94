"""Which of a colleague's credentials run out soon or have run out, in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils.formats import date_format

from sessions_app.clinics.models import Membership
from sessions_app.clinics.permissions import ROLE_PERMISSIONS, Permission
from sessions_app.clinics.profile_model import PractitionerProfile
from sessions_app.vocabulary.coded import Coded

GIVES_MASSAGE = [
    role.value for role, may in ROLE_PERMISSIONS.items() if Permission.GIVE_MASSAGE in may
]
"""The roles whose credentials are looked at; who gives simple touch only needs no licence."""
EARLY, LATE = 60, 30
"""Days before a credential runs out: the first warning, and the second."""


class Expiry(Coded):
    """How it stands with a credential. It follows from its date and is not stored."""

    OUT = "out", "Ran out", "The last day on which it held is past."
    LATE = "30-days", "Runs out within 30 days", "Or today."
    EARLY = "60-days", "Runs out within 60 days", "And not within 30."
    NOT_KNOWN = "not-known", "No date on record", "Of the licence or of the insurance."
    HOLDS = "holds", "Holds", "For more than 60 days."


@dataclass(frozen=True)
class Credential:
    """One credential with its last day; `until` None: no date is on record."""

    name: str
    until: date | None
    today: date

    @property
    def expiry(self) -> Expiry:
        """How it stands today."""
        if self.until is None:
            return Expiry.NOT_KNOWN
        left = (self.until - self.today).days
        if left < 0:
            return Expiry.OUT
        return Expiry.LATE if left <= LATE else Expiry.EARLY if left <= EARLY else Expiry.HOLDS

    @property
    def short(self) -> str:
        """In a few words: «licence: 20 days left»."""
        if self.until is None:
            return f"{self.name}: no date"
        left = (self.until - self.today).days
        if left < 0:
            return f"{self.name} ran out"
        return (
            f"{self.name}: {left} day{'' if left == 1 else 's'} left"
            if left
            else f"{self.name}: last day"
        )

    @property
    def words(self) -> str:
        """In one sentence: «The licence runs out in 20 days, on 11 Dec 2026.»"""
        if self.until is None:
            return f"No last day of the {self.name} is on record."
        left, on = (self.until - self.today).days, date_format(self.until, "j M Y")
        if left < 0:
            return f"The {self.name} ran out on {on}."
        if left == 0:
            return f"The {self.name} runs out today."
        return f"The {self.name} runs out in {left} day{'s' if left > 1 else ''}, on {on}."


def needs_credentials(role: Membership) -> bool:
    """Say whether the role gives massage."""
    return role.role in GIVES_MASSAGE


def credentials_of(profile: PractitionerProfile | None, today: date) -> tuple[Credential, ...]:
    """Return licence and insurance as they stand today."""
    return (
        Credential("licence", profile.licence_until if profile else None, today),
        Credential("insurance", profile.insurance_until if profile else None, today),
    )


def warnings_for(
    role: Membership, profile: PractitionerProfile | None, today: date
) -> tuple[Credential, ...]:
    """Return the credentials to warn of: those that ran out or will within 60 days."""
    if not needs_credentials(role):
        return ()
    warned = (Expiry.OUT, Expiry.LATE, Expiry.EARLY)
    return tuple(one for one in credentials_of(profile, today) if one.expiry in warned)


def span_of(expiry: Expiry, today: date) -> dict[str, Any]:
    """Return between which days a last day lies that stands so; for a filter of the database."""
    late, early = today + timedelta(days=LATE), today + timedelta(days=EARLY)
    return {
        Expiry.OUT: {"lt": today},
        Expiry.LATE: {"gte": today, "lte": late},
        Expiry.EARLY: {"gt": late, "lte": early},
        Expiry.HOLDS: {"gt": early},
    }[expiry]


def profiles_of(roles: Iterable[Membership]) -> dict[tuple[UUID, UUID], PractitionerProfile]:
    """Return what is on record of these people in these clinics, in one query."""
    listed: Sequence[Membership] = list(roles)
    rows = PractitionerProfile.objects.filter(
        clinic_id__in={one.clinic_id for one in listed}, user_id__in={one.user_id for one in listed}
    )
    return {(one.clinic_id, one.user_id): one for one in rows}
