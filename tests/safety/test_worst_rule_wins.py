"""The quick reckoning says what its plain definition says, for any facts and orders whatever."""

from hypothesis import given
from hypothesis import strategies as st

from sessions_app.safety.assess import assess, find, limits
from sessions_app.safety.facts import Fact, PatientFacts
from sessions_app.safety.findings import Finding, SiteLimit
from sessions_app.safety.handling import NOTHING, Handling, together
from sessions_app.safety.situation import PlannedSession, Situation
from sessions_app.safety.verdict import Break
from sessions_app.vocabulary.body_sites import ALL_SITES, HEAD_TO_FOOT, BodySite
from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.records import Position, Product
from sessions_app.vocabulary.techniques import Technique
from tests.safety.making import TODAY, any_facts
from tests.safety.test_orders import orders

some_orders = st.lists(orders, max_size=2)
plans = st.builds(
    PlannedSession,
    st.frozensets(st.sampled_from(list(Technique))),
    st.dictionaries(st.sampled_from(list(BodySite)), st.integers(0, 5), max_size=8),
)
sets_of_sites = st.frozensets(st.sampled_from(sorted(ALL_SITES)), max_size=3)
handlings = st.builds(
    Handling,
    *(sets_of_sites, sets_of_sites, sets_of_sites),
    st.frozensets(st.sampled_from(list(Position)), max_size=2),
    st.booleans(),
    st.none() | st.integers(5, 60),
    st.none() | st.frozensets(st.sampled_from(list(Product)), max_size=3),
)


def strictest(site: BodySite, found: list[Finding]) -> SiteLimit:
    """The plain definition: the lowest ceiling at a site, and every rule that sets just this."""
    set_by = [(one.ceiling_of(site), one.rule) for one in found]
    lowest = min((ceiling for ceiling, _ in set_by if ceiling is not None), default=5)
    return SiteLimit(lowest, tuple(dict.fromkeys(r for at, r in set_by if at == lowest)))


def plain_deciding(facts: list[Fact]) -> Fact | None:
    """The plain definition: the newest up to today, the worse of a day, or a worse one ahead."""
    told = sorted(facts, key=lambda fact: (fact.observed_on, fact.key))
    past = [fact for fact in told if fact.observed_on <= TODAY]
    newest = max(past, key=lambda fact: (fact.observed_on, fact.badness), default=None)
    ahead = [fact for fact in told if fact.observed_on > TODAY]
    chosen = [newest, *ahead] if newest else ahead
    return max(chosen, key=lambda fact: fact.badness, default=None)


@given(any_facts, some_orders)
def test_at_each_site_the_strictest_rule_wins(each, given_orders) -> None:
    known = PatientFacts(tuple(each))
    found = find(Situation(known, TODAY), given_orders)
    told = limits(known, TODAY, orders=given_orders)
    assert list(told) == list(HEAD_TO_FOOT)
    assert told == {site: strictest(site, found) for site in BodySite}


@given(any_facts, plans)
def test_a_technique_is_left_out_for_every_rule_that_forbids_it(each, plan) -> None:
    verdict = assess(PatientFacts(tuple(each)), plan, TODAY)
    assert verdict.asked is not None
    found = find(verdict.asked)
    wanted = {
        technique: tuple(
            dict.fromkeys(one.rule for one in found if technique in one.forbidden_techniques)
        )
        for technique in Technique
        if technique in plan.techniques
    }
    told = [one for one in verdict.breaks if one.technique]
    assert told == [Break(each, None, None, rules) for each, rules in wanted.items() if rules]


@given(any_facts)
def test_the_same_fact_decides_however_often_it_is_asked_for(each) -> None:
    known = PatientFacts(tuple(each))
    for kind in FactKind:
        so = [fact for fact in each if fact.kind is kind and not fact.is_absent and fact.tells]
        assert known.deciding(kind, TODAY) == plain_deciding(so)
        assert known.deciding(kind, TODAY) == plain_deciding(so)
        assert (kind in known.kinds) == bool(known.of(kind))


@given(st.lists(handlings | st.just(NOTHING), max_size=4))
def test_what_is_kept_together_is_kept_of_each(several: list[Handling]) -> None:
    whole = together(several)
    for one in several:
        assert together([whole, one]) == whole
    assert together([]) == NOTHING
    assert together(several[:1]) == (several[0] if several else NOTHING)
