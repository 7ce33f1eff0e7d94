"""The application's start: database guards after every migrate, and the check for them."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SessionsAppConfig(AppConfig):
    """Stillhand."""

    name = "sessions_app"
    verbose_name = "Stillhand"

    def ready(self) -> None:
        """Install the guards after each migrate; register the check that misses none."""
        from sessions_app import guards

        post_migrate.connect(guards.after_migrate, sender=self)
        guards.register_check()
