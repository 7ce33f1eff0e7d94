"""Fields that refuse in sentences of our own. Each sentence names its field and stands alone."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.utils.formats import get_format

HIDDEN_PART_LOST = "A hidden part of this form was lost and has been renewed: save once more."

Choices = Iterable[tuple[str, str]]


class WholeNumberField(forms.IntegerField):
    """A whole number, typed into a plain box with the keyboard of numbers.

    For a box of type «number» a browser sends nothing where it cannot read what was typed
    («30e», «7-2»): the slip would be lost in silence, and another number stored. Its memory
    («autocomplete») stays on: a browser that goes back fills in again only what it may remember.
    """

    def __init__(self, label: str, lowest: int, highest: int, **kwargs: Any) -> None:
        sentence = f"{label}: a whole number from {lowest} to {highest}."
        wrong = ("required", "invalid", "min_value", "max_value")
        super().__init__(
            label=label,
            min_value=lowest,
            max_value=highest,
            widget=forms.TextInput(attrs={"inputmode": "numeric"}),
            error_messages=dict.fromkeys(wrong, sentence),
            **kwargs,
        )


def day_field(label: str, **kwargs: Any) -> forms.DateField:
    """Return a field for a day; the browser's own control wants and gives ISO dates."""
    sentence = f"{label}: choose it, or write it like 2026-03-21."
    return forms.DateField(
        label=label,
        input_formats=_first("%Y-%m-%d", "DATE_INPUT_FORMATS"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": sentence, "invalid": sentence},
        **kwargs,
    )


def clock_field(label: str, **kwargs: Any) -> forms.TimeField:
    """Return a field for a time on the clinic's clock, to the minute."""
    sentence = f"{label}: write it like 14:05."
    return forms.TimeField(
        label=label,
        input_formats=_first("%H:%M", "TIME_INPUT_FORMATS"),
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"required": sentence, "invalid": sentence},
        **kwargs,
    )


def one_of(
    label: str, choices: Choices, *, missing: str = "", name: str = "", **kwargs: Any
) -> forms.ChoiceField:
    """Return a field for one of several choices.

    `missing` is what to say where there is none; refusals go by `name` where a label stands twice.
    """
    sentence = f"{name or label}: choose one of those offered."
    return forms.ChoiceField(
        label=label,
        choices=list(choices),
        error_messages={"required": missing or sentence, "invalid_choice": sentence},
        **kwargs,
    )


def some_of(
    label: str, choices: Choices, *, missing: str = "", **kwargs: Any
) -> forms.MultipleChoiceField:
    """Return a field for any of several choices."""
    sentence = f"{label}: choose from those offered."
    return forms.MultipleChoiceField(
        label=label,
        choices=list(choices),
        error_messages={
            "required": missing or sentence, "invalid_choice": sentence, "invalid_list": sentence,
        },
        **kwargs,
    )  # fmt: skip


def words_field(label: str, longest: int, **kwargs: Any) -> forms.CharField:
    """Return an optional field for a few words."""
    name = label if ":" not in label else f"«{label}»"
    kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 2}))
    return forms.CharField(
        label=label,
        required=False,
        max_length=longest,
        error_messages={
            "max_length": f"{name}: at most {longest} characters; these are %(show_value)d.",
            "null_characters_not_allowed": f"{name}: a sign in it cannot be stored. Type it anew.",
        },
        **kwargs,
    )


def hidden_field(longest: int) -> forms.CharField:
    """Return a field that the page fills in by itself."""
    damaged = ("max_length", "null_characters_not_allowed")
    return forms.CharField(
        required=False,
        max_length=longest,
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(damaged, HIDDEN_PART_LOST),
    )


def _first(own: str, usual: str) -> list[str]:
    """Return the form that a browser's own control gives, then those in which people type it.

    Each that does not fit costs as much as a whole field; ISO dates came last of Django's list.
    """
    return [own, *get_format(usual, lang=settings.LANGUAGE_CODE)]
