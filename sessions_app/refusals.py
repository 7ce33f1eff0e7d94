"""Which rule of the database refused a row, and what the person at the form is told of it."""

from collections.abc import Mapping

from django import forms
from django.db import IntegrityError, models

Told = Mapping[str, tuple[str | None, str]]
"""Name of a constraint -> the form's field (None: the whole form) and the sentence."""


def say(form: forms.Form, refusal: IntegrityError, model: type[models.Model], told: Told) -> None:
    """Put the sentence for the broken constraint on the form.

    Any other refusal is a mistake of ours, which no sentence to the person would mend: it is
    raised again.
    """
    field, sentence = told.get(broken(refusal, model), (None, ""))
    if not sentence:
        raise refusal
    form.add_error(field, sentence)


def broken(refusal: IntegrityError, model: type[models.Model]) -> str:
    """Return the name of the model's constraint that refused a row; empty where it is another's."""
    named = getattr(getattr(refusal.__cause__, "diag", None), "constraint_name", None)
    known = {str(one.name): one for one in model._meta.constraints}
    if named is not None:  # PostgreSQL says which
        return str(named) if named in known else ""
    return next((name for name, one in known.items() if _sqlite_means(refusal, model, one)), "")


def _sqlite_means(
    refusal: IntegrityError, model: type[models.Model], one: models.BaseConstraint
) -> bool:
    """SQLite names a check, but tells a unique constraint by its columns alone."""
    said = str(refusal)
    if isinstance(one, models.UniqueConstraint):
        table, column = model._meta.db_table, {f.name: f.column for f in model._meta.local_fields}
        columns = ", ".join(f"{table}.{column[name]}" for name in one.fields)
        return said == f"UNIQUE constraint failed: {columns}"
    return said == f"CHECK constraint failed: {one.name}"
