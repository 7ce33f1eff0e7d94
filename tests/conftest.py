"""The database of a test session, the named world in it, and signed-in browsers.

The world is stored once; every test works in a transaction that is rolled back. The guards refuse
the flush by which Django ends a test with real commits, so nothing here uses `transactional_db`:
a test that needs commits takes `committed`, a copy of the whole database that is thrown away.
"""

import gc
import pickle
import uuid
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass

import pytest
from django.conf import settings
from django.db import connection, connections, transaction
from django.template import Template
from django.test import Client
from django.test.utils import instrumented_test_render, setup_databases, teardown_databases
from hypothesis import settings as examples
from whitenoise.middleware import WhiteNoiseMiddleware

from tests import universe as worlds
from tests.log_lines import no_patient_in_the_logs  # noqa: F401 - a fixture of every run
from tests.sampling import OPTION, thin
from tests.sweep_sizes import pytest_terminal_summary  # noqa: F401 - a hook of every run
from tests.universe import ClientAs, Universe

# Properties hold whatever the machine is busy with: no example has a deadline. The inner loop asks
# for «few» examples, the same ones each time; `verify` looks for new ones.
examples.register_profile("no deadline", deadline=None)
examples.register_profile("few", deadline=None, max_examples=20, derandomize=True)
examples.load_profile("no deadline")

DATABASE = {"db", "django_db_setup", "address"}
"""Who asks for one of these fixtures works on the database of the run (`address` is served)."""

DRAW = Template._render
"""How a template is drawn where nobody watches: read before the runner changes it."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the inner loop ask for a few cases of each table (see sampling.py)."""
    parser.addoption(
        OPTION, action="store_true", help="try a few cases of tables over the database"
    )


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Keep the search for unused rings of objects from walking over all tests, again and again.

    Modules and collected tests stay to the end: a fifth of a run went into looking whether they do.
    """
    gc.disable()
    found = yield
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
    gc.enable()
    return found


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what is pure; leave out what only the other database can show, or has shown."""
    mark_pure(items)
    elsewhere = "sqlite" if connection.vendor == "postgresql" else "postgres"
    out = [item for item in items if item.get_closest_marker(elsewhere)]
    if out:
        config.hook.pytest_deselected(items=out)
        left_out = set(map(id, out))
        items[:] = [item for item in items if id(item) not in left_out]


@pytest.hookimpl(trylast=True)
def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Do not even make the cases that the inner loop leaves out of a table over the database."""
    if metafunc.config.getoption(OPTION) and asks_for_database(metafunc):
        thin(metafunc)


def mark_pure(items: list[pytest.Item]) -> None:
    """Mark the tests of files in which none asks for a database.

    pytest-django refuses a statement in a test that does not ask, so the mark cannot be wrong.
    """
    with_database = {item.path for item in items if asks_for_database(item)}
    for item in items:
        if item.path not in with_database:
            item.add_marker("pure")


def asks_for_database(test: pytest.Item | pytest.Metafunc) -> bool:
    """Tell whether a test, or a fixture that it takes, works on the database of the run."""
    marked = test.definition if isinstance(test, pytest.Metafunc) else test
    return bool(DATABASE & set(getattr(test, "fixturenames", ()))) or bool(
        marked.get_closest_marker("django_db")
    )


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


@pytest.fixture(scope="session", autouse=True)
def unwatched_templates(django_test_environment: None) -> Iterator[None]:
    """Draw templates as the product does, without a copy of what each was told.

    A form has hundreds of small ones. Who looks at `answer.context` takes `watched_templates`.
    """
    with pytest.MonkeyPatch.context() as change:
        change.setattr(Template, "_render", DRAW)
        yield


@pytest.fixture
def watched_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what templates are told, in the answer's `context`."""
    monkeypatch.setattr(Template, "_render", instrumented_test_render)


@pytest.fixture(scope="session", autouse=True)
def static_files_listed_once() -> Iterator[None]:
    """Let every browser after the first know the static files without walking the folders."""
    listed: dict[str, dict[str, object]] = {}
    walk = WhiteNoiseMiddleware.add_files_from_finders

    def once(server: WhiteNoiseMiddleware) -> None:
        if server.static_prefix not in listed:
            walk(server)
            listed[server.static_prefix] = dict(server.files)
        server.files.update(listed[server.static_prefix])

    with pytest.MonkeyPatch.context() as change:
        change.setattr(WhiteNoiseMiddleware, "add_files_from_finders", once)
        yield


@dataclass(frozen=True)
class Stored:
    """The world as it was stored: a copy to unpack for each test, each member's cookie."""

    packed: bytes
    cookies: dict[str, str]

    def unpack(self) -> Universe:
        """Return a copy of the world (unpickling takes a quarter of the time of a deepcopy)."""
        copied: Universe = pickle.loads(self.packed)  # noqa: S301 - packed by this process
        return copied

    def browser(self, name: str) -> Client:
        """Return a browser in which a member is signed in already."""
        browser = Client(raise_request_exception=False)
        browser.cookies[settings.SESSION_COOKIE_NAME] = self.cookies[name]
        return browser


@pytest.fixture(scope="session")
def stored_world(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Stored:
    """Store the world, once; tests take `universe`, their own copy of it."""
    with django_db_blocker.unblock():
        world = worlds.build()
        cookies = {name: _sign_in(world, name).cookies for name in world.members}
        kept = {name: jar[settings.SESSION_COOKIE_NAME].value for name, jar in cookies.items()}
        return Stored(pickle.dumps(world), kept)


@pytest.fixture
def universe(stored_world: Stored, db: None) -> Universe:
    """Give the world's people, patients, courses and sessions; changes last for one test."""
    return stored_world.unpack()


Shared = Callable[[Callable[[Universe], None]], Callable[[], Universe]]


@pytest.fixture(scope="module")
def for_the_module(
    stored_world: Stored, django_db_blocker: pytest.FixtureRequest
) -> Iterator[Shared]:
    """Return a function by which a module's tests share what is stored beside the world.

    `for_the_module(fill)` has it stored, once, and returns what gives each test its copy of the
    world; a test that takes it takes `db` too, and goes back to it. At the end all is rolled back.
    """
    whole = transaction.atomic()
    with django_db_blocker.unblock():
        whole.__enter__()

    def stored(fill: Callable[[Universe], None]) -> Callable[[], Universe]:
        world = stored_world.unpack()
        with django_db_blocker.unblock():
            fill(world)
        return Stored(pickle.dumps(world), {}).unpack

    yield stored
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        whole.__exit__(None, None, None)


@pytest.fixture
def client_as(universe: Universe, stored_world: Stored) -> ClientAs:
    """Return a function that gives a browser signed in as a member: `client_as("therapist")`.

    The first browser of a member was signed in when the world was stored; a second signs in anew.
    """
    here: set[str] = set()

    def signed_in(name: str) -> Client:
        if name in here:
            return _sign_in(universe, name)
        here.add(name)
        return stored_world.browser(name)

    return signed_in


def _sign_in(world: Universe, name: str) -> Client:
    member = getattr(world, name)
    browser = Client(raise_request_exception=False)
    browser.force_login(member.user)
    session = browser.session
    session["membership"] = str(member.pk)
    session.save()
    return browser


@pytest.fixture
def committed(stored_world: Stored, django_db_blocker: pytest.FixtureRequest) -> Iterator[Universe]:
    """Give the world in a copy of the database where commits are real (PostgreSQL only)."""
    name = settings.DATABASES["default"]["NAME"]
    assert name.startswith("test_"), "only a test database is ever copied"
    copied = f"{name}_{uuid.uuid4().hex[:8]}"
    with django_db_blocker.unblock():
        connection.close()
        on_server(f'CREATE DATABASE "{copied}" TEMPLATE "{name}"')
        connection.settings_dict["NAME"] = copied
        try:
            yield stored_world.unpack()
        finally:
            connection.close()
            connection.settings_dict["NAME"] = name
            on_server(f'DROP DATABASE "{copied}" WITH (FORCE)')


def on_server(statement: str) -> None:
    """Run a statement that concerns whole databases, outside every transaction."""
    with connections["default"]._nodb_cursor() as cursor:
        cursor.execute(statement)
