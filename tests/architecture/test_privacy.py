"""Every stored field says whether it is about a person."""

import pytest
from django.apps import apps
from django.db import models

MODELS = list(apps.get_app_config("sessions_app").get_models())
every_model = pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)


@every_model
def test_every_field_is_declared_personal_or_plain(model: type[models.Model]) -> None:
    fields = {field.name for field in model._meta.local_fields}
    declared = [*model.Privacy.personal, *model.Privacy.plain]  # type: ignore[attr-defined]
    assert len(declared) == len(set(declared)), "declared twice"
    assert fields - set(declared) == set(), "not declared"
    assert set(declared) - fields == set(), "no such field"


@every_model
def test_free_text_and_json_are_personal_unless_they_are_named_here(
    model: type[models.Model],
) -> None:
    """Nobody knows what is typed into a box."""
    harmless = {"Protocol.text", "CatalogueEdition.rules", "Clinic.second_factor_roles"}
    for field in model._meta.local_fields:
        if isinstance(field, models.TextField | models.JSONField):
            name = f"{model.__name__}.{field.name}"
            assert field.name in model.Privacy.personal or name in harmless, name  # type: ignore[attr-defined]


@every_model
def test_a_row_does_not_show_what_is_personal_in_its_text(model: type[models.Model]) -> None:
    if model.__name__ == "User":  # shown to colleagues by name, on purpose
        return
    personal = set(model.Privacy.personal)  # type: ignore[attr-defined]
    marks = {f.name: f"mark-{f.name}" for f in model._meta.local_fields if f.name in personal}
    texts = {n: m for n, m in marks.items() if _is_text(model, n)}
    assert not any(mark in str(_row(model, texts)) for mark in texts.values())


def _is_text(model: type[models.Model], name: str) -> bool:
    return isinstance(model._meta.get_field(name), models.CharField | models.TextField)


def _row(model: type[models.Model], texts: dict[str, str]) -> models.Model:
    if model.__name__ == "Membership":
        clinic = apps.get_model("sessions_app", "Clinic")(name="Clinic")
        return model(clinic=clinic, role="admin", **texts)
    if model.__name__ == "Arm":
        return model(protocol=apps.get_model("sessions_app", "Protocol")(code="x", version=1))
    return model(**texts)
