"""A closed list that reaches a template is walked through, never called."""

import importlib
from collections.abc import Iterator
from enum import Enum

import pytest

from tests.architecture.sources import modules

WITHOUT_PAGES = "sessions_app/demo/"


def _lists() -> Iterator[type[Enum]]:
    """Yield every closed list that the product declares, wherever it stands."""
    for path in modules():
        if path.startswith("sessions_app/") and not path.startswith(WITHOUT_PAGES):
            module = importlib.import_module(path.removesuffix(".py").replace("/", "."))
            for one in vars(module).values():
                is_list = isinstance(one, type) and issubclass(one, Enum)
                if is_list and one.__module__ == module.__name__:
                    yield one


LISTS = list(_lists())


@pytest.mark.parametrize("one", LISTS, ids=lambda one: one.__name__)
def test_django_is_told_not_to_call_it(one: type[Enum]) -> None:
    """Called without a code it would fail, and a template takes that for an empty list."""
    assert one.do_not_call_in_templates is True  # type: ignore[attr-defined]


def test_the_lists_of_the_clinic_are_among_them() -> None:
    assert {"FactKind", "BodySite", "Pressure", "Permission", "Event"} <= {
        one.__name__ for one in LISTS
    }
