"""Out of a form about a patient without sending it; to a heading of a long list."""

import pytest
from django.urls import reverse

from tests.reading import Page
from tests.universe import ClientAs, Universe


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("patients:choose_fact", ["ada"]),
        ("patients:record_fact", ["ada", "wound"]),
        ("patients:end_fact", ["ada", "ada_fact"]),
        ("patients:record_order", ["ada"]),
        ("patients:end_order", ["ada", "ada_order"]),
        ("enrolments:choose_arm", ["chen"]),
        ("enrolments:end", ["ada_course"]),
        ("timing:correct", ["ada", "ada_time"]),
        ("timing:withdraw", ["ada", "ada_time"]),
        ("sessions:not_given", ["ada_course"]),
        ("reads:of_patient", ["ada"]),
    ],
)
def test_each_form_leads_back_to_the_chart(
    universe: Universe, client_as: ClientAs, name: str, keys: list[str]
) -> None:
    rows = {
        "ada_fact": universe.ada.facts.first(),
        "ada_order": universe.ada.orders.first(),
        "ada_time": universe.ada.timed_care.first(),
    }
    path = [one if one == "wound" else (rows.get(one) or getattr(universe, one)).pk for one in keys]
    page = Page(client_as("supervisor").get(reverse(name, args=path)))
    assert "Back to the chart" in page.words


@pytest.mark.parametrize("name", ["sessions:report_incident", "sessions:follow_up"])
def test_what_is_said_of_a_session_leads_back_to_it(
    universe: Universe, client_as: ClientAs, name: str
) -> None:
    key = universe.diego_session.pk
    page = Page(client_as("therapist").get(reverse(name, args=[key])))
    assert "Back to the session" in page.words
    assert reverse("sessions:session", args=[key]) in page.links()


def test_every_heading_of_the_facts_is_one_tap_away(
    universe: Universe, client_as: ClientAs
) -> None:
    where = reverse("patients:choose_fact", args=[universe.ada.pk])
    page = Page(client_as("therapist").get(where))
    jumps = [link[1:] for link in page.links() if link.startswith("#topic-")]
    headings = [attrs["id"] for tag, attrs in page.tags if tag == "h2" and "id" in attrs]
    assert jumps == [one for one in headings if one.startswith("topic-")] != []
