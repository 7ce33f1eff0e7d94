"""The database of a test session, the named world in it, and signed-in browsers.

The world is stored once; every test works in a transaction that is rolled back. The guards refuse
the flush by which Django ends a test with real commits, so nothing here uses `transactional_db`:
a test that needs commits takes `committed`, a copy of the whole database that is thrown away.
"""

import copy
import uuid
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.db import connection, connections
from django.test import Client
from django.test.utils import setup_databases, teardown_databases
from hypothesis import settings as examples

from tests import universe as worlds
from tests.universe import Universe

# Properties hold whatever the machine is busy with: no example has a deadline.
examples.register_profile("no deadline", deadline=None)
examples.load_profile("no deadline")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what only a PostgreSQL can show where the tests run on SQLite."""
    if connection.vendor == "postgresql":
        return
    out = [item for item in items if item.get_closest_marker("postgres")]
    if out:
        config.hook.pytest_deselected(items=out)
        items[:] = [item for item in items if item not in out]


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_blocker: pytest.FixtureRequest,
    django_db_modify_db_settings: None,
) -> Iterator[None]:
    """Make the test database, with guards and an empty audit trail."""
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False, serialized_aliases=[])
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


@pytest.fixture(scope="session")
def stored_world(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Universe:
    """Store the world, once; tests take `universe`, their own copy of it."""
    with django_db_blocker.unblock():
        return worlds.build()


@pytest.fixture
def universe(stored_world: Universe, db: None) -> Universe:
    """Give the world's people, patients, courses and sessions; changes last for one test."""
    return copy.deepcopy(stored_world)


@pytest.fixture
def client_as(universe: Universe) -> Callable[..., Client]:
    """Return a function that gives a browser signed in as a member: `client_as("therapist")`."""

    def signed_in(name: str) -> Client:
        member = getattr(universe, name)
        browser = Client(raise_request_exception=False)
        browser.force_login(member.user)
        session = browser.session
        session["membership"] = str(member.pk)
        session.save()
        return browser

    return signed_in


@pytest.fixture
def committed(
    stored_world: Universe, django_db_blocker: pytest.FixtureRequest
) -> Iterator[Universe]:
    """Give the world in a copy of the database where commits are real (PostgreSQL only)."""
    name = settings.DATABASES["default"]["NAME"]
    assert name.startswith("test_"), "only a test database is ever copied"
    copied = f"{name}_{uuid.uuid4().hex[:8]}"
    with django_db_blocker.unblock():
        connection.close()
        _on_server(f'CREATE DATABASE "{copied}" TEMPLATE "{name}"')
        connection.settings_dict["NAME"] = copied
        try:
            yield copy.deepcopy(stored_world)
        finally:
            connection.close()
            connection.settings_dict["NAME"] = name
            _on_server(f'DROP DATABASE "{copied}" WITH (FORCE)')


def _on_server(statement: str) -> None:
    """Run a statement that concerns whole databases, outside every transaction."""
    with connections["default"]._nodb_cursor() as cursor:
        cursor.execute(statement)
