"""What every rule must carry."""

import re
from datetime import UTC, datetime

import pytest

from sessions_app.safety.catalogue import CATALOGUE, Rule, catalogue_of, rule

# Every rule of the published table, and PC for the usual ceiling
EXPECTED = [
    "B1", "B2", "B3", "B4", "B5", "N1", "N2", "N3", "H1", "H2", "H3", "H4",
    "H5", "H6", "V1", "V2", "V3", "L1", "L2", "L3", "W1", "W2", "R1", "R2",
    "R3", "C1", "C2", "D1", "D2", "D3", "T1", "F1", "F2", "F3", "P1", "P2",
    "K1", "O1", "O2", "A1", "Q1", "Q2", "Q3", "M1", "M2", "M3", "U1", "U2",
    "U3", "G1", "G2", "E1", "X1", "X2", "X3", "Y1", "Y2", "Y3", "PC",
]  # fmt: skip
UNWANTED = re.compile(r"\b(safe|cures?|detox|effect|spreads?|certified|clears?)\b", re.IGNORECASE)


def test_every_rule_of_the_table_is_there() -> None:
    assert sorted(each.id for each in CATALOGUE) == sorted(EXPECTED)


@pytest.mark.parametrize("each", CATALOGUE, ids=lambda each: each.id)
def test_each_rule_tells_what_why_and_from_where(each: Rule) -> None:
    words = (each.title, each.topic, each.wording, each.reason, each.adaptation, each.source)
    assert all(text.strip() for text in words)
    assert each.version >= 1
    assert each.levels
    assert each.reviewed_on <= datetime.now(UTC).date()
    assert rule(each.id) is each


@pytest.mark.parametrize("each", CATALOGUE, ids=lambda each: each.id)
def test_no_rule_promises_anything(each: Rule) -> None:
    words = (each.title, each.wording, each.reason, each.adaptation)
    assert not UNWANTED.search(" ".join(words))


def test_a_rule_may_not_be_there_twice() -> None:
    with pytest.raises(ValueError, match="B1"):
        catalogue_of(rule("B1"), rule("B2"), rule("B1"))


def test_rules_with_ids_of_their_own_make_a_catalogue() -> None:
    assert catalogue_of(rule("B1"), rule("B2")) == (rule("B1"), rule("B2"))
    assert catalogue_of() == ()


def test_an_unknown_rule_is_refused() -> None:
    with pytest.raises(KeyError):
        rule("Z9")
