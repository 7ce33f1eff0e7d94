"""An account that a command needs: the one that is there, or a new one with its password."""

import getpass
import sys
import uuid
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, CommandParser
from django.http.request import validate_host
from django.urls import reverse

from clinic.start import wrong_with_the_hosts
from sessions_app.people import actions as people
from sessions_app.people.models import User
from sessions_app.people.password_link_actions import make_link


def add_password_file(parser: CommandParser) -> None:
    """Let the password come from a file."""
    parser.add_argument("--password-file", type=Path, help="its first line is the password")


@dataclass
class Account:
    """A person's account, not yet stored where it is new.

    The password of a new one is asked for or read from a file; where there is nobody to ask, a link
    is made by which the person sets it, and `last_words` tells it, this once.
    """

    email: str
    name: str
    user: User | None
    password: str | None = None
    last_words: str = ""

    @classmethod
    def of(cls, email: str, name: str, password_file: Path | None) -> "Account":
        """Find the account, or settle the new one's password. Raises CommandError."""
        user = User.objects.filter(email=email.lower()).first()
        account = cls(email, name or email.partition("@")[0], user)
        if user is None:
            account.password = new_password(
                password_file, User(email=email.lower(), display_name=account.name)
            )
        return account

    def ready(self) -> User:
        """Return the stored account, making it where it is new."""
        if self.user is not None:
            return self.user
        user = people.add_person(email=self.email, display_name=self.name, password=self.password)
        if self.password is None:
            self.last_words = link_once(user)
        return user


def link_once(user: User) -> str:
    """Make a link by which the person sets a password, and return how they come by it."""
    link = make_link(user, link_to=_link_to, by=None)
    if not link:
        return f"A letter with a link for the password is on its way to {user.email}."
    said = f"Link for the password, shown this once; it works once, for an hour: {link}"
    return said if settings.ADDRESS else f"{said}\n{_WITHOUT_AN_ADDRESS}"


_WITHOUT_AN_ADDRESS = (
    "It begins with the first name of STILLHAND_ALLOWED_HOSTS. Where a browser needs a port or "
    "another name, set STILLHAND_ADDRESS (https://name:port): links then begin with that."
)


def _link_to(link_id: uuid.UUID, secret: str) -> str:
    return f"{_address()}{reverse('people:open_password_link', args=[link_id, secret])}"


def _address() -> str:
    """Return what links begin with. Raises CommandError where the server would not answer there.

    Nothing has been stored then: whoever makes a link does so in one transaction.
    """
    if wrong := wrong_with_the_hosts():
        raise CommandError(f"no link can be made: {wrong[0]}")
    if not settings.ADDRESS:
        scheme = "https" if settings.SESSION_COOKIE_SECURE else "http"
        return f"{scheme}://{settings.ALLOWED_HOSTS[0].lstrip('.')}"
    name = urlsplit(settings.ADDRESS).hostname or ""
    if not validate_host(name, settings.ALLOWED_HOSTS):
        raise CommandError(
            f"no link can be made: STILLHAND_ADDRESS has «{name}», STILLHAND_ALLOWED_HOSTS has not"
        )
    return str(settings.ADDRESS)


def new_password(file: Path | None, owner: User) -> str | None:
    """Return a password for an account; None where nobody can be asked. Raises CommandError."""
    if file is None and not sys.stdin.isatty():
        return None
    password = _from_file(file) if file else getpass.getpass(f"New password of {owner.email}: ")
    try:
        validate_password(password, owner)
    except ValidationError as problem:
        raise CommandError(" ".join(problem.messages)) from None
    if file is None and password != getpass.getpass("Again: "):
        raise CommandError("the two passwords differ")
    return password


def _from_file(file: Path) -> str:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as problem:
        raise CommandError(f"cannot read {file}: {problem}") from None
    return lines[0] if lines else ""
