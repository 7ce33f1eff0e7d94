"""What a rule declares of itself is what it does: the facts it reads, its levels, its lift."""

from collections import defaultdict
from dataclasses import replace

import pytest

from sessions_app.safety.catalogue import CATALOGUE, Rule, rule
from sessions_app.safety.facts import PatientFacts
from sessions_app.safety.situation import Situation
from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.severity import Level
from tests.safety.truth_facts import sites_of
from tests.safety.truth_tables import Answer, Case, answer, stored_cases

CASES: dict[str, list[Case]] = defaultdict(list)
for each_case in stored_cases():
    CASES[each_case.rule].append(each_case)

LIFTS = {
    "B1": (1, ""), "B2": (1, ""),
    "B3": (1, "hands+foot_top_left+foot_top_right+foot_sole_left+foot_sole_right+scalp"),
    "B4": (-1, ""), "B5": (3, ""), "N1": (-1, ""), "N3": (-1, ""),
    "H1": (0, ""), "H2": (1, ""), "H3": (2, ""), "H5": (2, ""), "H6": (3, ""),
    "V1": (-1, ""), "V3": (-1, ""), "L1": (2, ""), "L2": (-1, ""), "L3": (-1, ""),
    "O1": (1, ""), "O2": (2, ""), "W1": (1, ""), "W2": (-1, ""),
    "R1": (1, ""), "R2": (-1, ""), "R3": (3, ""), "C1": (3, ""),
    "D1": (1, ""), "D2": (2, ""), "D3": (1, ""), "T1": (1, ""),
    "F2": (-1, ""), "F3": (-1, ""), "P2": (-1, ""),
    "Q2": (-1, ""), "M1": (-1, ""), "U3": (-1, ""), "Y2": (-1, ""), "PC": (3, ""),
}  # fmt: skip
"""How far an order can lift a rule, and where; -1 lets the session begin and lifts no site."""

NEVER_DEMANDED = {
    *(FactKind.PLATELETS, FactKind.NEUTROPHILS, FactKind.HAEMOGLOBIN),
    *(FactKind.TEMPERATURE, FactKind.BLOOD_PRESSURE, FactKind.SENSITIVE_CONSENT),
}
"""Measurements, and the consent that is needed only where such an area is touched."""


def without(situation: Situation, *kinds: FactKind) -> Situation:
    """The same situation as if nothing were known of these kinds."""
    kept = tuple(fact for fact in situation.facts.facts if fact.kind not in kinds)
    return replace(situation, facts=PatientFacts(kept))


def answered(each: Rule, situation: Situation) -> Answer:
    """What the rule says."""
    return answer(each.speak(situation))


@pytest.mark.parametrize("each", CATALOGUE, ids=lambda each: each.id)
def test_a_rule_reads_what_it_says_and_nothing_else(each: Rule) -> None:
    others = set(FactKind) - set(each.reads)
    for case in CASES[each.id]:
        assert answered(each, without(case.situation, *others)) == case.expected, case.where
    for kind in each.reads:
        assert any(
            answered(each, without(case.situation, kind)) != case.expected
            for case in CASES[each.id]
        ), kind


@pytest.mark.parametrize("each", CATALOGUE, ids=lambda each: each.id)
def test_a_rule_speaks_at_all_the_levels_it_says_and_at_no_other(each: Rule) -> None:
    heard = {case.expected.level for case in CASES[each.id]} - {None}
    assert set(each.levels) == heard
    assert len(set(each.levels)) == len(each.levels)
    assert each.levels[0] is max(each.levels, key=lambda level: level.rank)


@pytest.mark.parametrize("each", CATALOGUE, ids=lambda each: each.id)
def test_a_rule_asks_only_for_what_it_reads(each: Rule) -> None:
    assert set(each.asks) <= set(each.reads)
    assert len(set(each.asks)) == len(each.asks)


def test_each_kind_is_read_by_a_rule_and_asked_by_one_unless_it_is_measured() -> None:
    assert {kind for each in CATALOGUE for kind in each.reads} == set(FactKind)
    assert {kind for each in CATALOGUE for kind in each.asks} == set(FactKind) - NEVER_DEMANDED


def test_a_rule_reads_each_kind_once() -> None:
    assert not [each.id for each in CATALOGUE if len(set(each.reads)) != len(each.reads)]


def test_an_order_can_lift_what_the_table_says() -> None:
    told = {each.id: each.lift for each in CATALOGUE if each.lift}
    assert {id: (lift.up_to, lift.sites) for id, lift in told.items()} == {
        id: (up_to, sites_of(where) if where else frozenset())
        for id, (up_to, where) in LIFTS.items()
    }


def test_no_order_lifts_an_emergency_or_a_missing_consent() -> None:
    not_lifted = {each.id for each in CATALOGUE if Level.STOP in each.levels and not each.lift}
    assert not_lifted == {"X1", "X2", "F1"}
    assert rule("N2").lift is None
    assert rule("V2").lift is None
