"""An order lifts what it names, as far as its rule allows, while it holds; an emergency never."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.safety.assess import assess, limits
from sessions_app.safety.catalogue import CATALOGUE, rule
from sessions_app.safety.facts import PatientFacts
from sessions_app.safety.orders import Lift, Order, lifted
from sessions_app.safety.wording import day
from sessions_app.vocabulary.body_sites import ALL_SITES, BodySite
from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.pressure import NO_CONTACT, Pressure
from sessions_app.vocabulary.severity import Level
from tests.safety.making import TODAY, any_facts, fact, facts, found, platelets

B = BodySite
IDS = [each.id for each in CATALOGUE]


def order(
    *rules: str, sites: frozenset[BodySite] = ALL_SITES, up_to: int = 5, days: int = 0
) -> Order:
    """An order of so many days ago that holds for a week."""
    begun = TODAY - timedelta(days=days)
    return Order(
        "an-order", frozenset(rules), sites, up_to, "Dr Oduya", "oncologist", begun,
        begun + timedelta(days=7),
    )  # fmt: skip


orders = st.builds(
    order,
    st.sampled_from(IDS),
    st.sampled_from(IDS),
    sites=st.frozensets(st.sampled_from(sorted(ALL_SITES))),
    up_to=st.integers(-1, 5),
    days=st.integers(-2, 10),
)


@given(any_facts, orders)
def test_an_order_lifts_no_site_and_no_pressure_that_it_does_not_name(each, given_order) -> None:
    known = PatientFacts(tuple(each))
    before, after = limits(known, TODAY), limits(known, TODAY, orders=[given_order])
    for site in ALL_SITES:
        assert after[site].ceiling >= before[site].ceiling
        if after[site].ceiling > before[site].ceiling:
            assert site in given_order.sites
            assert after[site].ceiling <= given_order.up_to
            assert set(before[site].reasons) & given_order.rules
            assert given_order.holds(TODAY)


@given(any_facts, orders)
def test_an_order_lowers_a_stop_that_it_names_and_no_emergency(each, given_order) -> None:
    known = PatientFacts(tuple(each))
    before = assess(known, None, TODAY)
    after = assess(known, None, TODAY, orders=[given_order])
    assert before.emergencies == after.emergencies
    gone = {f.rule for f in before.stops} - {f.rule for f in after.stops}
    assert gone <= given_order.rules
    assert all(rule(one).lift is not None for one in gone)


@pytest.mark.parametrize(
    ("each", "given_order", "site", "ceiling"),
    [
        ((), order("PC", sites=frozenset({B.HAND_LEFT}), up_to=5), B.HAND_LEFT, 3),
        ((platelets(15_000),), order("H2"), B.HAND_LEFT, 1),
        ((platelets(9_000),), order("H1", up_to=3), B.HAND_LEFT, 0),
        ((platelets(40_000),), order("H3", up_to=2), B.HAND_LEFT, 2),
        (
            (fact(FactKind.BONE_METASTASIS, B.HIP_LEFT),),
            order("B1", sites=frozenset({B.HIP_LEFT}), up_to=2), B.HIP_LEFT, 1,
        ),
        (
            (fact(FactKind.BONE_METASTASIS, B.HIP_LEFT),),
            order("B1", sites=frozenset({B.HIP_RIGHT}), up_to=2), B.HIP_LEFT, NO_CONTACT,
        ),
        ((fact(FactKind.BONE_METASTASIS),), order("B3", up_to=1), B.HAND_LEFT, 1),
        ((fact(FactKind.BONE_METASTASIS),), order("B3", up_to=1), B.THIGH_FRONT_LEFT, NO_CONTACT),
        ((fact(FactKind.RECENT_CLOT, B.CALF_LEFT),), order("V3"), B.CALF_LEFT, NO_CONTACT),
        ((platelets(15_000),), order("H2", days=8), B.HAND_LEFT, 1),
        ((platelets(15_000),), order("H1"), B.HAND_LEFT, 1),
        ((platelets(40_000),), order("H3", up_to=0), B.HAND_LEFT, 1),
        ((), order("PC", up_to=NO_CONTACT), B.HAND_LEFT, 3),
    ],
)  # fmt: skip
def test_the_ceiling_is_the_lower_of_order_and_rule(each, given_order, site, ceiling) -> None:
    assert limits(facts(*each), TODAY, orders=[given_order])[site].ceiling == ceiling


@pytest.mark.parametrize(("days", "stops"), [(-1, True), (0, False), (7, False), (8, True)])
def test_an_order_holds_from_its_day_to_its_last(days: int, stops: bool) -> None:
    verdict = assess(facts(platelets(15_000)), None, TODAY, orders=[order("H2", days=days)])
    assert ("H2" in {f.rule for f in verdict.stops}) is stops


def test_a_lifted_stop_is_still_to_be_confirmed_and_names_its_order() -> None:
    verdict = assess(facts(platelets(15_000)), None, TODAY, orders=[order("H2")])
    (finding,) = [f for f in verdict.findings if f.rule == "H2"]
    assert (finding.level, finding.orders) == (Level.CONFIRM, ("an-order",))
    [told] = finding.ordered
    assert told == f"By order of Dr Oduya, oncologist, until {day(TODAY + timedelta(days=7))}"


def test_an_order_changes_what_was_shown() -> None:
    known = facts(platelets(15_000))
    bare, ordered = assess(known, None, TODAY), assess(known, None, TODAY, orders=[order("H2")])
    assert bare.digest() != ordered.digest()


def test_a_rule_that_no_order_lifts_stays_as_it_is() -> None:
    verdict = assess(facts(), None, TODAY, orders=[order("X1")])
    (finding,) = [f for f in verdict.findings if f.rule == "X1"]
    assert (finding.level, finding.orders) == (Level.STOP, ())


@pytest.mark.parametrize("level", [Level.EMERGENCY, Level.STOP, Level.CONFIRM, Level.INFORM])
def test_only_a_stop_is_lowered_and_an_emergency_is_left_whole(level: Level) -> None:
    (found_one,) = found("H2", platelets(15_000))
    said = found_one._replace(level=level)
    after = lifted(said, Lift(Pressure.CREAMING), [order("H2")], TODAY)
    assert after.level is (Level.CONFIRM if level is Level.STOP else level)
    assert bool(after.lifted) is (level is not Level.EMERGENCY)
    assert lifted(said, None, [order("H2")], TODAY) is said
    assert lifted(said, Lift(Pressure.CREAMING), [order("H1")], TODAY) is said


def test_of_two_orders_the_one_that_allows_more_holds_and_both_are_named() -> None:
    (said,) = found("T1", fact(FactKind.TUMOUR, B.HAND_LEFT))
    high, low = order("T1", up_to=1), order("T1", sites=frozenset({B.HAND_LEFT}), up_to=0)
    for both_orders in ([high, low], [low, high]):
        after = lifted(said, Lift(Pressure.SPREADING), both_orders, TODAY)
        assert after.ceiling_of(B.HAND_LEFT) == 1
        assert after.orders == ("an-order", "an-order")


def test_an_order_at_the_present_ceiling_raises_nothing() -> None:
    (said,) = found("H3", platelets(40_000))
    after = lifted(said, Lift(Pressure.CREAMING), [order("H3", up_to=1)], TODAY)
    assert (after.lifted, after.ordered) == ({}, ())


def test_who_ordered_is_told_once_of_two_orders_alike() -> None:
    (said,) = found("H2", platelets(15_000))
    after = lifted(said, Lift(Pressure.SPREADING), [order("H2"), order("H2", up_to=1)], TODAY)
    assert len(after.ordered) == 1


def test_no_emergency_can_be_lifted() -> None:
    assert not [each.id for each in CATALOGUE if Level.EMERGENCY in each.levels and each.lift]
