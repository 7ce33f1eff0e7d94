"""What must be in order before the server answers."""

from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from sessions_app import guards


def refuse_half_configured() -> None:
    """Raise ImproperlyConfigured, naming all that is missing, unless the server may serve."""
    wrong = []
    if settings.SECRET_KEY_IS_TEMPORARY:
        wrong.append("STILLHAND_SECRET_KEY is not set")
    if not settings.ALLOWED_HOSTS:
        wrong.append("STILLHAND_ALLOWED_HOSTS is not set")
    if _is_behind():
        wrong.append("the database lacks migrations, run «manage.py migrate»")
    wrong += [str(message.msg) for message in checks.run_checks(tags=[guards.TAG])]
    if wrong:
        raise ImproperlyConfigured("Stillhand does not start: " + "; ".join(wrong) + ".")


def _is_behind() -> bool:
    """Say whether a migration is still to be applied; a database that is away may come back."""
    try:
        executor = MigrationExecutor(connection)
    except DatabaseError:
        return False
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
