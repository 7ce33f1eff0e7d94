"""How large the two sweeps over all pages are, told at the end of every run that tried them.

The numbers are counted from the lists that the tests are made of; what was tried in this run, from
its reports, so that they are right under xdist and where a run leaves cases out.
"""

from collections.abc import Iterator

import pytest

CONTROLS = "controls"
"""What the sweep of foreign ids writes into its reports: how many controls it filled."""

TESTS = "tests/architecture/"
ACCESS = (
    "test_access.py::test_the_answer_is_the_published_one[",
    "test_access.py::test_a_page_that_only_shows_takes_no_post[",
    "test_access.py::test_what_another_clinic_owns_is_as_absent_as_what_nobody_owns[",
    "test_access.py::test_a_page_of_the_own_clinic_shows_nothing_of_another[",
)
FOREIGN = "test_foreign_ids.py::test_no_form_takes_an_id_of_another_clinic["


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print a paragraph for each sweep that was tried."""
    told = [report for kind in ("passed", "failed") for report in _of(terminalreporter, kind)]
    if access := [_tried(told, one) for one in ACCESS if _tried(told, one)]:
        terminalreporter.write_line(_access(sum(map(len, access))))
    if foreign := _tried(told, FOREIGN):
        terminalreporter.write_line(_foreign(foreign))


def _access(tried: int) -> str:
    from tests.architecture import test_access as sweep

    asked, scopes = len(sweep.CASES), len(sweep.ROLES)
    foreign, own = len(sweep.WITH_OWNED), len(sweep.SHOWN_TO_OTHERS)
    shut = len(sweep.READ_ONLY)
    return (
        f"Access sweep: {len(sweep.GET)} addresses (GET) and {len(sweep.POST)} (POST) × {scopes} "
        f"(signed out, {scopes - 2} roles, another clinic's therapist) = {asked} answers; "
        f"{shut} that take no POST, {foreign} with another clinic's ids, {own} for a trace of "
        f"another clinic: {asked + shut + foreign + own} cases, {tried} of them in this run."
    )


def _foreign(tried: list[pytest.TestReport]) -> str:
    from tests.architecture import test_foreign_ids as sweep

    controls = sum(int(str(dict(one.user_properties).get(CONTROLS, 0))) for one in tried)
    pages = len({name for name, _ in sweep.WITH_FORMS})
    return (
        f"Foreign ids: {pages} pages × {len(sweep.ROLES)} roles = {len(sweep.WITH_FORMS)} cases, "
        f"each control with an id × {len(sweep.FOREIGN)} ids of another clinic; in this run "
        f"{len(tried)} cases, {controls} controls, {controls * len(sweep.FOREIGN)} sendings."
    )


def _of(terminal: pytest.TerminalReporter, kind: str) -> Iterator[pytest.TestReport]:
    """Yield the reports of an outcome; the set-up of a test reports too, and is left out."""
    yield from (one for one in terminal.stats.get(kind, []) if getattr(one, "when", "") == "call")


def _tried(told: list[pytest.TestReport], test: str) -> list[pytest.TestReport]:
    return [report for report in told if report.nodeid.startswith(TESTS + test)]
