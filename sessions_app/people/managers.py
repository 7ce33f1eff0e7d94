"""How accounts are found and made."""

from typing import Any

from django.contrib.auth.base_user import BaseUserManager
from django.utils.module_loading import import_string


class UserManager(BaseUserManager[Any]):
    """Accounts by e-mail address, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> Any:
        """Find the account to sign in; e-mail addresses differ in case only by accident."""
        return self.get(email=(username or "").lower())

    def create_user(self, email: str, display_name: str, password: str | None = None) -> Any:
        """Make an account. Without a password nobody can sign in to it yet."""
        # By name: the action imports the models, which import this module.
        add_person = import_string("sessions_app.people.actions.add_person")
        return add_person(email=email, display_name=display_name, password=password)

    def create_superuser(self, email: str, display_name: str, password: str | None = None) -> Any:
        """Make an ordinary account: `createsuperuser` works, but rights come by membership.

        `manage.py add_member` gives the account its first role.
        """
        return self.create_user(email, display_name, password)
