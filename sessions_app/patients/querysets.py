"""Named questions about patients and their facts."""

import re
import unicodedata
from datetime import date
from typing import TYPE_CHECKING, Self

from sessions_app.clinics.querysets import ClinicQuerySet
from sessions_app.vocabulary.records import PatientStatus

if TYPE_CHECKING:
    from sessions_app.patients.models import ClinicalFact, Patient  # noqa: F401 - the class is over it
    from sessions_app.patients.order_model import Order  # noqa: F401 - the class is over it


PLACE_KEY_LONGEST = 400


def search_form(text: str) -> str:
    """Return text as it is searched: case-folded, without accents, single spaces."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return " ".join(bare.split())


def natural_key(text: str) -> str:
    """Return text as it is sorted: as searched, but with whole numbers in order (2 before 14)."""
    return re.sub(r"[0-9]+", lambda digits: digits[0].lstrip("0").zfill(6), search_form(text))


def place_key(ward: str, room: str) -> str:
    """Return where a patient lies, as one walks: ward by ward, and in it room by room."""
    return f"{natural_key(ward)}, {natural_key(room)}"[:PLACE_KEY_LONGEST]


class PatientQuerySet(ClinicQuerySet["Patient"]):
    """Charts of a clinic."""

    def active(self) -> Self:
        """Patients in care now."""
        return self.filter(status=PatientStatus.ACTIVE)

    def matching(self, typed: str) -> Self:
        """Patients whose name or chart number holds every typed word, accents and case aside."""
        found = self
        for word in search_form(typed).split():
            found = found.filter(search_key__contains=word)
        return found

    def in_round_order(self) -> Self:
        """Ward by ward and room by room, as one walks."""
        return self.order_by("place_key", "family_name", "given_names", "id")

    def like(self, *, given_names: str, family_name: str, birth_date: date) -> Self:
        """Charts with the same birth date and the same name: perhaps the same person."""
        same_name = f"{search_form(family_name)} {search_form(given_names)} "
        return self.filter(birth_date=birth_date, search_key__startswith=same_name)


class FactQuerySet(ClinicQuerySet["ClinicalFact"]):
    """Clinical facts."""

    def newest_first(self) -> Self:
        """By kind, the newest observation first."""
        return self.order_by("kind", "-observed_on", "-recorded_at")


class OrderQuerySet(ClinicQuerySet["Order"]):
    """Orders of clinicians."""

    def newest_first(self) -> Self:
        """The one ordered last first."""
        return self.order_by("-ordered_on", "-recorded_at")
