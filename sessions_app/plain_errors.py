"""What a form says of an answer that it cannot take: one plain sentence that names the field.

Django's stock sentences («Ensure this value is greater than or equal to 4.») name no field and
leave the person to guess what would do. A sentence that a field or a form brings itself stays.
"""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

_NUMBER = {"invalid", "min_value", "max_value"}
_LIKE: tuple[tuple[type[forms.Field], str], ...] = (
    (forms.DateField, "a day like 2026-11-21"),
    (forms.TimeField, "a time like 14:30"),
    (forms.EmailField, "an address like name@clinic.example"),
    (forms.MultipleChoiceField, "choose from the list"),
    (forms.ChoiceField, "choose one from the list"),
    (forms.BooleanField, "tick the box"),
)
"""What would do, by the kind of field; the first that fits. Numbers say their range."""


class PlainForm(forms.Form):
    """A form that speaks plainly. Every form of the clinic is one."""

    def add_error(self, field: str | None, error: ValidationError | Any) -> None:
        """Say it in plain words before it is kept."""
        if field in self.fields and isinstance(error, ValidationError):
            error = ValidationError(list(self._plainly(field, error)))
        super().add_error(field, error)

    def _plainly(self, name: str, error: ValidationError) -> Iterator[ValidationError | str]:
        for one in error.error_list:
            words = _words(self.fields[name], one)
            yield _sentence(str(self[name].label), words) if words else one


def _sentence(label: str, words: str) -> str:
    """Join a label with what is wanted; a label that is a question keeps its own sign."""
    if label.endswith(("?", ".", "!")):
        return f"{label} {words[0].upper()}{words[1:]}."
    return f"{label}: {words}."


def _words(field: forms.Field, error: ValidationError) -> str:
    """Return what is wanted instead; empty where the sentence is the field's own, or a form's."""
    code = error.code or ""
    if not code or _is_its_own(field, code):
        return ""
    if code == "required":
        return _when_empty(field)
    if code in _NUMBER and isinstance(field, forms.IntegerField):
        return _number(field)
    said: dict[str, Any] = error.params or {}
    shape = _SHAPES.get(code)
    return shape.format(**said) if shape else _like(field)


_SHAPES = {
    "max_length": "at most {limit_value} characters, these are {show_value}",
    "min_length": "at least {limit_value} characters, these are {show_value}",
    "null_characters_not_allowed": "one sign in it cannot be stored, type it again",
    "max_digits": "at most {max} digits",
    "max_whole_digits": "at most {max} digits before the point",
    "max_decimal_places": "at most {max} digits after the point",
}


def _is_its_own(field: forms.Field, code: str) -> bool:
    """Say whether the field was given a sentence of its own for this, beyond its class's."""
    said = field.error_messages.get(code)
    stock = (vars(kind).get("default_error_messages", {}) for kind in type(field).__mro__)
    return said is not None and not any(said is messages.get(code) for messages in stock)


def _when_empty(field: forms.Field) -> str:
    if isinstance(field, forms.MultipleChoiceField):
        return "choose at least one"
    if isinstance(field, forms.ChoiceField):
        return "choose one"
    shown = isinstance(field, forms.DateField | forms.TimeField | forms.BooleanField)
    return _like(field) if shown else "fill this in"


def _number(field: forms.IntegerField) -> str:
    """Return the range that would do. Also decimal numbers are integer fields to Django."""
    kind = (
        "a number" if isinstance(field, forms.DecimalField | forms.FloatField) else "a whole number"
    )
    low, high = field.min_value, field.max_value
    if low is not None and high is not None:
        return f"{kind} from {low} to {high}"
    if low is not None:
        return f"{kind}, {low} or more"
    return kind if high is None else f"{kind}, {high} or less"


def _like(field: forms.Field) -> str:
    return next((words for kind, words in _LIKE if isinstance(field, kind)), "check what is typed")
