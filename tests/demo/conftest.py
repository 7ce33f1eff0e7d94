"""The demo clinics in a database, made once for a module and rolled back at its end."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.core.management import call_command
from django.db import transaction

from sessions_app.demo.seed import seed
from tests.demo.drawn import NOON

PASSWORD = "a password for the demo"


@dataclass(frozen=True)
class Seeded:
    """What seeding said: whether it wrote, whether it would again, and all that was logged."""

    wrote: bool
    wrote_again: bool
    log: str


class Listening(logging.Handler):
    """Keeps every log line, of whatever level."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the line as it would be written."""
        self.lines.append(self.format(record))


@pytest.fixture(scope="module")
def seeded(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Seeded]:
    """Make the demo clinics; every test of the module reads the same rows."""
    listening, root = Listening(), logging.getLogger()
    level = root.level
    with django_db_blocker.unblock(), transaction.atomic():
        root.addHandler(listening)
        root.setLevel(logging.DEBUG)
        try:
            call_command("load_protocols", verbosity=0)
            wrote = seed(now=NOON, password=PASSWORD)
            again = seed(now=NOON, password=PASSWORD)
        finally:
            root.removeHandler(listening)
            root.setLevel(level)
        yield Seeded(wrote, again, "\n".join(listening.lines))
        transaction.set_rollback(True)
