"""The password of the four demo accounts: made up once and kept, or given by DEMO_PASSWORD."""

import os
import secrets
from pathlib import Path

from django.contrib.auth.hashers import check_password
from django.db import transaction

from sessions_app.demo.places import ACCOUNTS
from sessions_app.people import actions as people
from sessions_app.people.models import User

FILE = "password"
_CONSONANTS, _VOWELS = "bdfgklmnprstvz", "aeiou"


def demo_password(folder: Path) -> str:
    """Return DEMO_PASSWORD where it is set, else the one kept in the folder, made once."""
    given = os.environ.get("DEMO_PASSWORD", "")
    kept = folder / FILE
    if given:
        return given
    if not kept.exists():
        with os.fdopen(os.open(kept, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
            file.write(made_up() + "\n")
    return kept.read_text(encoding="utf-8").strip()


def made_up() -> str:
    """Return a password of 19 letters that can be read aloud: four groups of two syllables.

    A syllable is one of 70, so there are 70**8 of them, about 49 bits.
    """
    return "-".join(_syllable() + _syllable() for _ in range(4))


def give_password(password: str) -> None:
    """Make sure that the demo accounts have this password; hashing again only where it differs."""
    accounts = list(User.objects.filter(email__in=[one.email for one in ACCOUNTS]))
    # One is enough to tell: the four are only ever set together.
    if accounts and not check_password(password, accounts[0].password):
        with transaction.atomic():
            for account in accounts:
                people.set_password(account, password=password)


def _syllable() -> str:
    return secrets.choice(_CONSONANTS) + secrets.choice(_VOWELS)
