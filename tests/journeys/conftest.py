"""One browser and one running product for all journeys; a fresh context for each visitor.

The scope is the package: Playwright's event loop must have ended before other tests use Django's
database in this thread.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from clinic.components import NO_BROWSER, find_browser
from tests.journeys import examining, server
from tests.journeys import visitor as visitors
from tests.journeys.launching import launch
from tests.journeys.visitor import DESKTOP, ON_POSTGRES, PHONE, Visitor

ONCE = {
    "test_demo.py",  # it has an SQLite of its own
    "test_alert_budget.py",
    "test_allowed_today.py",
    "test_body_map.py",
    "test_charts.py",
    "test_dashboards.py",
    "test_idle.py",
    "test_keyboard.py",
    "test_large_letters.py",
    "test_light_and_dark.py",
    "test_long_names.py",
    "test_network.py",
    "test_other_clinic.py",
    "test_out_of_reach.py",
    "test_refused.py",
    "test_signed_out.py",
    "test_without_javascript.py",
}
"""What looks at drawings, colours, keys and scripts: a browser shows it alike on each database.

What these pages read and write is tried on both databases by the tests of their views: of sessions
(sessions/test_views_*.py), of sign-ins that end (people/test_lasting.py, test_kept_forms.py).
"""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark every test of this package; on PostgreSQL leave out what needs to be seen only once."""
    ours = [one for one in items if one.path.parent == server.ROOT / "tests" / "journeys"]
    for item in ours:
        item.add_marker(pytest.mark.journey)
    if not ON_POSTGRES:
        return
    out = [one for one in ours if one.path.name in ONCE]
    config.hook.pytest_deselected(items=out)
    items[:] = [one for one in items if one not in out]


@pytest.fixture(scope="package")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Give a headless Chromium; without one the journeys are skipped, or fail where required."""
    executable = find_browser()
    if executable is None and os.environ.get("REQUIRE_BROWSER") == "1":
        pytest.fail(NO_BROWSER)
    if executable is None:
        pytest.skip(NO_BROWSER)
    _tell_each_other(tmp_path_factory.getbasetemp())
    with sync_playwright() as playwright:
        started = launch(playwright, executable)
        yield started
        started.close()


def _tell_each_other(ours: Path) -> None:
    """Let what one worker has examined be known to the others: in what is theirs of this run."""
    everybodys = ours.parent if "PYTEST_XDIST_WORKER" in os.environ else ours
    visitors.EXAMINED.share(everybodys / "examined")
    examining.SEEN.share(everybodys / "seen")


@pytest.fixture(scope="package")
def address(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of the running product."""
    with server.served(tmp_path_factory.mktemp("served")) as served:
        yield served


Visit = Callable[..., Visitor]


@pytest.fixture
def visitor(browser: Browser, address: str) -> Iterator[Visit]:
    """Return a function that gives a new visitor, who is examined once more at the end."""
    opened: list[Visitor] = []

    def arrive(
        *, wide: bool = False, scripts: bool = True, by_name: bool = False, **settings: Any
    ) -> Visitor:
        # A passkey belongs to a name, and an address in numbers is none.
        where = address.replace("127.0.0.1", "localhost") if by_name else address
        screen = {"viewport": DESKTOP} if wide else {"viewport": PHONE, "has_touch": True}
        context = browser.new_context(java_script_enabled=scripts, **screen, **settings)
        opened.append(Visitor(context, where, scripts=scripts))
        return opened[-1]

    yield arrive
    for one in opened:
        one.context.close()
    assert not [complaint for one in opened for complaint in one.complaints]
