"""A clinician's order is recorded by those who may, for rules that an order can lift."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from sessions_app.patients import order_actions
from sessions_app.patients.order_model import Order
from sessions_app.vocabulary.body_sites import BodySite
from tests.universe import Universe


def recorded(world: Universe, **changes: Any) -> Order:
    """Record an order of today for Bruno that holds for a week, with what differs."""
    usual: dict[str, Any] = {
        "patient": world.bruno, "rules": ["H2"], "up_to": 1, "clinician_name": "Dr Oduya",
        "clinician_role": "oncologist", "ordered_on": world.today,
        "expires_on": world.today + timedelta(days=7), "by": world.therapist,
    }  # fmt: skip
    return order_actions.record_order(**{**usual, **changes})


def test_an_order_is_stored_as_it_was_said(universe: Universe) -> None:
    sites = [BodySite.HAND_RIGHT, BodySite.HAND_LEFT]
    order = recorded(universe, rules=["H3", "H2", "H2"], sites=sites, note="by telephone")
    row = Order.objects.get(pk=order.pk)
    assert (row.rules, row.sites) == (["H2", "H3"], ["hand_left", "hand_right"])
    assert (row.clinician_name, row.note, row.ended_on) == ("Dr Oduya", "by telephone", None)
    assert row.clinic_id == universe.birchwood.pk
    assert row.recorded_by_id == universe.therapist.user_id


@pytest.mark.parametrize("who", ["volunteer", "admin"])
def test_not_everyone_records_or_ends_an_order(universe: Universe, who: str) -> None:
    order = recorded(universe)
    with pytest.raises(PermissionDenied, match="record and end orders"):
        recorded(universe, by=getattr(universe, who))
    with pytest.raises(PermissionDenied, match="record and end orders"):
        order_actions.end_order(order, ended_on=universe.today, by=getattr(universe, who))


@pytest.mark.parametrize("who", ["therapist", "supervisor"])
def test_who_charts_records_an_order(universe: Universe, who: str) -> None:
    assert recorded(universe, by=getattr(universe, who)).pk


@pytest.mark.parametrize("rules", [["X1"], ["H2", "N2"], []])
def test_what_no_order_lifts_is_not_recorded(universe: Universe, rules: list[str]) -> None:
    before = Order.objects.count()
    with pytest.raises(ValueError, match=r"No order lifts|No rule is named"):
        recorded(universe, rules=rules)
    assert Order.objects.count() == before


def test_the_very_same_order_sent_again_is_one_until_it_has_ended(universe: Universe) -> None:
    first = recorded(universe)
    assert recorded(universe).pk == first.pk
    assert recorded(universe, note="by telephone").pk != first.pk
    order_actions.end_order(first, ended_on=universe.today, by=universe.therapist)
    assert recorded(universe).pk != first.pk


def test_an_order_of_another_clinic_cannot_be_ended(universe: Universe) -> None:
    order = recorded(universe)
    with pytest.raises(Order.DoesNotExist):
        order_actions.end_order(order, ended_on=universe.today, by=universe.foreign_therapist)


def test_the_first_end_stays(universe: Universe) -> None:
    order = recorded(universe, ordered_on=universe.today - timedelta(days=2))
    yesterday = universe.today - timedelta(days=1)
    order_actions.end_order(order, ended_on=yesterday, by=universe.therapist)
    again = order_actions.end_order(order, ended_on=universe.today, by=universe.supervisor)
    assert (again.ended_on, again.ended_by_id) == (yesterday, universe.therapist.user_id)
    assert again.last_day == universe.today - timedelta(days=2)
