"""A rule of the database that refused a row is told by its own sentence, or not at all."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django import forms
from django.db import IntegrityError, models, transaction

from sessions_app.models import ClinicalFact, Enrolment, Patient
from sessions_app.refusals import broken, say
from tests.universe import Universe

Changes = dict[str, Any]

BAD: list[tuple[type[models.Model], str, Changes]] = [
    (Patient, "patient_chart_number_once", {"chart_number": "C-bruno"}),
    (Patient, "patient_known_status", {"chart_number": "new", "status": "gone"}),
    (Enrolment, "enrolment_one_running", {}),
    (Enrolment, "enrolment_ends_after_start", {"ended_on": -1}),
    (ClinicalFact, "fact_known_kind", {"kind": "mood"}),
    (Patient, "", {"chart_number": "new", "ward": None}),
]


def refusal(world: Universe, model: type[models.Model], changes: Changes) -> IntegrityError:
    """Return what the database says of a copy of Ada's row with something wrong."""
    rows: Any = model._default_manager
    row = rows.filter(**({"pk": world.ada.pk} if model is Patient else {"patient": world.ada}))[0]
    row.pk = uuid.uuid4()
    for name, value in changes.items():
        if name == "ended_on":
            value = row.starts_on + timedelta(days=value)
        setattr(row, name, value)
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        row.save(force_insert=True)
    return refused.value


@pytest.mark.parametrize(("model", "name", "changes"), BAD)
def test_the_broken_rule_is_named_alike_on_both_databases(
    universe: Universe, model: type[models.Model], name: str, changes: Changes
) -> None:
    assert broken(refusal(universe, model, changes), model) == name


def test_a_known_rule_is_told_at_its_field_and_another_is_raised_again(universe: Universe) -> None:
    form: Any = type("Form", (forms.Form,), {"number": forms.CharField()})({"number": "7"})
    told = {"patient_chart_number_once": ("number", "Taken."), "fact_known_kind": (None, "Kind.")}
    say(form, refusal(universe, Patient, {"chart_number": "C-bruno"}), Patient, told)
    say(form, refusal(universe, ClinicalFact, {"kind": "mood"}), (Patient, ClinicalFact), told)
    assert form.errors == {"number": ["Taken."], "__all__": ["Kind."]}
    for changes in ({"status": "gone", "chart_number": "new"}, {"chart_number": "n", "ward": None}):
        other = refusal(universe, Patient, changes)
        with pytest.raises(IntegrityError) as again:
            say(form, other, Patient, told)
        assert again.value is other
