"""Which rule of the database refused a row, and what the person at the form is told of it.

A form that was sent twice is no refusal: the second gets the answer of the first.
"""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from django import forms
from django.db import IntegrityError, models

Row = TypeVar("Row", bound=models.Model)
Models = type[models.Model] | tuple[type[models.Model], ...]
Told = Mapping[str, tuple[str | None, str]]
"""Name of a constraint or guard -> the form's field (None: the whole form) and the sentence."""


def say(form: forms.Form, refusal: IntegrityError, written: Models, told: Told) -> None:
    """Put the sentence for the broken rule of the written models on the form.

    A field that this form has not got is said above it. Any other refusal is a mistake of ours,
    which no sentence to the person would mend: it is raised again.
    """
    field, sentence = told.get(broken(refusal, written), (None, ""))
    if not sentence:
        raise refusal
    form.add_error(field if field in form.fields else None, sentence)


def sent_already(row: Row, said: Iterable[str]) -> Row | None:
    """Return the stored row that says the very same in these columns as one that was refused."""
    wanted = {name: getattr(row, name) for name in said}
    return type(row)._default_manager.filter(**wanted).first()


def broken(refusal: IntegrityError, written: Models) -> str:
    """Return the name of the constraint, or of the guard, that refused a row of these models.

    Empty where it is something else: another model's, or a column that may not be empty.
    """
    each = written if isinstance(written, tuple) else (written,)
    known = {str(one.name): (model, one) for model in each for one in model._meta.constraints}
    named = getattr(getattr(refusal.__cause__, "diag", None), "constraint_name", None)
    if named is not None:  # PostgreSQL says which
        return str(named) if named in known else ""
    said = str(refusal).splitlines()[0]
    if said.isidentifier():  # a guard says its own name
        return said
    return next((name for name, one in known.items() if _sqlite_means(said, *one)), "")


def _sqlite_means(said: str, model: type[models.Model], one: models.BaseConstraint) -> bool:
    """SQLite names a check, but tells a unique constraint by its columns alone."""
    if isinstance(one, models.UniqueConstraint):
        table, column = model._meta.db_table, {f.name: f.column for f in model._meta.local_fields}
        columns = ", ".join(f"{table}.{column[name]}" for name in one.fields)
        return said == f"UNIQUE constraint failed: {columns}"
    return said == f"CHECK constraint failed: {one.name}"
