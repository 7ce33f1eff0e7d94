"""A database made in one step and one that has grown have the same tables, rules and guards."""

import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

from clinic.virtualenv import ROOT
from tests.conftest import on_server

pytestmark = pytest.mark.slow


def contents(way: str, name: str) -> set[str]:
    """Make the database `name` by a way; return what is in it, a line for each thing."""
    command = (sys.executable, "-m", "tests.guards.way", way, name)
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    return set(told.stdout.splitlines())


@contextmanager
def empty_database() -> Iterator[str]:
    """Give the name of a database of one's own on the engine of the run."""
    name = f"test_ways_{uuid.uuid4().hex[:8]}"
    if connection.vendor == "sqlite":
        yield ":memory:"
        return
    on_server(f'CREATE DATABASE "{name}"')
    try:
        yield name
    finally:
        on_server(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.mark.django_db
def test_one_step_and_every_step_lead_to_the_same_tables() -> None:
    with empty_database() as short, empty_database() as long:
        at_once, grown = contents("short", short), contents("long", long)
    assert at_once == grown
    assert len(at_once) > 500
