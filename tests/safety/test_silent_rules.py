"""A rule that is passed over would have said nothing; a sentence is spelled when it is read."""

from datetime import date

import pytest
from hypothesis import given

from sessions_app.safety.assess import find
from sessions_app.safety.catalogue import CATALOGUE
from sessions_app.safety.checks import present
from sessions_app.safety.facts import Fact, PatientFacts
from sessions_app.safety.rule import Hit, Rule
from sessions_app.safety.situation import Situation
from sessions_app.vocabulary.body_sites import BodySite
from sessions_app.vocabulary.conditions import FactKind
from tests.safety.making import TODAY, any_facts


def test_some_rules_need_a_fact_and_others_speak_without_any() -> None:
    needing = {each.id for each in CATALOGUE if each.needs}
    assert {"B5", "X3", "E1"} <= needing
    assert not {"X1", "X2", "PC", "Q2", "Y1"} & needing
    assert all(each.needs <= set(each.reads) for each in CATALOGUE)


@given(any_facts)
def test_who_is_passed_over_would_have_said_nothing(known: list[Fact]) -> None:
    asked = Situation(PatientFacts(tuple(known)), TODAY)
    assert find(asked) == [finding for each in CATALOGUE for finding in each.speak(asked)]


@pytest.mark.parametrize("each", [one for one in CATALOGUE if one.needs], ids=lambda one: one.id)
def test_a_rule_says_nothing_without_what_it_needs(each: Rule) -> None:
    assert each.speak(Situation(PatientFacts(), TODAY)) == []


def test_two_sentences_over_the_same_are_the_same() -> None:
    def hits(source: str) -> list[Hit]:
        sites = frozenset({BodySite.HIP_LEFT})
        fact = Fact(FactKind.WOUND, sites, None, "", date(2026, 11, 1), None, source, "f")
        return list(present(FactKind.WOUND)(Situation(PatientFacts((fact,)), TODAY)))

    assert hits("chart") == hits("chart") != hits("letter")
    assert hits("chart")[0].message.endswith("left hip (1 Nov 2026; chart).")
