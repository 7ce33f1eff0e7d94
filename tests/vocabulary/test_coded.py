"""What holds for every closed list."""

import importlib
import pkgutil
from typing import Any

import pytest
from django.template import Context, Engine

from sessions_app import vocabulary
from sessions_app.vocabulary.coded import Coded
from sessions_app.vocabulary.pressure import NO_CONTACT, Pressure
from sessions_app.vocabulary.roles import Role
from sessions_app.vocabulary.severity import Level
from sessions_app.vocabulary.techniques import SIMPLE_TOUCH, Technique

for module in pkgutil.iter_modules(vocabulary.__path__):
    importlib.import_module(f"{vocabulary.__name__}.{module.name}")

LISTS = sorted(
    (each for each in Coded.__subclasses__() if each.__module__.startswith(vocabulary.__name__)),
    key=lambda each: each.__name__,
)
HEADINGS = {"SiteGroup"}


@pytest.mark.parametrize("words", LISTS)
def test_each_member_equals_its_code_and_is_found_by_it(words: type[Coded]) -> None:
    for member in words:
        assert member == member.value
        assert words(member.value) is member


@pytest.mark.parametrize("words", LISTS)
def test_codes_are_the_names_in_lower_case_so_that_nobody_guesses(words: type[Coded]) -> None:
    assert [member.value for member in words] == [name.lower() for name in words.__members__]


@pytest.mark.parametrize("words", LISTS)
def test_labels_are_given_and_differ(words: type[Coded]) -> None:
    assert all(label.strip() for label in words.labels())
    assert len(set(words.labels())) == len(words)


@pytest.mark.parametrize("words", [w for w in LISTS if w.__name__ not in HEADINGS])
def test_each_member_says_what_it_means(words: type[Coded]) -> None:
    assert all(member.meaning.endswith(".") for member in words)


@pytest.mark.parametrize("words", [*LISTS, Pressure])
def test_a_template_walks_through_a_whole_list_instead_of_calling_it(words: Any) -> None:
    page = Engine().from_string("{% for one in words %}{{ one.label }}\n{% endfor %}")
    shown = page.render(Context({"words": words}, autoescape=False))
    assert shown.splitlines() == [member.label for member in words]
    assert "do_not_call_in_templates" not in words.__members__


def test_choices_are_code_and_label_in_order() -> None:
    assert Role.choices()[0] == ("therapist", "Therapist")
    assert [code for code, _ in Role.choices()] == list(Role)


def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(ValueError, match="masseur"):
        Role("masseur")


def test_levels_are_ordered_from_information_to_emergency() -> None:
    assert [level.rank for level in Level] == [0, 1, 2, 3]
    assert Level.EMERGENCY.rank > Level.STOP.rank > Level.CONFIRM.rank > Level.INFORM.rank


def test_pressure_runs_from_a_resting_hand_to_the_strongest() -> None:
    assert [int(level) for level in Pressure] == [0, 1, 2, 3, 4, 5]
    assert min(Pressure) > NO_CONTACT
    assert all(level.label.startswith(f"{int(level)} ") and level.meaning for level in Pressure)
    assert Pressure.choices()[0] == (0, "0 · resting hand")


def test_simple_touch_is_still_hands_and_nothing_else() -> None:
    assert {Technique.STILL_HOLDING} == SIMPLE_TOUCH
