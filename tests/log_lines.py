"""No line of the logs names a patient: every line of a whole test run is listened to.

The patients of the tests and of the demonstration have family names that are no other words.
"""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from clinic.logging import DiscreetFormatter
from sessions_app.demo.names import FAMILIES

OF_THE_TESTS = ("Adason", "Brunoson", "Chenson", "Diegoson", "Erinson", "Farahson")
NAMES = tuple(name.casefold() for name in (*FAMILIES, *OF_THE_TESTS))


def naming(text: str) -> list[str]:
    """Return the lines in which a patient is named."""
    return [line for line in text.splitlines() if any(name in line.casefold() for name in NAMES)]


def naming_in(log: Path) -> list[str]:
    """Return the lines of a log in which a patient is named."""
    return naming(log.read_text(encoding="utf-8", errors="replace"))


class Listener(logging.Handler):
    """Hears what the server would write, in the server's form, and keeps what names a patient."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(DiscreetFormatter())
        self.heard = 0
        self.named: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Take a line in."""
        self.heard += 1
        self.named += naming(self.format(record))


@pytest.fixture(scope="session", autouse=True)
def no_patient_in_the_logs(django_test_environment: None) -> Iterator[Listener]:
    """Listen to the product's logs through all tests of this process; fail where one is named."""
    listener = Listener()
    loggers = [logging.getLogger(name) for name in (None, "django", "django.server")]
    for logger in loggers:
        logger.addHandler(listener)
    yield listener
    for logger in loggers:
        logger.removeHandler(listener)
    assert not listener.named, "\n".join(listener.named)
