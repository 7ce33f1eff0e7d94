"""Which cases of a table the inner loop tries."""

import pytest

from tests.sampling import spread, thin


@pytest.mark.parametrize(
    ("cases", "tried"),
    [
        (0, []),
        (1, [0]),
        (2, [0, 1]),
        (3, [0, 2]),
        (11, [0, 10]),
        (80, [0, 79]),
        (81, [0, 40, 80]),
        (120, [0, 60, 119]),
        (160, [0, 53, 106, 159]),
    ],
)
def test_the_first_the_last_and_some_evenly_between(cases: int, tried: list[int]) -> None:
    assert spread(range(cases)) == tried


def test_of_hundreds_one_in_forty_is_tried_and_none_twice() -> None:
    tried = spread(range(924))
    assert len(tried) == len(set(tried)) == 24


class Table:
    """The table of a test, as pytest holds its cases before it makes a test of each."""

    def __init__(self) -> None:
        self._calls = list(range(924))


def test_the_cases_that_are_left_out_are_never_made() -> None:
    table = Table()
    thin(table)  # type: ignore[arg-type]
    assert table._calls == spread(range(924))
