"""Writers, a folder and a checker at once: no figure is off, and nobody waits for the folder."""

import random
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, connections, transaction

from sessions_app.rollups import folding
from sessions_app.rollups.checking import first_difference
from sessions_app.sessions.models import Score, Session
from sessions_app.sessions.unfolded_model import Unfolded
from tests.rollups.counting import mark, moved
from tests.universe import Universe, ratings

pytestmark = pytest.mark.postgres
SNAPSHOT = "SET TRANSACTION ISOLATION LEVEL {}"


def in_another_connection(deed: Any, *given: Any) -> Any:
    """Do a deed as somebody else would, and wait until it has committed."""

    def elsewhere() -> Any:
        try:
            return deed(*given)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(elsewhere).result(timeout=60)


def fold_while(world: Universe, isolation: str, deed: Any) -> None:
    """Fold step by step; between reading the rows and taking the marks away, somebody writes."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(SNAPSHOT.format(isolation))
        folding.take_in(world.now)
        in_another_connection(deed)
        folding.forget()


def differs(world: Universe) -> str:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(SNAPSHOT.format("REPEATABLE READ"))
        return first_difference(world.now)


@pytest.mark.parametrize(
    ("isolation", "exact"), [("REPEATABLE READ", True), ("READ COMMITTED", False)]
)
def test_what_is_written_between_two_steps_of_the_folder_is_kept_by_one_snapshot_only(
    committed: Universe, isolation: str, exact: bool
) -> None:
    """The negative control: at READ COMMITTED a mark is taken away whose rows were never read."""
    folding.fold(committed.now)
    committed.log(committed.ada_course)
    fold_while(committed, isolation, lambda: committed.log(committed.ada_course))
    assert Unfolded.objects.exists() == exact
    assert (differs(committed) == "") == exact


def test_a_write_that_is_not_committed_is_taken_in_later(committed: Universe) -> None:
    folding.fold(committed.now)
    with transaction.atomic():
        committed.log(committed.bruno_course)
        assert in_another_connection(folding.fold, committed.now)
    assert Unfolded.objects.count() == 1
    assert differs(committed) == ""
    assert folding.fold(committed.now)
    assert not Unfolded.objects.exists()
    assert differs(committed) == ""


def test_one_folds_at_a_time(committed: Universe) -> None:
    with folding._alone() as mine:
        assert mine
        assert in_another_connection(folding.fold, committed.now) is False
    assert in_another_connection(folding.fold, committed.now) is True


def a_writer(world: Universe, name: str, number: int) -> int:
    """Log, move and delete sessions of a patient, each in its own transaction."""
    lot = random.Random(name)  # noqa: S311 - no secret
    for _ in range(number):
        when = world.now - timedelta(hours=lot.randint(1, 4000))
        pair = {
            "before": ratings(pain=lot.randint(0, 10)),
            "after": ratings(pain=lot.randint(0, 10)),
        }
        row = world.log(world.courses[name], performed_at=when, **pair)
        with transaction.atomic():
            if lot.random() < 0.4:
                moved(Session.objects.get(pk=row.pk), lot)
            elif lot.random() < 0.3:
                Score.objects.filter(session_id=row.pk).delete()
                mark(row)
            transaction.set_rollback(lot.random() < 0.2)
    return number


@pytest.mark.slow
def test_writers_a_folder_and_a_checker_at_once(committed: Universe) -> None:
    done = threading.Event()

    def go_on(deed: Any) -> list[Any]:
        found = []
        try:
            while not done.is_set():
                found.append(deed())
        finally:
            connections.close_all()
        return found

    def writes(name: str) -> int:
        try:
            return a_writer(committed, name, 12)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(5) as pool:
        folds = pool.submit(go_on, lambda: folding.fold(committed.now))
        checks = pool.submit(go_on, lambda: differs(committed))
        writers = [pool.submit(writes, name) for name in ("ada", "bruno", "diego")]
        try:
            assert [one.result(timeout=120) for one in writers] == [12, 12, 12]
        finally:
            done.set()
        assert all(folds.result(timeout=60))
        assert set(checks.result(timeout=60)) == {""}
    folding.fold(committed.now)
    assert not Unfolded.objects.exists()
    assert differs(committed) == ""
