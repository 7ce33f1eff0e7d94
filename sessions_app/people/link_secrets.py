"""The secret in a link that lets somebody in: made here, given away once, compared by its hash."""

import secrets
from hashlib import sha256


def new_secret() -> str:
    """Return 256 bits of chance, as they stand in a link."""
    return secrets.token_urlsafe(32)


def hash_of(secret: str) -> str:
    """Return what is stored of a secret. It is long and random, so a plain hash will do."""
    return sha256(secret.encode()).hexdigest()


def fits(stored_hash: str, given_hash: str) -> bool:
    """Say whether a hash is the one that is stored, without telling by the time taken."""
    return secrets.compare_digest(stored_hash, given_hash) and bool(stored_hash)
