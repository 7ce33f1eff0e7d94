"""An account that a command needs: the one that is there, or a new one with its password."""

import getpass
import secrets
import sys
from dataclasses import dataclass
from pathlib import Path

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, CommandParser

from sessions_app.people import actions as people
from sessions_app.people.models import User


def add_password_file(parser: CommandParser) -> None:
    """Let the password come from a file."""
    parser.add_argument("--password-file", type=Path, help="its first line is the password")


@dataclass
class Account:
    """A person's account, not yet stored where it is new.

    The password of a new one is asked for, read from a file, or made up: then `last_words` tells
    it, this once.
    """

    email: str
    name: str
    user: User | None
    password: str | None = None
    made_up: bool = False

    @classmethod
    def of(cls, email: str, name: str, password_file: Path | None) -> "Account":
        """Find the account, or settle the new one's password. Raises CommandError."""
        user = User.objects.filter(email=email.lower()).first()
        account = cls(email, name or email.partition("@")[0], user)
        if user is None:
            account.password, account.made_up = new_password(
                password_file, User(email=email.lower(), display_name=account.name)
            )
        return account

    def ready(self) -> User:
        """Return the stored account, making it where it is new."""
        return self.user or people.add_person(
            email=self.email, display_name=self.name, password=self.password
        )

    @property
    def last_words(self) -> str:
        """A made-up password, which is shown nowhere else; empty otherwise."""
        return f"Password, shown this once: {self.password}" if self.made_up else ""


def new_password(file: Path | None, owner: User) -> tuple[str, bool]:
    """Return a password for an account, and whether it was made up here. Raises CommandError."""
    if file is None and not sys.stdin.isatty():
        return secrets.token_urlsafe(15), True
    password = _from_file(file) if file else getpass.getpass(f"New password of {owner.email}: ")
    try:
        validate_password(password, owner)
    except ValidationError as problem:
        raise CommandError(" ".join(problem.messages)) from None
    if file is None and password != getpass.getpass("Again: "):
        raise CommandError("the two passwords differ")
    return password, False


def _from_file(file: Path) -> str:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as problem:
        raise CommandError(f"cannot read {file}: {problem}") from None
    return lines[0] if lines else ""
