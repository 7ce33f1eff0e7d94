"""Facts over HTTP: each kind asks for what it needs; dates, units and the end are held."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from sessions_app.patients.forms import FactForm
from sessions_app.patients.models import ClinicalFact
from sessions_app.vocabulary.conditions import FactKind
from tests.patients.typed import Typed, fact
from tests.reading import Page
from tests.universe import Universe

ClientAs = Callable[[str], Client]

USUAL = {"kind", "observed_on", "valid_until", "source", "note"}
WANTED = {
    FactKind.PLATELETS: {"value", "unit"},
    FactKind.CONSENT: {"refused"},
    FactKind.OTHER_METASTASIS: set(),
    FactKind.MYELOSUPPRESSIVE_THERAPY: set(),
    FactKind.BONE_METASTASIS: {"sites"},
    FactKind.LYMPH_NODES: {"sites"},
    FactKind.DEVICE: {"sites"},
    FactKind.LIMB_CLOT_SIGNS: {"sites"},
}
COUNT: Typed = {"value": "45", "unit": "per_nl"}


def send(universe: Universe, browser: Client, kind: FactKind, **said: object) -> object:
    where = reverse("patients:record_fact", args=[universe.chen.pk, kind.value])
    return browser.post(where, fact(universe, kind=kind.value, **said))


def recorded(universe: Universe, kind: FactKind) -> ClinicalFact:
    return ClinicalFact.objects.filter(patient_id=universe.chen.pk, kind=kind).latest("recorded_at")


def test_every_kind_can_be_chosen(universe: Universe, client_as: ClientAs) -> None:
    choose = reverse("patients:choose_fact", args=[universe.chen.pk])
    page = Page(client_as("therapist").get(choose))
    for kind in FactKind:
        assert reverse("patients:record_fact", args=[universe.chen.pk, kind.value]) in page.links()
        assert kind.label in page.words


@pytest.mark.parametrize("kind", FactKind)
def test_a_kind_asks_for_what_it_needs_and_no_more(universe: Universe, kind: FactKind) -> None:
    assert set(FactForm(kind=kind, today=universe.today).fields) == USUAL | WANTED[kind]


@pytest.mark.parametrize("kind", FactKind)
def test_every_kind_is_recorded_with_its_usual_span(
    universe: Universe, client_as: ClientAs, kind: FactKind
) -> None:
    more = {**({"sites": ["axilla_left"]} if kind.needs_sites else {})}
    more |= COUNT if kind is FactKind.PLATELETS else {}
    assert send(universe, client_as("therapist"), kind, **more).status_code == 302  # type: ignore[attr-defined]
    row = recorded(universe, kind)
    seen = universe.today - timedelta(days=1)
    days = kind.default_validity_days
    assert (row.observed_on, row.source) == (seen, "CT report")
    assert row.valid_until == (seen + timedelta(days=days) if days else None)
    assert row.sites == more.get("sites", [])


def test_a_count_keeps_its_value_and_unit(universe: Universe, client_as: ClientAs) -> None:
    send(universe, client_as("therapist"), FactKind.PLATELETS, value="0", unit="per_ul")
    row = recorded(universe, FactKind.PLATELETS)
    assert (row.value, row.unit, row.value_words) == (Decimal(0), "per_ul", "0 /µL")


@pytest.mark.parametrize(("ticked", "value"), [({}, 1), ({"refused": "on"}, 0)])
def test_consent_is_given_or_refused(
    universe: Universe, client_as: ClientAs, ticked: Typed, value: int
) -> None:
    browser = client_as("therapist")
    send(universe, browser, FactKind.CONSENT, **ticked)
    assert recorded(universe, FactKind.CONSENT).value == value
    chart = Page(browser.get(reverse("rounds:chart", args=[universe.chen.pk]))).words
    assert ("withdrawn or refused" in chart) is not bool(value)


WRONG: list[tuple[FactKind, Typed, str, str]] = [
    (FactKind.PLATELETS, {"value": "45"}, "id_unit", "unit that the laboratory used"),
    (
        FactKind.PLATELETS,
        {"value": "45", "unit": "per_litre"},
        "id_unit",
        "Unit: choose one from the list.",
    ),
    (FactKind.PLATELETS, {"unit": "per_nl"}, "id_value", "as the laboratory wrote it"),
    (FactKind.PLATELETS, {**COUNT, "value": "-1"}, "id_value", "Value: a number, 0 or more."),
    (FactKind.PLATELETS, {**COUNT, "value": "many"}, "id_value", "Value: a number, 0 or more."),
    (FactKind.PLATELETS, {**COUNT, "value": "NaN"}, "id_value", "Value: a number, 0 or more."),
    (FactKind.PLATELETS, {**COUNT, "value": "1e40"}, "id_value", "digits"),
    (
        FactKind.PLATELETS,
        {**COUNT, "value": "1.23456"},
        "id_value",
        "at most 3 digits after the point",
    ),
    (FactKind.DEVICE, {"sites": ["tail"]}, "id_sites", "Where: choose from the list."),
    (FactKind.DEVICE, {"source": ""}, "id_source", "Who says so: fill this in."),
    (FactKind.DEVICE, {"source": "s" * 201}, "id_source", "at most 200"),
    (FactKind.DEVICE, {"note": "nul\x00"}, "id_note", "Note: one sign in it"),
    (FactKind.DEVICE, {"observed_on": "2999-01-01"}, "id_observed_on", "still to come"),
    (FactKind.DEVICE, {"observed_on": "0026-01-02"}, "id_observed_on", "check the year"),
    (FactKind.DEVICE, {"observed_on": ""}, "id_observed_on", "Observed on: a day like"),
    (FactKind.DEVICE, {"valid_until": "2020-01-01"}, "id_valid_until", "end before"),
    (FactKind.DEVICE, {"valid_until": "soon"}, "id_valid_until", "Valid until: a day like"),
]


@pytest.mark.parametrize(("kind", "wrong", "field", "words"), WRONG)
def test_a_fact_that_cannot_be_is_said_at_its_field_and_the_rest_is_kept(
    universe: Universe, client_as: ClientAs, kind: FactKind, wrong: Typed, field: str, words: str
) -> None:
    before = ClinicalFact.objects.count()
    said = {"source": "lab <b>7</b>", **wrong}
    answer = send(universe, client_as("therapist"), kind, **said)
    page = Page(answer)  # type: ignore[arg-type]
    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert words in page.said_at(field)
    if "source" not in wrong:
        assert page.posting("source")["source"] == ["lab <b>7</b>"]
    assert ClinicalFact.objects.count() == before


def test_a_fact_is_valid_to_the_day_it_was_observed(
    universe: Universe, client_as: ClientAs
) -> None:
    today = f"{universe.today}"
    send(universe, client_as("therapist"), FactKind.DEVICE, observed_on=today, valid_until=today)
    assert recorded(universe, FactKind.DEVICE).valid_until == universe.today


@pytest.mark.parametrize("kind", ["horoscope", "Platelets", "consent-2"])
def test_a_kind_that_is_none_is_not_found(
    universe: Universe, client_as: ClientAs, kind: str
) -> None:
    where = reverse("patients:record_fact", args=[universe.chen.pk, kind])
    assert client_as("therapist").get(where).status_code == 404
    assert client_as("therapist").post(where, fact(universe)).status_code == 404


def test_a_fact_is_ended_and_stays_in_the_record(universe: Universe, client_as: ClientAs) -> None:
    browser = client_as("therapist")
    device = universe.ada.facts.get(kind="device")
    chart = reverse("rounds:chart", args=[universe.ada.pk])
    where = reverse("patients:end_fact", args=[universe.ada.pk, device.pk])
    assert where in Page(browser.get(chart)).links()
    assert browser.post(where, {"ended_on": f"{universe.today}"}).headers["Location"] == chart
    page = Page(browser.get(chart))
    assert "Ended facts" in page.words
    assert where not in page.links()
    browser.post(where, {"ended_on": f"{universe.today - timedelta(days=3)}"})
    device.refresh_from_db()
    assert device.ended_on == universe.today


@pytest.mark.parametrize("days", [-11, 1])
def test_an_end_before_the_observation_or_after_today_is_refused(
    universe: Universe, client_as: ClientAs, days: int
) -> None:
    device = universe.ada.facts.get(kind="device")
    where = reverse("patients:end_fact", args=[universe.ada.pk, device.pk])
    day = f"{universe.today + timedelta(days=days)}"
    answer = client_as("therapist").post(where, {"ended_on": day})
    page = Page(answer)
    assert answer.status_code == 422
    assert "between the observation and today" in page.said_at("id_ended_on")
    assert page.posting("ended_on")["ended_on"] == [day]


def test_a_fact_of_one_patient_is_not_ended_at_anothers_address(
    universe: Universe, client_as: ClientAs
) -> None:
    device = universe.ada.facts.get(kind="device")
    where = reverse("patients:end_fact", args=[universe.bruno.pk, device.pk])
    assert client_as("therapist").post(where, {"ended_on": f"{universe.today}"}).status_code == 404
