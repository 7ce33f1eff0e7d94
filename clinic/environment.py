"""Settings read from the environment, each with its type and a clear error."""

import os
from urllib.parse import urlsplit

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


def words(name: str) -> list[str]:
    """Read a comma-separated list; an unset variable is an empty list."""
    return [word.strip() for word in os.environ.get(name, "").split(",") if word.strip()]


_HOSPITAL = ("NAME", "ISSUER", "CLIENT_ID", "CLIENT_SECRET")


def hospital_sign_in() -> dict[str, str] | None:
    """Read the hospital's own sign-in (STILLHAND_OIDC_…): all four of it, or None.

    Raises ImproperlyConfigured where some are missing, or where the issuer is not on HTTPS.
    """
    told = {name: os.environ.get(f"STILLHAND_OIDC_{name}", "").strip() for name in _HOSPITAL}
    if not any(told.values()):
        return None
    if missing := [f"STILLHAND_OIDC_{name}" for name, value in told.items() if not value]:
        raise ImproperlyConfigured(f"For the hospital's sign-in also set {', '.join(missing)}.")
    where = urlsplit(told["ISSUER"])
    if where.scheme != "https" and where.hostname not in ("127.0.0.1", "localhost"):
        raise ImproperlyConfigured("STILLHAND_OIDC_ISSUER has to begin with https://.")
    return {name.lower(): value for name, value in told.items()}
