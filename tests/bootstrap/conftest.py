"""The fixture of the bootstrap's tests."""

from pathlib import Path

import pytest

from tests.bootstrap.clone import Clone, make_clone


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    """Give a fresh clone of the project whose lock pins a stand-in for Django."""
    return make_clone(tmp_path / "clone", tmp_path / "shelf")
