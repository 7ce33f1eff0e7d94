"""The server's entry: `gunicorn clinic.wsgi`. It refuses to start half-configured."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic.settings")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()

from clinic.start import refuse_half_configured  # noqa: E402 - models want Django set up

refuse_half_configured()
