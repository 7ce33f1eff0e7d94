"""Sweeps over very many cases: the inner loop tries some of them, `verify` tries all."""

from collections.abc import Iterable
from typing import Any

import pytest


def sampled(cases: Iterable[Any], every: int = 5) -> list[Any]:
    """Return the cases for `parametrize`; all but each `every`-th, from the first on, are slow.

    A case that is a tuple gives its values to several arguments, as in `parametrize` itself.
    """
    return [
        pytest.param(
            *(case if isinstance(case, tuple) else (case,)),
            marks=() if number % every == 0 else pytest.mark.slow,
        )
        for number, case in enumerate(cases)
    ]
