"""A small world on a database of its own, for benchmarks that look at pages in one process."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


@contextmanager
def small_world() -> Iterator[Any]:
    """Give the tests' world: on the database that the environment names, else on SQLite."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{Path(folder) / 'small.sqlite3'}")
        os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"
        import django

        django.setup()
        from django.core.management import call_command

        from tests import universe

        call_command("migrate", verbosity=0)
        yield universe.build()
