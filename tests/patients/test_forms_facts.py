"""Facts over HTTP: each kind asks for what it needs; dates, units and the end are held."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from sessions_app.patients.fact_forms import FactForm
from sessions_app.patients.models import ClinicalFact
from sessions_app.vocabulary.body_sites import BodySite
from sessions_app.vocabulary.conditions import FactKind
from tests.patients.typed import Typed, fact
from tests.reading import Page
from tests.universe import ClientAs, Universe

USUAL = {"kind", "observed_on", "valid_until", "source", "note"}
WITH_A_PLACE = [
    "bone_metastasis",
    "fracture_risk",
    "limb_clot_signs",
    "recent_clot",
    "lymph_nodes",
    "lymphoedema",
    "sudden_swelling",
    "chronic_oedema",
    "tumour",
    "surgery",
    "radiotherapy",
    "radiation_fibrosis",
    "device",
    "stent",
    "medicine_patch",
    "wound",
    "fragile_skin",
    "neuropathy",
    "allodynia",
]
WITH_A_UNIT = ("platelets", "neutrophils", "haemoglobin", "temperature")
WITH_A_VALUE = ("consent", "sensitive_consent", "fracture_risk", "unstable_spine", "blood_pressure")
COUNT: Typed = {"value": "45", "unit": "per_nl"}
NEEDED: dict[FactKind, Typed] = {
    FactKind.PLATELETS: COUNT,
    FactKind.NEUTROPHILS: {"value": "0.9", "unit": "per_nl"},
    FactKind.HAEMOGLOBIN: {"value": "95", "unit": "g_per_l"},
    FactKind.TEMPERATURE: {"value": "99.5", "unit": "fahrenheit"},
    FactKind.BLOOD_PRESSURE: {"value": "110"},
    FactKind.CONSENT: {"value": "1"},
    FactKind.SENSITIVE_CONSENT: {"value": "0"},
}
BASINS = {
    "neck_front", "neck_back", "axilla_left", "axilla_right", "groin_left", "groin_right",
}  # fmt: skip


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


@pytest.mark.sqlite  # what the form says
@pytest.mark.parametrize("kind", FactKind)
def test_a_kind_asks_for_what_it_needs_and_no_more(universe: Universe, kind: FactKind) -> None:
    wanted = {
        *(["sites"] if kind in WITH_A_PLACE else []),
        *(["value", "unit"] if kind in WITH_A_UNIT else []),
        *(["value"] if kind in WITH_A_VALUE else []),
    }
    assert set(FactForm(kind=kind, today=universe.today).fields) == USUAL | wanted


@pytest.mark.parametrize("kind", FactKind)
def test_every_kind_is_recorded_with_its_usual_span(
    universe: Universe, client_as: ClientAs, kind: FactKind
) -> None:
    more = {**({"sites": ["axilla_left"]} if kind.needs_sites else {})}
    more |= NEEDED.get(kind, {})
    assert send(universe, client_as("therapist"), kind, **more).status_code == 302  # type: ignore[attr-defined]
    row = recorded(universe, kind)
    seen = universe.today - timedelta(days=1)
    days = kind.default_validity_days
    assert (row.observed_on, row.source) == (seen, "CT report")
    assert row.valid_until == (None if days is None else seen + timedelta(days=days))
    assert row.sites == more.get("sites", [])


def test_a_count_keeps_its_value_and_unit(universe: Universe, client_as: ClientAs) -> None:
    send(universe, client_as("therapist"), FactKind.PLATELETS, value="0", unit="per_ul")
    row = recorded(universe, FactKind.PLATELETS)
    assert (row.value, row.unit, row.value_words) == (Decimal(0), "per_ul", "0/µL")


@pytest.mark.parametrize("value", [1, 0])
def test_consent_is_given_or_refused(universe: Universe, client_as: ClientAs, value: int) -> None:
    browser = client_as("therapist")
    send(universe, browser, FactKind.CONSENT, value=f"{value}")
    assert recorded(universe, FactKind.CONSENT).value == value
    chart = Page(browser.get(reverse("rounds:chart", args=[universe.chen.pk]))).words
    assert ("withdrawn or refused" in chart) is not bool(value)
    assert ("Consent was withdrawn or refused" in chart) is not bool(value)


def asked(universe: Universe, browser: Client, kind: FactKind) -> Page:
    return Page(browser.get(reverse("patients:record_fact", args=[universe.chen.pk, kind.value])))


def test_consent_is_never_given_by_leaving_something_empty(
    universe: Universe, client_as: ClientAs
) -> None:
    browser = client_as("therapist")
    page = asked(universe, browser, FactKind.CONSENT)
    assert [one["value"] for one in page.inputs("value")] == ["1", "0"]
    assert not any("checked" in one for one in page.inputs("value"))
    assert "Given" in page.words
    assert "Withdrawn or refused" in page.words
    before = ClinicalFact.objects.count()
    assert send(universe, browser, FactKind.CONSENT).status_code == 422  # type: ignore[attr-defined]
    assert ClinicalFact.objects.count() == before


@pytest.mark.sqlite  # what the form says
@pytest.mark.parametrize("kind", FactKind)
def test_a_fact_is_observed_today_unless_somebody_says_otherwise(
    universe: Universe, client_as: ClientAs, kind: FactKind
) -> None:
    sent = asked(universe, client_as("therapist"), kind).posting("observed_on")
    assert sent["observed_on"] == [f"{universe.today}"]


def test_today_is_the_clinics_day(
    universe: Universe, client_as: ClientAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At three in the morning in London it is still yesterday in New York."""
    night = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: night)
    where = reverse("patients:record_fact", args=[universe.farah.pk, "consent"])
    page = Page(client_as("foreign_therapist").get(where))
    assert page.posting("observed_on")["observed_on"] == ["2026-03-01"]


@pytest.mark.sqlite  # what the form says
@pytest.mark.parametrize("kind", FactKind)
def test_only_what_may_be_left_empty_is_called_optional(
    universe: Universe, client_as: ClientAs, kind: FactKind
) -> None:
    optional = {"valid_until", "note", "sites"}
    if kind in (FactKind.FRACTURE_RISK, FactKind.UNSTABLE_SPINE):
        optional.add("value")  # the risk may be told without a score
    form = FactForm(kind=kind, today=universe.today)
    assert {name for name, field in form.fields.items() if not field.required} <= optional
    said = asked(universe, client_as("therapist"), kind).words.count("(optional)")
    assert said == len(optional & set(form.fields))


def test_lymph_nodes_are_asked_for_by_their_basins(universe: Universe, client_as: ClientAs) -> None:
    page = asked(universe, client_as("therapist"), FactKind.LYMPH_NODES)
    assert {one["value"] for one in page.inputs("sites")} == BASINS
    assert "left armpit (axilla)" in page.words
    assert "<legend>Back</legend>" not in page.html
    other = asked(universe, client_as("therapist"), FactKind.DEVICE)
    assert len(other.inputs("sites")) == len(BodySite)


SLIPS = [
    ("45000", "per_nl", "45,000 ×10⁹/L would be 45,000,000/µL. Is the unit /µL?"),
    ("3000.001", "per_nl", "3,000.001 ×10⁹/L would be 3,000,001/µL. Is the unit /µL?"),
    ("3000001", "per_ul", "3,000,001/µL cannot be: 0/µL to 3,000,000/µL. Check the number."),
    (
        "999999999",
        "per_nl",
        "999,999,999 ×10⁹/L cannot be: 0 ×10⁹/L to 3,000 ×10⁹/L. Check the number.",
    ),
]


@pytest.mark.parametrize(("value", "unit", "words"), SLIPS)
def test_a_count_that_cannot_be_is_refused_with_its_reading(
    universe: Universe, client_as: ClientAs, value: str, unit: str, words: str
) -> None:
    before = ClinicalFact.objects.count()
    answer = send(universe, client_as("therapist"), FactKind.PLATELETS, value=value, unit=unit)
    page = Page(answer)  # type: ignore[arg-type]
    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert words in page.said_at("id_value")
    assert page.posting("value")["value"] == [value]
    assert page.posting("value")["unit"] == [unit]
    assert ClinicalFact.objects.count() == before


@pytest.mark.parametrize(("value", "unit"), [("3000", "per_nl"), ("3000000", "per_ul")])
def test_the_highest_count_is_taken(
    universe: Universe, client_as: ClientAs, value: str, unit: str
) -> None:
    send(universe, client_as("therapist"), FactKind.PLATELETS, value=value, unit=unit)
    assert recorded(universe, FactKind.PLATELETS).value == Decimal(value)


@pytest.mark.sqlite  # what the form says
@pytest.mark.parametrize("kind", FactKind)
def test_a_fact_is_not_declared_valid_for_years_to_come(
    universe: Universe, client_as: ClientAs, kind: FactKind
) -> None:
    """Twice the usual span at most; what counts for life, two years from today."""
    browser, seen = client_as("therapist"), universe.today - timedelta(days=6)
    days = kind.default_validity_days
    latest = universe.today + timedelta(days=730)
    if days is not None:
        latest = seen + timedelta(days=2 * days)
    said = {**NEEDED.get(kind, {}), "observed_on": f"{seen}"}
    for too_late in (f"{latest + timedelta(days=1)}", "2099-01-01"):
        answer = send(universe, browser, kind, **said, valid_until=too_late)
        words = Page(answer).said_at("id_valid_until")  # type: ignore[arg-type]
        assert f"The latest day is {latest.day} {latest:%b %Y}" in words
        assert ("2 times the usual" in words) is bool(days)
        assert ("asked anew each day" in words) is (days == 0)
    assert send(universe, browser, kind, **said, valid_until=f"{latest}").status_code == 302  # type: ignore[attr-defined]
    assert recorded(universe, kind).valid_until == latest


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
    (FactKind.PLATELETS, {}, "id_value", "as the laboratory wrote it"),
    (FactKind.PLATELETS, {}, "id_unit", "unit that the laboratory used"),
    (FactKind.CONSENT, {}, "id_value", "The patient's answer: choose one."),
    (FactKind.CONSENT, {"value": "2"}, "id_value", "The patient's answer: choose one from"),
    (FactKind.LYMPH_NODES, {"sites": ["calf_left"]}, "id_sites", "Where: choose from the list."),
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
    assert "choose a day from then to today" in page.said_at("id_ended_on")
    assert page.posting("ended_on")["ended_on"] == [day]


def test_a_fact_of_one_patient_is_not_ended_at_anothers_address(
    universe: Universe, client_as: ClientAs
) -> None:
    device = universe.ada.facts.get(kind="device")
    where = reverse("patients:end_fact", args=[universe.bruno.pk, device.pk])
    assert client_as("therapist").post(where, {"ended_on": f"{universe.today}"}).status_code == 404
