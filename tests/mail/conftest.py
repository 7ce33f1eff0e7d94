"""A mail server that the product is set to, for one test."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.mail.server import MailServer


@pytest.fixture
def server(settings: Any) -> Iterator[MailServer]:
    """Give a listening server; the settings name it."""
    here = MailServer()
    here.start()
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", here.port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.DEFAULT_FROM_EMAIL = "stillhand@birchwood.example"
    yield here
    here.stop()
