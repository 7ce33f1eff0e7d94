"""The application's start: database guards after every migrate, and the check for them."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class SessionsAppConfig(AppConfig):
    """Stillhand."""

    name = "sessions_app"
    verbose_name = "Stillhand"

    def ready(self) -> None:
        """Let the guards step aside for a migrate and come back; register their check."""
        from sessions_app import guards

        pre_migrate.connect(guards.before_migrate, sender=self)
        post_migrate.connect(guards.after_migrate, sender=self)
        guards.register_check()
