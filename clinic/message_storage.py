"""«Saved» and the like, kept until the next page: in a cookie that is this host's alone."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class HostCookie(CookieStorage):
    """Django's cookie of messages, under a name that browsers take from this host only."""

    cookie_name = settings.MESSAGES_COOKIE_NAME


class HostMessages(FallbackStorage):
    """What does not fit into the cookie waits in the session."""

    storage_classes = (HostCookie, SessionStorage)
