"""Settings read from the environment, each with its type and a clear error."""

import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"0", "false", "no", "off", ""}


def flag(name: str, *, default: bool) -> bool:
    """Read a yes/no variable. Raises ImproperlyConfigured for anything else."""
    raw = os.environ.get(name)
    if raw is None:
        return default
    if raw.lower() in _TRUE:
        return True
    if raw.lower() in _FALSE:
        return False
    raise ImproperlyConfigured(f"{name} is «{raw}»: write 1 or 0.")


def secret(name: str) -> str:
    """Read a secret: from the file that NAME_FILE names, where a vault puts it, else from NAME.

    Raises ImproperlyConfigured where the file cannot be read; unset is empty.
    """
    path = os.environ.get(f"{name}_FILE", "").strip()
    if not path:
        return os.environ.get(name, "")
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as problem:
        raise ImproperlyConfigured(f"{name}_FILE cannot be read: {path}") from problem


_DATABASES = ("postgresql", "postgres", "sqlite")
_MISREAD = (
    "DATABASE_URL cannot be read as postgresql://user:password@host:port/name. "
    "In a password write @ as %40, : as %3A, / as %2F, # as %23, ? as %3F, % as %25."
)


def database(url: str) -> dict[str, Any]:
    """Read the database's address, as Django wants it told.

    Raises ImproperlyConfigured, never with a part of the address: that may be of its password.
    """
    scheme, _, rest = url.partition("://")
    if scheme not in _DATABASES:
        raise ImproperlyConfigured(
            "DATABASE_URL has to begin with postgresql://, or with sqlite:/// for a file."
        )
    # What follows the host begins at the first of these signs: one of a password ends it early.
    beyond = "".join(re.split("[/?#]", rest, maxsplit=1)[1:])
    if scheme != "sqlite" and ("#" in rest or "@" in beyond):
        raise ImproperlyConfigured(_MISREAD)
    try:
        return dict(dj_database_url.parse(url, conn_max_age=600))
    except ValueError:
        raise ImproperlyConfigured(_MISREAD) from None


def is_this_machine(host: str) -> bool:
    """Say whether a host is this machine: a socket, or the loopback."""
    return not host or host.startswith(("/", "127.")) or host in ("localhost", "::1")


def words(name: str) -> list[str]:
    """Read a comma-separated list; an unset variable is an empty list."""
    return [word.strip() for word in os.environ.get(name, "").split(",") if word.strip()]


def choice(name: str, among: tuple[str, ...]) -> str:
    """Read one of a few words; unset is the first. Raises ImproperlyConfigured for another."""
    raw = os.environ.get(name, "").strip().lower() or among[0]
    if raw not in among:
        raise ImproperlyConfigured(f"{name} is «{raw}»: write {' or '.join(among)}.")
    return raw


def number(name: str, *, default: int) -> int:
    """Read a whole number. Raises ImproperlyConfigured for anything else."""
    raw = os.environ.get(name, "").strip()
    if raw and not raw.isdecimal():
        raise ImproperlyConfigured(f"{name} is «{raw}»: write a number.")
    return int(raw) if raw else default


def address(name: str) -> str:
    """Read where browsers find the product; unset is empty.

    Raises ImproperlyConfigured for anything but https:// (or http://), a name and perhaps a port.
    """
    raw = os.environ.get(name, "").strip().removesuffix("/")
    if raw and not re.fullmatch(r"https?://([\w.-]+|\[[0-9a-f:]+\])(:[0-9]{1,5})?", raw):
        raise ImproperlyConfigured(f"{name} is «{raw}»: write https://name or https://name:port.")
    return raw


_HOSPITAL = ("NAME", "ISSUER", "CLIENT_ID", "CLIENT_SECRET")


def hospital_sign_in() -> dict[str, str] | None:
    """Read the hospital's own sign-in (STILLHAND_OIDC_…): all four of it, or None.

    Raises ImproperlyConfigured where some are missing, or where the issuer is not on HTTPS.
    """
    told = {name: secret(f"STILLHAND_OIDC_{name}").strip() for name in _HOSPITAL}
    if not any(told.values()):
        return None
    if missing := [f"STILLHAND_OIDC_{name}" for name, value in told.items() if not value]:
        raise ImproperlyConfigured(f"For the hospital's sign-in also set {', '.join(missing)}.")
    where = urlsplit(told["ISSUER"])
    if where.scheme != "https" and where.hostname not in ("127.0.0.1", "localhost"):
        raise ImproperlyConfigured("STILLHAND_OIDC_ISSUER has to begin with https://.")
    return {name.lower(): value for name, value in told.items()}
