"""The drawings of the examples are the ones that were looked at."""

import difflib
from pathlib import Path

import pytest

from sessions_app.charts.chart import SIZES, Size
from tests.charts.examples import EXAMPLES

GOLDEN = Path(__file__).with_name("golden")
SHEETS = [(name, size) for name in EXAMPLES for size in SIZES if name != "empty"]


def kept(name: str, size: Size) -> Path:
    return GOLDEN / f"{name}-{size.name}.svg"


def drawn(name: str, size: Size) -> str:
    """Return the drawing, an element a line."""
    return EXAMPLES[name].draw(size, "c").replace("><", ">\n<")


@pytest.mark.parametrize(("name", "size"), SHEETS)
def test_a_drawing_is_the_one_that_was_looked_at(name, size):
    now, before = drawn(name, size), kept(name, size).read_text(encoding="utf-8").rstrip("\n")
    changed = "\n".join(difflib.unified_diff(before.splitlines(), now.splitlines(), n=0))
    assert now == before, (
        "The chart is drawn differently. Look at it (python -m tests.charts.show DIR); if it is "
        f"meant, store it (python -m tests.charts.golden). Changed:\n{changed[:3000]}"
    )


def test_no_drawing_is_kept_for_nothing():
    assert {path.name for path in GOLDEN.iterdir()} == {kept(*one).name for one in SHEETS}
