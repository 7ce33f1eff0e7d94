"""What holds for any facts whatever."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as st

from sessions_app.safety.assess import assess, limits, shown_rules
from sessions_app.safety.catalogue import CATALOGUE
from sessions_app.safety.facts import ABSENT, Fact, PatientFacts
from sessions_app.safety.situation import PlannedSession
from sessions_app.safety.verdict import Verdict
from sessions_app.vocabulary.body_sites import ALL_SITES, BodySite
from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.severity import Level
from sessions_app.vocabulary.techniques import Technique
from tests.safety.making import (
    TODAY,
    any_facts,
    consent_facts,
    count_facts,
    hazard_facts,
)

COUNT_RULES = {"H1", "H2", "H3", "H5"}
plans = st.builds(
    PlannedSession,
    st.frozensets(st.sampled_from(list(Technique))),
    st.dictionaries(st.sampled_from(list(BodySite)), st.integers(0, 5), max_size=8),
    st.none() | st.integers(1, 240),
)


def standing(each: list[Fact]) -> Verdict:
    """What is said today, whatever the session."""
    return assess(PatientFacts(tuple(each)), None, TODAY)


def forbidden(verdict: Verdict) -> set[Technique]:
    """Every technique to be left out."""
    return {technique for f in verdict.findings for technique in f.forbidden_techniques}


def loosened(before: Verdict, after: Verdict) -> set[BodySite]:
    """The sites that may be touched more firmly after than before."""
    return {s for s in ALL_SITES if after.limits[s].ceiling > before.limits[s].ceiling}


WITH_A_WINDOW = {FactKind.SURGERY, FactKind.RADIOTHERAPY, FactKind.CHEMOTHERAPY}
"""Their rules hold for some weeks or hours after the day, as they say."""


@given(any_facts, hazard_facts)
def test_asked_and_not_so_changes_no_limit(each, hazard) -> None:
    absent = replace(hazard, value=Decimal(ABSENT))
    assume(absent.kind.may_be_absent)
    assert standing(each) == standing([*each, absent])


@given(any_facts, hazard_facts)
def test_adding_a_hazard_never_loosens(each, hazard) -> None:
    before, after = standing(each), standing([*each, hazard])
    assert loosened(before, after) == set()
    assert forbidden(before) <= forbidden(after)
    assert before.level.rank <= after.level.rank
    asking = {f.rule for f in before.findings if f.level is not Level.INFORM}
    assert asking <= {f.rule for f in after.findings}


@given(any_facts, count_facts)
def test_a_count_loosens_only_what_an_older_or_missing_count_had_set(each, count) -> None:
    before, after = standing(each), standing([*each, count])
    for site in loosened(before, after):
        assert set(before.limits[site].reasons) <= COUNT_RULES
    others = [f for f in before.findings if f.rule not in COUNT_RULES | {"H4", "PC"}]
    assert all(f in after.findings for f in others)


@given(any_facts, count_facts)
def test_a_count_that_is_not_the_newest_up_to_today_loosens_nothing(each, count) -> None:
    known = PatientFacts(tuple(each)).of(FactKind.PLATELETS)
    told = [one.observed_on for one in known if one.tells and not one.is_ahead(TODAY)]
    superseded = bool(told) and count.observed_on <= max(told)
    if superseded or count.is_ahead(TODAY) or count.value is None:
        assert loosened(standing(each), standing([*each, count])) == set()


@given(any_facts, consent_facts)
def test_consent_answers_x1_and_touches_no_limit(each, consent) -> None:
    before, after = standing(each), standing([*each, consent])
    assert before.limits == after.limits
    assert all(f in after.findings for f in before.findings if f.rule != "X1")


@given(any_facts, st.integers(0, 1000))
def test_a_day_passing_never_loosens(each, days) -> None:
    each = [f for f in each if not f.is_ahead(TODAY) and f.kind not in WITH_A_WINDOW]
    now = PatientFacts(tuple(each))
    before, after = limits(now, TODAY), limits(now, TODAY + timedelta(days=days))
    assert all(after[site].ceiling <= before[site].ceiling for site in ALL_SITES)


@given(any_facts)
def test_every_site_has_a_limit_between_no_contact_and_three_with_its_reason(each) -> None:
    by_site = limits(PatientFacts(tuple(each)), TODAY)
    assert by_site.keys() == ALL_SITES
    assert all(-1 <= at.ceiling <= 3 and at.reasons for at in by_site.values())


@given(any_facts, plans, st.randoms(use_true_random=False))
def test_the_order_of_facts_does_not_matter(each, plan, random) -> None:
    shuffled = random.sample(each, len(each))
    one = assess(PatientFacts(tuple(each)), plan, TODAY)
    other = assess(PatientFacts(tuple(shuffled)), plan, TODAY)
    assert one == other
    assert one.digest() == other.digest()


@given(any_facts, plans, st.booleans())
def test_every_finding_names_its_rule_source_and_facts(each, plan, planning) -> None:
    verdict = assess(PatientFacts(tuple(each)), plan, TODAY, planning=planning)
    by_id = {rule.id: rule for rule in CATALOGUE}
    for finding in verdict.findings:
        rule = by_id[finding.rule]
        assert finding.source == rule.source
        assert finding.level in rule.levels
        assert finding.message.endswith(".")
        assert set(finding.facts) <= set(each)
        assert finding.facts or finding.rule in {"X1", "X2", "PC"}


@given(any_facts, plans)
def test_recording_shows_the_same_breaks_as_planning_and_stops_no_more(each, plan) -> None:
    known = PatientFacts(tuple(each))
    planned, done = assess(known, plan, TODAY), assess(known, plan, TODAY, planning=False)
    assert planned.breaks == done.breaks
    assert done.level.rank <= planned.level.rank


@given(any_facts, st.none() | plans, st.booleans())
def test_the_rules_that_are_shown_are_those_of_the_verdict(each, plan, planning) -> None:
    verdict = assess(PatientFacts(tuple(each)), plan, TODAY, planning=planning)
    assert verdict.asked is not None
    assert shown_rules(verdict.asked) == {finding.rule for finding in verdict.findings}
