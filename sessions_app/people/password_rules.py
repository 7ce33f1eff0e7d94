"""What a new password must be, by NIST SP 800-63B-4 §3.1.1: long, and not guessed first.

No kinds of signs are asked for, and none is refused; nobody has to change a password that is good.
The whole password is compared, never a part of it: «massage» in a sentence of one's own is fine,
«Massage2026!!!!» is not.
"""

import gzip
import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from django.apps import apps
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError

from sessions_app.people.models import User
from sessions_app.people.second_factor import has_second_factor

ALONE, WITH_A_FACTOR, LONGEST = 15, 8, 1024
PRODUCT = (
    "stillhand", "massage", "oncology", "onkologie", "hospital", "clinic", "hospice", "therapist",
    "therapeut", "admin", "administrator", "supervisor", "volunteer", "password", "passwort",
    "passphrase", "login", "signin", "welcome", "changeme", "letmein", "secret",
)  # fmt: skip
"""What is tried first where people know the product and the place."""

_ROWS = (
    "abcdefghijklmnopqrstuvwxyz", "01234567890", "1234567890", "qwertyuiop", "qwertzuiop",
    "asdfghjkl", "zxcvbnm", "yxcvbnm", "azertyuiop", "qsdfghjklm", "wxcvbn", "1qaz2wsx3edc4rfv",
    "1q2w3e4r5t6y7u8i9o0p",
)  # fmt: skip
_BESIDE = {row[i : i + 2] for way in _ROWS for row in (way, way[::-1]) for i in range(len(row) - 1)}
_LEAST_SIGNS, _MOST_STEPS = 5, 0.75
_TWICE_OR_MORE = re.compile(r"(.+?)\1+", re.DOTALL)


class LongEnough:
    """At least 15 characters; 8 where the person shows a second factor as well."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError for one that is too short, or longer than is ever looked at."""
        length, least = len(unicodedata.normalize("NFC", password)), self._least(user)
        if length < least:
            raise ValidationError(
                f"This password is too short: {length} characters, of at least {least}. A few "
                "words in a row, with spaces, are easy to keep in mind.",
                code="too_short",
            )
        if length > LONGEST:
            raise ValidationError(f"Use at most {LONGEST:,} characters.", code="too_long")

    def get_help_text(self) -> str:
        """Return what to tell somebody who is about to choose."""
        return (
            f"At least {ALONE} characters. Any signs will do, also spaces: a few words in a row "
            "are easy to keep in mind. You may paste it from a password manager."
        )

    def _least(self, user: User | None) -> int:
        return WITH_A_FACTOR if has_second_factor(user) else ALONE


class NotGuessedFirst:
    """Not a common password, not the names around the person, not a row of keys."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError for a password that is tried early."""
        said = unicodedata.normalize("NFC", password).casefold()
        if _is_common(said):
            raise ValidationError(
                "This password is on the list of the most common ones. Use another.", code="common"
            )
        if _is_a_row(said):
            raise ValidationError(
                "This password is a row of keys or the same few signs again and again. "
                "Use another.",
                code="row",
            )
        if _is_made_of(said, _words_around(user)):
            raise ValidationError(
                "This password is made of words that anybody would try here: the product, the "
                "clinic, your name or your e-mail address. Use other words.",
                code="context",
            )

    def get_help_text(self) -> str:
        """Return what to tell somebody who is about to choose."""
        return "Not a common password, and not the name of the clinic or your own."


def _is_common(said: str) -> bool:
    """Say whether it is common as it stands, with numbers around it, or said several times."""
    bare = said.strip("0123456789!?.,-_*#$@+ ")
    found = _TWICE_OR_MORE.fullmatch(bare)
    forms = {said, said.replace(" ", ""), bare, found.group(1) if found else bare}
    return not forms.isdisjoint(_common())


def _is_a_row(said: str) -> bool:
    """Say whether nearly every sign repeats the one before or is its neighbour on a keyboard."""
    bare = said.replace(" ", "")
    if len(set(bare)) < _LEAST_SIGNS:
        return True
    pairs = [bare[i : i + 2] for i in range(len(bare) - 1)]
    steps = sum(pair in _BESIDE or pair[0] == pair[1] for pair in pairs)
    return steps >= _MOST_STEPS * len(pairs)


def _is_made_of(said: str, words: Iterable[str]) -> bool:
    """Say whether nothing is left when these words, numbers and signs are taken out."""
    for word in sorted(words, key=len, reverse=True):
        said = said.replace(word, " ")
    return sum(sign.isalpha() for sign in said) < 3


def _words_around(user: User | None) -> set[str]:
    """Return the words of the product, of the clinics here, and of the person."""
    clinic = apps.get_model("sessions_app", "Clinic")
    named = [name for row in clinic._default_manager.values_list("name", "slug") for name in row]
    if user is not None:
        named += [user.display_name, user.email]
    parts = (part for name in named for part in re.split(r"[\W_\d]+", name.casefold()))
    return {*PRODUCT, *(part for part in parts if len(part) >= 3)}


@cache
def _common() -> frozenset[str]:
    """Return the 20,000 most common passwords, which Django brings along: no host is asked."""
    path = Path(password_validation.__file__).with_name("common-passwords.txt.gz")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return frozenset(line.strip().casefold() for line in lines)
