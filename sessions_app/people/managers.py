"""How accounts are found and made."""

from typing import Any

from django.contrib.auth.base_user import BaseUserManager


class UserManager(BaseUserManager[Any]):
    """Accounts by e-mail address, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> Any:
        """Find the account to sign in; e-mail addresses differ in case only by accident."""
        return self.get(email=(username or "").lower())

    def create_user(self, email: str, display_name: str, password: str | None = None) -> Any:
        """Make an account. Without a password nobody can sign in to it yet."""
        user = self.model(email=self.normalize_email(email).lower(), display_name=display_name)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, display_name: str, password: str | None = None) -> Any:
        """Make an ordinary account: `createsuperuser` works, but rights come by membership.

        `manage.py open_clinic --admin E-MAIL` gives the account its first role.
        """
        return self.create_user(email, display_name, password)
