"""A row made by its columns is the row that its class makes."""

import uuid
from datetime import UTC, datetime
from typing import Any

import pytest
from django.apps import apps
from django.db.models import NOT_PROVIDED

from sessions_app.clinics.owned import ClinicOwned
from sessions_app.sessions.models import Score, Session

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
OWNED = [
    model
    for model in apps.get_app_config("sessions_app").get_models()
    if issubclass(model, ClinicOwned)
]


def columns(row: ClinicOwned) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


@pytest.mark.parametrize("model", OWNED)
def test_what_is_not_told_has_the_models_default(model: type[ClinicOwned]) -> None:
    told = {"id": uuid.uuid4(), "clinic_id": uuid.uuid4()}
    made = model.of_columns(**told)
    expected = columns(model(**told))
    by_the_clock = {name for name, value in expected.items() if isinstance(value, datetime)}
    for name, value in columns(made).items():
        assert type(value) is type(expected[name])
        assert name in by_the_clock or value == expected[name]
    assert made._state.adding


@pytest.mark.parametrize("model", OWNED)
def test_two_rows_share_no_default_and_have_ids_of_their_own(model: type[ClinicOwned]) -> None:
    one, other = model.of_columns(), model.of_columns()
    assert one.pk != other.pk
    for field in model._meta.concrete_fields:
        if field.default is not NOT_PROVIDED and callable(field.default):
            assert getattr(one, field.attname) is not getattr(other, field.attname)


def test_what_is_told_stands_in_its_column() -> None:
    told = {"session_id": uuid.uuid4(), "scale": "pain", "before": 0, "performed_at": NOW}
    row = Score.of_columns(**told)
    assert told.items() <= columns(row).items()
    assert columns(row) == columns(Score(id=row.pk, **told))


@pytest.mark.parametrize("name", ["patient", "pk", "performed"])
def test_what_is_no_column_is_refused(name: str) -> None:
    with pytest.raises(TypeError, match=name):
        Session.of_columns(**{name: None})
