"""How allauth's factors speak of this product, and how their secrets lie in the database."""

import base64
import hashlib
from typing import TYPE_CHECKING

from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser

if TYPE_CHECKING:
    from cryptography.fernet import MultiFernet

PRODUCT = "Stillhand"


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """The seeds of codes are stored encrypted: a copied database alone gives nobody a code."""

    def encrypt(self, text: str) -> str:
        """Seal a secret with the product's key."""
        return _sealer().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open what was sealed with this key, or with one of those before it.

        Raises `cryptography.fernet.InvalidToken` where the key was replaced and not kept.
        """
        return _sealer().decrypt(encrypted_text.encode()).decode()

    def get_totp_issuer(self) -> str:
        """Name the product in the person's authenticator app."""
        return PRODUCT

    def _get_site_name(self) -> str:
        return PRODUCT

    def _get_user_identifier(self, user: AbstractBaseUser) -> str:
        return str(user.get_username())


def _sealer() -> "MultiFernet":
    from cryptography.fernet import Fernet, MultiFernet  # only where a secret is

    keys = map(str, (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))
    hashed = (hashlib.sha256(b"second factors" + key.encode()).digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(one)) for one in hashed])
