"""What must be in order before the server answers."""

import re

from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from sessions_app import guards

# What Django's deployment check wants of a key.
SHORTEST_KEY, FEWEST_SIGNS = 50, 5
_HOST = re.compile(r"\.?[\w-]+(\.[\w-]+)*|\[[0-9a-f:]+\]", re.ASCII | re.IGNORECASE)


def refuse_half_configured() -> None:
    """Raise ImproperlyConfigured, naming all that is missing, unless the server may serve."""
    wrong = [*_wrong_with_the_key(), *wrong_with_the_hosts()]
    if settings.DEBUG:
        wrong.append("DEBUG is on, which shows patients' data in error pages")
    if is_behind():
        wrong.append("the database lacks migrations, run «manage.py migrate»")
    wrong += [str(message.msg) for message in checks.run_checks(tags=[guards.TAG])]
    if wrong:
        raise ImproperlyConfigured("Stillhand does not start: " + "; ".join(wrong) + ".")


def _wrong_with_the_key() -> list[str]:
    """Say why the key does not do: made up by the process, or short enough to be guessed."""
    key: str = settings.SECRET_KEY
    if settings.SECRET_KEY_IS_TEMPORARY:
        return ["STILLHAND_SECRET_KEY is not set"]
    if len(key) < SHORTEST_KEY or len(set(key)) < FEWEST_SIGNS or key.startswith("django-insecure"):
        return [f"STILLHAND_SECRET_KEY wants {SHORTEST_KEY} random signs or more"]
    return []


def wrong_with_the_hosts() -> list[str]:
    """Say why no browser would get an answer under these names."""
    if not settings.ALLOWED_HOSTS:
        return ["STILLHAND_ALLOWED_HOSTS is not set"]
    if "*" in settings.ALLOWED_HOSTS:
        return ["STILLHAND_ALLOWED_HOSTS is «*», so any name would do"]
    if odd := [host for host in settings.ALLOWED_HOSTS if not _HOST.fullmatch(host)]:
        return [f"STILLHAND_ALLOWED_HOSTS has «{odd[0]}»: a name alone goes there"]
    return []


def is_behind() -> bool:
    """Say whether a migration is still to be applied; a database that is away may come back."""
    try:
        executor = MigrationExecutor(connection)
    except DatabaseError:
        return False
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
