"""Orders over HTTP: recorded, told on the chart, ended; a mistake is said at its field."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sessions_app.patients.order_forms import OrderForm
from sessions_app.patients.order_model import Order
from sessions_app.patients.orders import LIFTABLE
from sessions_app.safety.catalogue import CATALOGUE
from tests.patients.test_order_actions import recorded
from tests.patients.typed import Typed
from tests.reading import Page
from tests.universe import ClientAs, Universe


def typed(universe: Universe, **changes: Any) -> Typed:
    """Return an order of today for a week, as a browser sends it, with what differs."""
    return {
        "rules": ["H2"], "up_to": "1", "whole_body": "on", "clinician_name": "Dr Oduya",
        "clinician_role": "oncologist", "ordered_on": f"{universe.today}",
        "expires_on": f"{universe.today + timedelta(days=7)}", "note": "", **changes,
    }  # fmt: skip


def where(universe: Universe, who: str = "bruno") -> str:
    return reverse("patients:record_order", args=[getattr(universe, who).pk])


def test_an_order_is_recorded_and_told_on_the_chart(
    universe: Universe, client_as: ClientAs
) -> None:
    browser = client_as("therapist")
    sent = typed(universe, whole_body="", sites=["hand_left", "foot_sole_right"], note="<b>")
    answer = browser.post(where(universe), {**sent, "rules": ["H2", "B4"], "up_to": "3"})
    assert answer.headers["Location"] == reverse("rounds:chart", args=[universe.bruno.pk])
    row = Order.objects.get(patient_id=universe.bruno.pk)
    assert (row.rules, row.sites, row.up_to) == (["B4", "H2"], ["foot_sole_right", "hand_left"], 3)
    words = Page(browser.get(answer.headers["Location"])).words
    for said in (
        "Dr Oduya, oncologist",
        "Platelets low (H2): up to pressure 1",
        "Fracture risk (B4): a session may begin, its limits stay",
        "left hand and right foot, sole", "<b>", "last day",
    ):  # fmt: skip
        assert said in words


def test_the_whole_body_is_said_and_not_guessed(universe: Universe, client_as: ClientAs) -> None:
    browser = client_as("therapist")
    assert browser.post(where(universe), typed(universe)).status_code == 302
    assert Order.objects.get(patient_id=universe.bruno.pk).sites == []
    chart = browser.get(reverse("rounds:chart", args=[universe.bruno.pk]))
    assert "On the whole body" in Page(chart).words


WRONG: list[tuple[Typed, str, str]] = [
    ({"rules": []}, "id_rules", "choose at least one"),
    ({"rules": ["X1"]}, "id_rules", "choose from the list"),
    ({"rules": ["V2"]}, "id_rules", "choose from the list"),
    ({"up_to": ""}, "id_up_to", "choose one"),
    ({"up_to": "6"}, "id_up_to", "choose one from the list"),
    ({"up_to": "-1", "rules": ["H3"]}, "id_up_to", "Choose a pressure"),
    ({"whole_body": ""}, "id_sites", "Where? Tick the sites, or the whole body."),
    ({"sites": ["hand_left"]}, "id_sites", "Untick these sites"),
    ({"whole_body": "", "sites": ["tail"]}, "id_sites", "choose from the list"),
    ({"clinician_name": " "}, "id_clinician_name", "Clinician's name: fill this in."),
    ({"clinician_role": ""}, "id_clinician_role", "Clinician's role: fill this in."),
    ({"clinician_name": "n" * 121}, "id_clinician_name", "at most 120"),
    ({"ordered_on": 1}, "id_ordered_on", "still to come"),
    ({"ordered_on": "9999-12-31"}, "id_ordered_on", "still to come"),
    ({"ordered_on": -3, "expires_on": -4}, "id_expires_on", "end before it was given"),
    ({"ordered_on": -3, "expires_on": -1}, "id_expires_on", "This day has passed"),
    ({"expires_on": 93}, "id_expires_on", "The latest day is"),
    ({"expires_on": ""}, "id_expires_on", "a day like 2026-11-21"),
]


@pytest.mark.parametrize(("wrong", "field", "words"), WRONG)
def test_a_mistake_is_said_at_its_field_and_nothing_is_stored(
    universe: Universe, client_as: ClientAs, wrong: Typed, field: str, words: str
) -> None:
    days = {
        name: f"{universe.today + timedelta(days=said)}" if isinstance(said, int) else said
        for name, said in wrong.items()
    }
    before = Order.objects.count()
    answer = client_as("therapist").post(where(universe), typed(universe, **days))
    assert answer.status_code == 422
    assert words in Page(answer).said_at(field)
    assert Order.objects.count() == before


@pytest.mark.parametrize(
    "good",
    [{"expires_on": 0}, {"expires_on": 92}, {"ordered_on": -92, "expires_on": 0}],
    ids=["today alone", "three months", "its last day"],
)
def test_an_order_at_the_edge_is_taken(
    universe: Universe, client_as: ClientAs, good: Typed
) -> None:
    days = {name: f"{universe.today + timedelta(days=said)}" for name, said in good.items()}
    answer = client_as("therapist").post(where(universe), typed(universe, **days))
    assert answer.status_code == 302


def test_an_order_that_only_lets_a_session_begin_needs_no_site(
    universe: Universe, client_as: ClientAs
) -> None:
    sent = typed(universe, rules=["B4"], up_to="-1", whole_body="")
    assert client_as("therapist").post(where(universe), sent).status_code == 302


def test_only_what_an_order_can_lift_is_offered_and_todays_reminders_first(
    universe: Universe,
) -> None:
    form = OrderForm(speaking={"B1", "X1"}, today=universe.today)
    todays, others = form.fields["rules"].choices  # type: ignore[attr-defined]
    assert [one for one, _ in todays[1]] == ["B1"]
    assert {one for _, rows in (todays, others) for one, _ in rows} == set(LIFTABLE)
    assert set(LIFTABLE) == {each.id for each in CATALOGUE if each.lift}
    assert not {"X1", "V2", "N2"} & set(LIFTABLE)


def test_what_speaks_for_this_patient_is_listed_first(
    universe: Universe, client_as: ClientAs
) -> None:
    words = Page(client_as("therapist").get(where(universe, "ada"))).words
    assert words.index("Reminders of today") < words.index("(B1)") < words.index("Others")
    assert words.index("Others") < words.index("(H2)")


def ended(universe: Universe, browser: Client, order: Order, days: int) -> Any:
    there = reverse("patients:end_order", args=[order.patient_id, order.pk])
    return browser.post(there, {"ended_on": f"{universe.today + timedelta(days=days)}"})


def test_an_order_is_ended_and_folded_away(universe: Universe, client_as: ClientAs) -> None:
    browser, order = client_as("therapist"), recorded(universe)
    assert ended(universe, browser, order, 0).status_code == 302
    order.refresh_from_db()
    assert (order.ended_on, order.ended_by_id) == (universe.today, universe.therapist.user_id)
    words = Page(browser.get(reverse("rounds:chart", args=[universe.bruno.pk]))).words
    assert "No order of a clinician is in force." in words
    assert "Ended and expired orders" in words


@pytest.mark.parametrize("days", [-1, 1])
def test_an_end_lies_between_the_order_and_today(
    universe: Universe, client_as: ClientAs, days: int
) -> None:
    answer = ended(universe, client_as("therapist"), recorded(universe), days)
    assert "choose a day from then to today" in Page(answer).said_at("id_ended_on")


def test_a_volunteer_sees_orders_and_has_no_way_to_change_them(
    universe: Universe, client_as: ClientAs
) -> None:
    page = Page(client_as("volunteer").get(reverse("rounds:chart", args=[universe.ada.pk])))
    assert "Dr Oduya, oncologist" in page.words
    assert not [link for link in page.links() if "/orders/" in link]


def test_the_order_of_one_patient_is_not_found_under_another(
    universe: Universe, client_as: ClientAs
) -> None:
    order = recorded(universe)
    there = reverse("patients:end_order", args=[universe.ada.pk, order.pk])
    assert client_as("therapist").get(there).status_code == 404
    own = reverse("patients:end_order", args=[universe.bruno.pk, order.pk])
    assert client_as("foreign_therapist").post(own, {}).status_code == 404
    assert client_as("foreign_therapist").post(where(universe), {}).status_code == 404
