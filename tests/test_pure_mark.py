"""What is marked as pure runs on one database only: the mark is held to be true."""

from pathlib import Path

import pytest
from django.db import connection

from tests.conftest import mark_pure


class Item:
    """A collected test: its file, its fixtures, its marks."""

    def __init__(self, file: str, *fixtures: str, mark: str = "") -> None:
        self.path, self.fixturenames, self.marks = Path(file), fixtures, [mark]

    def get_closest_marker(self, name: str) -> str | None:
        """Return the mark where the test has it."""
        return name if name in self.marks else None

    def add_marker(self, name: str) -> None:
        """Add a mark."""
        self.marks.append(name)


def test_a_test_that_asks_for_no_database_cannot_open_one() -> None:
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        connection.ensure_connection()


@pytest.mark.parametrize(
    ("item", "pure"),
    [
        (Item("a.py"), True),
        (Item("a.py", "tmp_path"), True),
        (Item("a.py", "universe", "stored_world", "django_db_setup", "db"), False),
        (Item("a.py", "seeded", "django_db_setup"), False),
        (Item("a.py", "visitor", "browser", "address"), False),
        (Item("a.py", mark="django_db"), False),
    ],
)
def test_who_asks_for_a_database_is_not_pure(item: Item, pure: bool) -> None:
    mark_pure([item])  # type: ignore[list-item]
    assert ("pure" in item.marks) is pure


def test_a_file_is_pure_as_a_whole_or_not_at_all() -> None:
    items = [Item("a.py"), Item("a.py", "db"), Item("b.py")]
    mark_pure(items)  # type: ignore[arg-type]
    assert ["pure" in item.marks for item in items] == [False, False, True]
