"""The secret in the link of an invitation: made here, given away once, compared by its hash."""

import secrets
from hashlib import sha256

from sessions_app.members.models import Invitation


def new_secret() -> str:
    """Return 256 bits of chance, as they stand in a link."""
    return secrets.token_urlsafe(32)


def hash_of(secret: str) -> str:
    """Return what is stored of a secret. It is long and random, so a plain hash will do."""
    return sha256(secret.encode()).hexdigest()


def fits(invitation: Invitation | None, given_hash: str) -> bool:
    """Say whether a hash is that of the invitation's secret, without telling by the time taken."""
    stored = invitation.secret_hash if invitation else ""
    return secrets.compare_digest(stored, given_hash) and bool(stored)
