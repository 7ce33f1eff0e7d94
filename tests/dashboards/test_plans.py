"""SQLite reads what a dashboard asks by the indexes made for it, and never a whole table."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from sessions_app.dashboards.clinic_dashboard import QUESTIONS
from sessions_app.dashboards.links import Links
from sessions_app.dashboards.scope import Scope
from tests.dashboards.test_change_sums import usual
from tests.dashboards.ward import a_ward
from tests.universe import Universe

BY_AN_INDEX = re.compile(
    r"SEARCH [scx] USING (COVERING )?INDEX (session_by_time_covering|session_of_course|"
    r"score_counted_by_time|sqlite_autoindex_sessions_app_score_\d)\b"
)
OF_ROWS = re.compile(r"(SCAN|SEARCH|BLOOM FILTER ON) [scx]\b")


def test_sessions_and_scores_are_found_by_an_index(universe: Universe) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("only on SQLite: PostgreSQL chooses by what it knows of the rows")
    a_ward(universe, 11, sessions=60)
    scope = usual(universe)
    assert_every_question_goes_by_an_index(scope)  # as the file comes: SQLite has counted nothing
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    assert_every_question_goes_by_an_index(scope)


def assert_every_question_goes_by_an_index(scope: Scope) -> None:
    for code, question in QUESTIONS.items():
        asked = _asked(lambda ask=question: ask(scope, Links(scope, may_follow=True)))
        plans = []
        with connection.cursor() as cursor:
            for sql, values in asked:
                cursor.execute(f"EXPLAIN QUERY PLAN {sql}", values)
                plans += [step for *_, step in cursor.fetchall()]
        read = [step for step in plans if OF_ROWS.match(step)]
        assert read, code
        assert [step for step in read if not BY_AN_INDEX.match(step)] == [], code


def _asked(deed: Callable[[], object]) -> list[tuple[str, Any]]:
    """Return each statement of a deed with its values, whoever asks it."""
    told: list[tuple[str, Any]] = []

    def noted(execute: Any, sql: str, values: Any, many: bool, context: Any) -> Any:
        told.append((sql, values))
        return execute(sql, values, many, context)

    with connection.execute_wrapper(noted):
        deed()
    return told
