"""Letters: written with the act that they tell of, sent when a server takes them."""

from django.conf import settings


def configured() -> bool:
    """Say whether a mail server is set; without one letters are kept and nothing is sent."""
    return bool(settings.EMAIL_HOST)
