"""Put a sign-in's last activity back, in the database of a running server.

`python -m tests.journeys.away SESSION MINUTES`
"""

import os
import sys
from importlib import import_module


def main(key: str, minutes: str) -> None:
    """Store the session with an earlier last activity."""
    from django.conf import settings

    from sessions_app.people import lasting

    session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    session[lasting.ACTIVE] -= 60 * int(minutes)
    session.save()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic.settings")
    import django

    django.setup()
    main(*sys.argv[1:])
