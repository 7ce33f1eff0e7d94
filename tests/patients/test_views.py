"""Charts over HTTP: registered, amended; a double is pointed out and never forbidden."""

from datetime import date

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from sessions_app.audit.models import AuditEvent
from sessions_app.patients.forms import PatientForm
from sessions_app.patients.models import Patient
from tests.patients.typed import Typed, particulars
from tests.reading import Page
from tests.universe import ClientAs, Universe

REGISTER = "/patients/new/"
WRONG: list[tuple[Typed, str, str]] = [
    ({"family_name": " "}, "id_family_name", "Family name: fill this in."),
    ({"given_names": "n" * 121}, "id_given_names", "at most 120 characters, these are 121."),
    ({"family_name": "nul\x00"}, "id_family_name", "Family name: one sign in it"),
    ({"chart_number": ""}, "id_chart_number", "Chart number: fill this in."),
    ({"chart_number": "C-ada"}, "id_chart_number", "Another chart of this clinic"),
    ({"chart_number": " C-ada "}, "id_chart_number", "Another chart of this clinic"),
    ({"birth_date": "2999-01-01"}, "id_birth_date", "between 1900 and today"),
    ({"birth_date": "1899-12-31"}, "id_birth_date", "between 1900 and today"),
    ({"birth_date": "0001-01-01"}, "id_birth_date", "between 1900 and today"),
    ({"birth_date": "2026-02-30"}, "id_birth_date", "a day like 2026-11-21"),
    ({"birth_date": "yesterday"}, "id_birth_date", "a day like 2026-11-21"),
    ({"icd10": "breast"}, "id_icd10", "looks like C50"),
    ({"icd10": "50.9"}, "id_icd10", "looks like C50"),
    ({"icd10": "C50."}, "id_icd10", "looks like C50"),
    ({"icd10": "C٥0"}, "id_icd10", "looks like C50"),
    ({"status": "cured"}, "id_status", "Status: choose one from the list."),
    ({"ward": "w" * 61}, "id_ward", "at most 60"),
    ({"cancer_type": "c" * 10_000}, "id_cancer_type", "at most 200"),
]


def counts() -> list[int]:
    return [Patient.objects.count(), AuditEvent.objects.count()]


def test_a_patient_is_registered_and_the_chart_is_shown(
    universe: Universe, client_as: ClientAs
) -> None:
    browser = client_as("therapist")
    answer = browser.post(REGISTER, particulars())
    row = Patient.objects.get(chart_number="N/2026 0017")
    assert answer.headers["Location"] == reverse("rounds:chart", args=[row.pk])
    assert (row.clinic_id, row.birth_date, row.icd10) == (
        universe.birchwood.pk, date(1961, 2, 28), "C50.9",
    )  # fmt: skip
    words = Page(browser.get(answer.headers["Location"])).words
    for said in ("Müller-Öz, Zoë Ana", "N/2026 0017", "breast <left>", "Türkçe", "Willow · 12b"):
        assert said in words


@pytest.mark.parametrize(("wrong", "field", "words"), WRONG)
def test_a_mistake_is_said_at_its_field_and_the_rest_is_kept(
    universe: Universe, client_as: ClientAs, wrong: Typed, field: str, words: str
) -> None:
    before = counts()
    answer = client_as("therapist").post(REGISTER, particulars(**wrong))
    page = Page(answer)
    assert answer.status_code == 422
    assert words in page.said_at(field)
    sent = page.posting("chart_number")
    kept = {name: [said] for name, said in particulars().items() if name not in wrong}
    assert {name: sent[name] for name in kept} == kept
    assert counts() == before


@pytest.mark.parametrize("code", ["C50", "c50.9", "C7A", "Z51.11", "D61.8"])
def test_an_icd_code_is_kept_in_capitals(
    universe: Universe, client_as: ClientAs, code: str
) -> None:
    client_as("therapist").post(REGISTER, particulars(icd10=code))
    assert Patient.objects.get(chart_number="N/2026 0017").icd10 == code.upper()


@pytest.mark.parametrize("day", ["1900-01-01", "today"])
def test_the_first_and_the_last_day_of_birth_are_taken(
    universe: Universe, client_as: ClientAs, day: str
) -> None:
    born = f"{universe.today}" if day == "today" else day
    assert client_as("therapist").post(REGISTER, particulars(birth_date=born)).status_code == 302


DOUBLE: Typed = {"given_names": "ADA", "family_name": "Adásón", "birth_date": "1950-01-01"}


def test_a_likely_double_is_pointed_out_once_and_then_saved(
    universe: Universe, client_as: ClientAs
) -> None:
    browser = client_as("therapist")
    warned = browser.post(REGISTER, particulars(**DOUBLE))
    page = Page(warned)
    assert warned.status_code == 422
    assert "Is this the same person?" in page.words
    assert "chart C-ada" in page.words
    assert reverse("rounds:chart", args=[universe.ada.pk]) in page.links()
    assert not Patient.objects.filter(chart_number="N/2026 0017").exists()
    form = page.posting("chart_number")
    assert "same_person_checked" not in form
    assert browser.post(REGISTER, {**form, "same_person_checked": "1"}).status_code == 302
    assert Patient.objects.get(chart_number="N/2026 0017").family_name == "Adásón"


@pytest.mark.parametrize("said", [{}, DOUBLE | {"same_person_checked": "1"}])
def test_the_same_form_sent_twice_is_one_chart(
    universe: Universe, client_as: ClientAs, said: dict[str, str]
) -> None:
    browser = client_as("therapist")
    first = browser.post(REGISTER, particulars(**said))
    there = counts()
    second = browser.post(REGISTER, particulars(**said))
    assert (second.status_code, second.headers["Location"]) == (302, first.headers["Location"])
    assert counts() == there
    other = Page(browser.post(REGISTER, particulars(**{**said, "room": "99"})))
    assert "Another chart of this clinic" in other.said_at("id_chart_number")
    somebody = client_as("supervisor").post(REGISTER, particulars(same_person_checked="1"))
    assert "Another chart of this clinic" in Page(somebody).said_at("id_chart_number")


def test_a_double_with_a_taken_number_keeps_its_tick(
    universe: Universe, client_as: ClientAs
) -> None:
    form = particulars(**DOUBLE, chart_number="C-chen", same_person_checked="1")
    page = Page(client_as("therapist").post(REGISTER, form))
    assert "Another chart of this clinic" in page.said_at("id_chart_number")
    assert page.posting("chart_number")["same_person_checked"] == ["1"]


@pytest.mark.parametrize(
    "other", [{"birth_date": "1950-01-02"}, {"given_names": "Adam"}, {"family_name": "Adasonova"}]
)
def test_another_name_or_birth_date_is_no_double(
    universe: Universe, client_as: ClientAs, other: Typed
) -> None:
    form = particulars(**{**DOUBLE, **other})
    assert client_as("therapist").post(REGISTER, form).status_code == 302


def test_another_clinics_patient_is_neither_a_double_nor_in_the_way(
    universe: Universe, client_as: ClientAs
) -> None:
    like_ada = particulars(**DOUBLE, chart_number="C-ada")
    assert client_as("foreign_therapist").post(REGISTER, like_ada).status_code == 302


def test_particulars_are_amended(universe: Universe, client_as: ClientAs) -> None:
    browser, where = client_as("therapist"), reverse("patients:amend", args=[universe.ada.pk])
    form = Page(browser.get(where)).posting("chart_number")
    assert (form["family_name"], form["birth_date"]) == (["Adason"], ["1950-01-01"])
    browser.post(where, {**form, "ward": "Oak", "status": "discharged"})
    universe.ada.refresh_from_db()
    assert (universe.ada.ward, universe.ada.status) == ("Oak", "discharged")
    chart = Page(browser.get(reverse("rounds:chart", args=[universe.ada.pk])))
    assert "Oak · 1" in chart.words
    assert "Discharged" in chart.words


def test_amending_to_a_taken_number_is_said_and_changes_nothing(
    universe: Universe, client_as: ClientAs
) -> None:
    browser, where = client_as("therapist"), reverse("patients:amend", args=[universe.ada.pk])
    answer = browser.post(where, particulars(chart_number="C-bruno"))
    assert answer.status_code == 422
    assert "Another chart" in Page(answer).said_at("id_chart_number")
    universe.ada.refresh_from_db()
    assert (universe.ada.chart_number, universe.ada.family_name) == ("C-ada", "Adason")


def amended(universe: Universe, browser: Client, **changes: object) -> HttpResponse:
    where = reverse("patients:amend", args=[universe.bruno.pk])
    form = Page(browser.get(where)).posting("chart_number")
    return browser.post(where, {**form, **changes})


@pytest.fixture
def opened_before(universe: Universe, client_as: ClientAs) -> tuple[Client, str, Typed]:
    """A page that was opened before somebody else changed ward and cancer type of the chart."""
    browser, where = client_as("therapist"), reverse("patients:amend", args=[universe.bruno.pk])
    form = Page(browser.get(where)).posting("chart_number")
    theirs = {"ward": "Birch", "cancer_type": "lung"}
    assert amended(universe, client_as("supervisor"), **theirs).status_code == 302
    return browser, where, form


def test_what_another_amended_meanwhile_is_not_undone(
    universe: Universe, opened_before: tuple[Client, str, Typed]
) -> None:
    browser, where, form = opened_before
    told = browser.post(where, {**form, "language": "Türkçe"})
    assert told.status_code == 422
    page = Page(told)
    assert "Somebody else has changed this chart" in page.words
    sent = page.posting("chart_number")
    assert (sent["ward"], sent["language"]) == (["Birch"], ["Türkçe"])
    assert browser.post(where, sent).status_code == 302
    universe.bruno.refresh_from_db()
    kept = universe.bruno.ward, universe.bruno.cancer_type, universe.bruno.language
    assert kept == ("Birch", "lung", "Türkçe")


def test_what_both_amended_is_asked_once_at_its_field(
    universe: Universe, opened_before: tuple[Client, str, Typed]
) -> None:
    browser, where, form = opened_before
    page = Page(browser.post(where, {**form, "ward": "Oak", "cancer_type": "lung"}))
    assert "Meanwhile changed to «Birch»" in page.said_at("id_ward")
    assert "Meanwhile" not in page.said_at("id_cancer_type")
    universe.bruno.refresh_from_db()
    assert universe.bruno.ward == "Birch"
    assert browser.post(where, page.posting("chart_number")).status_code == 302
    universe.bruno.refresh_from_db()
    assert (universe.bruno.ward, universe.bruno.cancer_type) == ("Oak", "lung")


@pytest.mark.parametrize(
    ("shown", "status"),
    [("", 302), ("no JSON", 302), ("[]", 302), ("7", 302), ('{"ward": 3}', 422)],
)
def test_what_the_page_showed_can_be_anything_and_breaks_nothing(
    universe: Universe, client_as: ClientAs, shown: str, status: int
) -> None:
    answer = amended(universe, client_as("therapist"), shown=shown, language="Türkçe")
    assert answer.status_code == status
    universe.bruno.refresh_from_db()
    assert universe.bruno.language == ("Türkçe" if status == 302 else "")


def test_amending_into_anothers_name_and_birth_date_is_asked_once_and_never_forbidden(
    universe: Universe, client_as: ClientAs
) -> None:
    browser = client_as("therapist")
    warned = amended(universe, browser, **DOUBLE)
    page = Page(warned)
    assert warned.status_code == 422
    assert "Is this the same person?" in page.words
    assert "Save these particulars." in page.words
    assert "chart C-ada" in page.words
    assert "chart C-bruno" not in page.words.split("already here")[1].split("I checked")[0]
    universe.bruno.refresh_from_db()
    assert universe.bruno.family_name == "Brunoson"
    saved = amended(universe, browser, **DOUBLE, same_person_checked="1")
    assert saved.status_code == 302
    universe.bruno.refresh_from_db()
    assert universe.bruno.family_name == "Adásón"
    # The question was answered: another ward does not raise it again.
    assert amended(universe, browser, ward="Oak").status_code == 302


@pytest.mark.parametrize(
    "changes",
    [
        {"given_names": "Ada", "family_name": "Adason"},
        {"given_names": "BRUNO"},
        {"given_names": "Farah", "family_name": "Farahson"},
    ],
    ids=["all share the birth date, so: a double", "the own chart", "another clinic's"],
)
def test_only_another_chart_of_the_clinic_with_name_and_birth_date_is_a_double(
    universe: Universe, client_as: ClientAs, changes: Typed
) -> None:
    expected = 422 if changes.get("family_name") == "Adason" else 302
    assert amended(universe, client_as("therapist"), **changes).status_code == expected


def test_a_refusal_of_another_rule_is_not_blamed_on_the_chart_number(
    universe: Universe, client_as: ClientAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A form that let a wrong status through would be our mistake, and no sentence mends that."""
    good = PatientForm.particulars
    monkeypatch.setattr(PatientForm, "particulars", lambda form: {**good(form), "status": "gone"})
    browser = client_as("therapist")
    for answer in (browser.post(REGISTER, particulars()), amended(universe, browser, ward="Oak")):
        assert answer.status_code == 500
        assert "Another chart" not in Page(answer).words
