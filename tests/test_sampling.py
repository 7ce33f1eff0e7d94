"""Which cases of a table the inner loop tries."""

import pytest

from tests.sampling import spread


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
