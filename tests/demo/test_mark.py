"""The demo touches no database that it did not make."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from sessions_app.demo import mark


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Give the place of a database; nothing is there yet."""
    return tmp_path / "stillhand.sqlite3"


def holding(database: Path, *slugs: str) -> Path:
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("CREATE TABLE sessions_app_clinic (slug TEXT)")
        connection.executemany(
            "INSERT INTO sessions_app_clinic VALUES (?)", [(slug,) for slug in slugs]
        )
    return database


def test_an_empty_folder_is_the_demo_s(database: Path) -> None:
    mark.check(database)
    mark.put(database)
    mark.check(holding(database, "demo-birchwood"))


def test_an_interrupted_first_start_is_no_obstacle(database: Path) -> None:
    mark.put(database)
    database.touch()
    mark.check(database)


@pytest.mark.parametrize("slugs", [("oakfield",), (), ("demo-birchwood",)])
def test_a_database_without_the_mark_is_refused(database: Path, slugs: tuple[str, ...]) -> None:
    holding(database, *slugs)
    with pytest.raises(mark.NotOurs, match="was not made by the demo"):
        mark.check(database)


def test_a_marked_folder_with_a_real_clinic_in_its_database_is_refused(database: Path) -> None:
    mark.put(database)
    holding(database, "demo-birchwood", "oakfield")
    with pytest.raises(mark.NotOurs, match="did not make \\(oakfield\\)"):
        mark.check(database)


def test_what_is_no_database_is_refused_in_one_line(database: Path) -> None:
    mark.put(database)
    database.write_text("not a database, but longer than its header would be " * 40)
    with pytest.raises(mark.NotOurs, match="cannot be read") as refused:
        mark.check(database)
    assert "\n" not in str(refused.value)


def test_reset_deletes_the_demo_s_own_database_with_its_mark(database: Path) -> None:
    mark.put(database)
    holding(database, "demo-birchwood")
    database.with_name("stillhand.sqlite3-wal").touch()
    other = database.with_name("notes.txt")
    other.touch()
    mark.delete(database)
    assert list(database.parent.iterdir()) == [other]


def test_reset_leaves_every_other_database_alone(database: Path) -> None:
    holding(database, "oakfield")
    before = database.read_bytes()
    with pytest.raises(mark.NotOurs):
        mark.delete(database)
    assert database.read_bytes() == before


def test_reset_of_nothing_is_nothing(database: Path) -> None:
    mark.delete(database)
    assert list(database.parent.iterdir()) == []
