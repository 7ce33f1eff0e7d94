"""Rows that are added up in the process give the answers of the statements, line by line."""

import random
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sessions_app.dashboards import adherence_sums, change_sums, complete_sums, lasting_sums
from sessions_app.dashboards.panels import happening, over_time, therapists
from sessions_app.dashboards.rows import folds, lasting
from sessions_app.dashboards.rows.packing import Packing
from sessions_app.dashboards.rows.reading import ID, courses, read_once, sessions
from sessions_app.dashboards.rows.scoring import told
from sessions_app.dashboards.scope import Scope
from sessions_app.dashboards.statement import Rows
from sessions_app.sessions.models import Session
from sessions_app.vocabulary.records import SessionStatus
from tests.dashboards.drawing import admit
from tests.dashboards.test_lasting import measure_later
from tests.dashboards.ward import a_ward, scopes
from tests.universe import Universe, ratings

pytestmark = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="only on SQLite are rows added up"
)
Answer = Callable[[Scope], Rows]


def labelled(scope: Scope) -> Rows:
    arms = sorted({arm for _, arm in happening.counted(scope)})
    return adherence_sums._statement(scope, arms).answer()


def labels(scope: Scope) -> Rows:
    arms = sorted({arm for _, arm in happening.counted(scope)})
    return adherence_sums._rows(scope, arms)


BOTH: dict[str, tuple[Answer, Answer]] = {
    "happening": (lambda scope: happening._statement(scope).answer(), folds.became),
    "labels": (labelled, labels),
    "changed": (lambda scope: change_sums._statement(scope).answer(), folds.changes),
    "lasting": (lambda scope: lasting_sums._statement(scope).answer(), lasting_sums._counted),
    "complete": (lambda scope: complete_sums._statement(scope).answer(), folds.complete),
    "over_time": (lambda scope: over_time._statement(scope).answer(), folds.by_week),
    "therapists": (
        lambda scope: therapists._statement(scope).answer(),
        lambda scope: list(therapists._counted(scope)),
    ),
}


def alike(rows: Rows) -> list[tuple[str, ...]]:
    """Return rows in an order of their own, numbers alike whatever they were counted with."""
    return sorted(tuple(_told(one) for one in row) for row in rows)


def _told(one: Any) -> str:
    return str(int(one)) if isinstance(one, int | Decimal) else str(one)


def without_a_given_one(universe: Universe) -> None:
    """Enrol patients of whom nothing was given: one was not, of one it is not told yet."""
    refused, begun = (admit(universe, "rest", arm, days=5) for arm in ("massage", "touch"))
    for course in (refused, universe.ada_course):
        universe.not_given(course)
    universe.start(begun, before=ratings(pain=0, mood=4))


@pytest.mark.slow
@pytest.mark.parametrize("seed", [3, 2008])
def test_what_is_added_up_here_is_what_the_statement_answers(universe: Universe, seed: int) -> None:
    a_ward(universe, seed)
    measure_later(universe, random.Random(seed))  # noqa: S311 - invented scores
    without_a_given_one(universe)
    for name, scope in scopes(universe).items():
        for question, (asked, counted) in BOTH.items():
            assert alike(counted(scope)) == alike(asked(scope)), f"{question}, {name}"


def test_a_course_of_which_nothing_was_given_has_its_answers(universe: Universe) -> None:
    without_a_given_one(universe)
    for name, scope in scopes(universe).items():
        for question, (asked, counted) in BOTH.items():
            assert alike(counted(scope)) == alike(asked(scope)), f"{question}, {name}"


def test_a_page_reads_its_rows_once_and_keeps_none_of_them(universe: Universe) -> None:
    scope = scopes(universe)["everything"]
    with CaptureQueriesContext(connection) as said, read_once():
        first = [one(scope) for one in (told, sessions, courses)]
        assert [one(scope) for one in (told, sessions, courses)] == first
    assert len(said) == 3
    with CaptureQueriesContext(connection) as said:
        told(scope)
        told(scope)
    assert len(said) == 2


def test_the_next_session_is_looked_up_where_it_lies_after_the_days(universe: Universe) -> None:
    a_ward(universe, 5)
    for name, scope in scopes(universe).items():
        some = {one[ID] for one in sessions(scope)[:3]}
        found = lasting._befores(scope, some)
        for scale, pairs in told(scope).pairs.items():
            for session in some & pairs.keys():
                assert found.get((session, scale)) == pairs[session].before, name


def test_a_course_holds_its_sessions_within_the_scope_and_beyond_it(universe: Universe) -> None:
    a_ward(universe, 8)
    without_a_given_one(universe)
    for name, scope in scopes(universe).items():
        for key, course in courses(scope).items():
            rows = Session.objects.filter(
                enrolment_id=key, status__in=(SessionStatus.GIVEN, SessionStatus.IN_PROGRESS)
            )
            in_order = rows.order_by("performed_at", "pk").values_list("pk", flat=True)
            assert [one[ID] for one in course.sessions] == [one.hex for one in in_order], name


def test_numbers_that_are_packed_add_up_each_for_itself() -> None:
    packing, lot = Packing(), random.Random(4)  # noqa: S311 - invented numbers
    rows = [(lot.choice("abc"), (lot.randrange(2**20), lot.randrange(2))) for _ in range(900)]
    total = sum(packing.pack(group, numbers) for group, numbers in rows)
    (found,) = packing.unpacked([total])
    for group, place in packing.places.items():
        own = [numbers for one, numbers in rows if one == group]
        assert found[place] == tuple(map(sum, zip(*own, strict=True)))
