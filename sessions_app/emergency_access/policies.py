"""How long an emergency access lasts, and how often somebody may try to open one."""

from datetime import timedelta

LASTS = timedelta(minutes=60)
TRIES = 5
"""So many tries that found no chart, then one waits."""
IN = timedelta(hours=1)


class TooManyTries(Exception):
    """Somebody tried too often within the hour; nothing was looked up."""
