"""What every rule must carry."""

import re
from datetime import UTC, datetime

import pytest

from sessions_app.safety.catalogue import CATALOGUE, Rule, catalogue_of, rule

EXPECTED = ["B1", "B2", "B3", "L1", "D1", "H1", "H2", "H3", "H4", "H5", "V1", "X1", "PC"]
UNWANTED = re.compile(r"\b(safe|cures?|detox|effect|spreads?|certified|clears?)\b", re.IGNORECASE)


def test_the_rules_that_the_clinic_was_told_of_are_there() -> None:
    assert sorted(each.id for each in CATALOGUE) == sorted(EXPECTED)


@pytest.mark.parametrize("each", CATALOGUE, ids=lambda each: each.id)
def test_each_rule_tells_what_why_and_from_where(each: Rule) -> None:
    words = (each.title, each.topic, each.wording, each.reason, each.adaptation, each.source)
    assert all(text.strip() for text in words)
    assert each.version >= 1
    assert each.levels
    assert each.reviewed_on <= datetime.now(tz=UTC).date()
    assert rule(each.id) is each


@pytest.mark.parametrize("each", CATALOGUE, ids=lambda each: each.id)
def test_no_rule_promises_anything(each: Rule) -> None:
    words = (each.title, each.wording, each.reason, each.adaptation)
    assert not UNWANTED.search(" ".join(words))


def test_a_rule_may_not_be_there_twice() -> None:
    with pytest.raises(ValueError, match="B1"):
        catalogue_of(rule("B1"), rule("B2"), rule("B1"))


def test_an_unknown_rule_is_refused() -> None:
    with pytest.raises(KeyError):
        rule("Z9")
