"""Rows read with a statement that is spelled once are the rows that Django reads."""

import uuid
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from sessions_app.clinics.threshold_actions import set_threshold
from sessions_app.clinics.threshold_model import ClinicThreshold
from sessions_app.clinics.thresholds import bounds_of
from sessions_app.enrolments.models import Enrolment
from sessions_app.fetching import as_rows, fetch, nobodys, of_model, rows_of
from sessions_app.patients import actions as patients
from sessions_app.patients.models import ClinicalFact, Patient
from sessions_app.patients.order_model import Order
from sessions_app.people.models import User
from sessions_app.people.sign_in_model import SignIn
from sessions_app.sessions.models import Score, Session, SessionReceipt
from sessions_app.vocabulary.body_sites import BodySite
from sessions_app.vocabulary.conditions import FactKind
from tests.universe import Universe

MODELS = (Patient, ClinicalFact, Enrolment, Session, Score, SessionReceipt)


@pytest.fixture
def filled(universe: Universe) -> Universe:
    """Add what has a measurement, several sites and an end."""
    said = {"by": universe.therapist, "source": "letter «ä», 50 %"}
    for kind, more in (
        (FactKind.PLATELETS, {"value": Decimal("37.5"), "unit": "per_nl"}),
        (FactKind.BONE_METASTASIS, {"sites": [BodySite.SPINE_THORACIC, BodySite.HIP_LEFT]}),
    ):
        patients.record_fact(
            patient=universe.ada, kind=kind, observed_on=universe.today, **said, **more
        )
    return universe


def columns(row: models.Model) -> dict[str, tuple[type, Any]]:
    return {
        field.attname: (type(value), value)
        for field in row._meta.concrete_fields
        for value in [getattr(row, field.attname)]
    }


def each(rows: Any) -> Iterator[dict[str, tuple[type, Any]]]:
    return (columns(row) for row in sorted(rows, key=lambda row: row.pk))


@pytest.mark.parametrize("model", MODELS)
def test_rows_are_those_of_django_value_by_value(
    filled: Universe, model: type[models.Model]
) -> None:
    clinic = filled.therapist.clinic_id
    found = rows_of(model, clinic_id=clinic)
    assert found
    assert list(each(found)) == list(each(model._default_manager.filter(clinic_id=clinic)))
    assert {(row._state.adding, row._state.db) for row in found} == {(False, "default")}


@pytest.mark.parametrize("model", [User, SignIn])
def test_a_row_of_no_clinic_is_that_of_django_value_by_value(
    universe: Universe, model: type[models.Model]
) -> None:
    key = model._meta.pk.attname
    for row in model._default_manager.all():
        found = nobodys(model, **{key: row.pk})
        assert found is not None
        assert columns(found) == columns(row)
    assert nobodys(model, **{key: uuid.uuid4() if model is User else "no such key"}) is None


def test_only_rows_that_hold_the_values_and_only_the_clinics(filled: Universe) -> None:
    clinic, patient = filled.therapist.clinic_id, filled.ada.pk
    found = rows_of(ClinicalFact, clinic_id=clinic, patient_id=patient)
    assert {row.patient_id for row in found} == {patient}
    assert rows_of(ClinicalFact, clinic_id=uuid.uuid4(), patient_id=patient) == []
    assert rows_of(Order, clinic_id=clinic, patient_id=uuid.uuid4()) == []


def test_rows_of_several_models_in_one_query_are_those_of_each(
    filled: Universe, django_assert_num_queries: Any
) -> None:
    clinic, mine = filled.therapist.clinic_id, {"patient_id": filled.ada.pk}
    wanted: list[tuple[type[models.Model], dict[str, Any]]] = [
        (Order, {"patient_id": uuid.uuid4()}), (ClinicalFact, mine), (Patient, {}), (Session, mine),
    ]  # fmt: skip
    asked = [of_model(model, clinic_id=clinic, **equal) for model, equal in wanted]
    apart = [rows_of(model, clinic_id=clinic, **equal) for model, equal in wanted]
    for _ in range(8):  # also as a statement that the database keeps
        with django_assert_num_queries(1):
            found = fetch(*asked)
        told = [as_rows(model, rows) for (model, _), rows in zip(wanted, found, strict=True)]
        assert [list(each(rows)) for rows in told] == [list(each(rows)) for rows in apart]
    assert not apart[0]
    assert all(apart[1:])


def test_a_statement_that_the_database_keeps_gives_the_same(filled: Universe) -> None:
    whose = {"clinic_id": filled.therapist.clinic_id, "patient_id": filled.ada.pk}
    found = [list(each(rows_of(ClinicalFact, **whose))) for _ in range(8)]
    assert found[0]
    assert all(rows == found[0] for rows in found)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_prepared_statements")
            assert cursor.fetchone()[0] >= 1


def test_a_statement_is_counted_and_shown_with_its_values(filled: Universe) -> None:
    whose = {"clinic_id": filled.therapist.clinic_id, "patient_id": filled.ada.pk}
    with CaptureQueriesContext(connection) as said:
        rows_of(ClinicalFact, **whose)
    assert len(said) == 1
    shown = said.captured_queries[-1]["sql"].replace("-", "")
    assert filled.ada.pk.hex in shown


def test_of_two_decisions_on_a_threshold_the_newer_holds(universe: Universe) -> None:
    by, key = universe.admin, "platelets_low"
    for n, value in enumerate((Decimal(30_000), Decimal(25_000))):
        set_threshold(
            key=key, value=value, decided_by_name="Dr Doe", decided_by_role="haematologist",
            reason="Guideline.", by=by, at=universe.now + timedelta(minutes=n),
        )  # fmt: skip
    held = bounds_of(by.clinic_id)
    assert held.settings == {key: Decimal(25_000)}
    newest = ClinicThreshold.objects.filter(clinic_id=by.clinic_id).newest_first()[0]
    assert held.settings[key] == newest.value
