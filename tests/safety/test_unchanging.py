"""What the rules are given and what they answer cannot be changed once it is made."""

import dataclasses
from importlib import import_module
from pkgutil import walk_packages

import pytest

from sessions_app import safety
from sessions_app.safety.replay import Tally
from sessions_app.vocabulary.conditions import FactKind
from tests.safety.making import TODAY, facts, platelets

MADE = {
    thing
    for module in walk_packages(safety.__path__, f"{safety.__name__}.")
    for thing in vars(import_module(module.name)).values()
    if isinstance(thing, type)
    and dataclasses.is_dataclass(thing)
    and thing.__module__.startswith(safety.__name__)
}


def test_there_is_something_to_look_at() -> None:
    assert len(MADE) > 10


@pytest.mark.parametrize("thing", sorted(MADE - {Tally}, key=str), ids=lambda one: one.__name__)
def test_it_is_frozen_and_has_room_for_nothing_more(thing: type) -> None:
    assert thing.__dataclass_params__.frozen  # type: ignore[attr-defined]
    assert "__slots__" in vars(thing)


def test_being_asked_leaves_no_trace_in_what_facts_say() -> None:
    asked, fresh = facts(platelets(9_000)), facts(platelets(9_000))
    assert asked.deciding(FactKind.PLATELETS, TODAY) is asked.facts[0]
    assert asked == fresh
    assert repr(asked) == repr(fresh)
