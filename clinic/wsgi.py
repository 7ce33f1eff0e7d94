"""The server's entry: `gunicorn clinic.wsgi`. It refuses to start half-configured."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic.settings")

from django.core.wsgi import get_wsgi_application

from clinic.start import refuse_half_configured

application = get_wsgi_application()
refuse_half_configured()
