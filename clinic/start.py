"""What must be in order before the server answers."""

from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured

from sessions_app import guards


def refuse_half_configured() -> None:
    """Raise ImproperlyConfigured, naming all that is missing, unless the server may serve."""
    wrong = []
    if settings.SECRET_KEY_IS_TEMPORARY:
        wrong.append("STILLHAND_SECRET_KEY is not set")
    if not settings.ALLOWED_HOSTS:
        wrong.append("STILLHAND_ALLOWED_HOSTS is not set")
    wrong += [str(message.msg) for message in checks.run_checks(tags=[guards.TAG])]
    if wrong:
        raise ImproperlyConfigured("Stillhand does not start: " + "; ".join(wrong) + ".")
