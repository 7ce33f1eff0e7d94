"""What a form says of an answer it cannot take: its field's name, and what would do."""

from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MinLengthValidator, RegexValidator

from sessions_app.plain_errors import PlainForm

LIST = [("a", "A"), ("b", "B")]


def _cases() -> list[tuple[forms.Field, Any, str]]:
    """Return a field labelled «Count», what is typed there, and what is said."""
    number, decimal = forms.IntegerField, forms.DecimalField
    return [
        (forms.CharField(), "", "Count: fill this in."),
        (forms.CharField(max_length=3), "four", "Count: at most 3 characters, these are 4."),
        (
            forms.CharField(validators=[MinLengthValidator(3)]),
            "ab",
            "Count: at least 3 characters, these are 2.",
        ),
        (forms.CharField(), "a\x00", "Count: one sign in it cannot be stored, type it again."),
        (number(), "abc", "Count: a whole number."),
        (number(), "", "Count: fill this in."),
        (number(min_value=4), "3", "Count: a whole number, 4 or more."),
        (number(min_value=4), "4.5", "Count: a whole number, 4 or more."),
        (number(max_value=80), "81", "Count: a whole number, 80 or less."),
        (number(min_value=4, max_value=80), "-1", "Count: a whole number from 4 to 80."),
        (number(min_value=0, max_value=0), "1", "Count: a whole number from 0 to 0."),
        (decimal(min_value=0), "NaN", "Count: a number, 0 or more."),
        (decimal(max_digits=3), "1234", "Count: at most 3 digits."),
        (decimal(max_digits=4, decimal_places=1), "1234", "Count: at most 3 digits before the"),
        (decimal(decimal_places=1), "1.25", "Count: at most 1 digits after the point."),
        (forms.FloatField(), "x", "Count: a number."),
        (forms.DateField(), "", "Count: a day like 2026-11-21."),
        (forms.DateField(), "2026-02-30", "Count: a day like 2026-11-21."),
        (forms.TimeField(), "25:00", "Count: a time like 14:30."),
        (forms.EmailField(), "nobody", "Count: an address like name@clinic.example."),
        (forms.ChoiceField(choices=LIST), "", "Count: choose one."),
        (forms.ChoiceField(choices=LIST), "c", "Count: choose one from the list."),
        (forms.MultipleChoiceField(choices=LIST), [], "Count: choose at least one."),
        (forms.MultipleChoiceField(choices=LIST), ["c"], "Count: choose from the list."),
        (forms.BooleanField(), "", "Count: tick the box."),
        (forms.UUIDField(), "x", "Count: check what is typed."),
    ]


def said(field: forms.Field, typed: Any, label: str = "Count") -> list[str]:
    """Return what a form with this one field says."""
    field.label = label
    form = type("OneField", (PlainForm,), {"one": field})({"one": typed})
    return list(form.errors.get("one", []))


@pytest.mark.parametrize(("field", "typed", "words"), _cases())
def test_the_field_is_named_and_told_what_would_do(
    field: forms.Field, typed: Any, words: str
) -> None:
    [sentence] = said(field, typed)
    assert sentence.startswith(words)
    assert sentence.endswith(".")


def test_a_label_that_is_a_question_keeps_its_sign() -> None:
    field = forms.ChoiceField(choices=LIST)
    assert said(field, "", label="Of age?") == ["Of age? Choose one."]


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        (forms.CharField(error_messages={"required": "Mine."}), ""),
        (forms.IntegerField(min_value=1, error_messages={"min_value": "Mine."}), "0"),
        (forms.RegexField("^a$", error_messages={"invalid": "Mine."}), "b"),
        (forms.ChoiceField(choices=LIST, error_messages={"invalid_choice": "Mine."}), "c"),
    ],
)
def test_a_fields_own_sentence_stays(field: forms.Field, typed: str) -> None:
    assert said(field, typed) == ["Mine."]


def test_a_forms_own_sentences_stay() -> None:
    class Checked(PlainForm):
        one = forms.CharField()

        def clean_one(self) -> str:
            raise ValidationError(["First.", "Second."])

        def clean(self) -> None:
            self.add_error("one", "Third.")
            self.add_error(None, "Of all.")

    errors = Checked({"one": "x"}).errors
    assert errors == {"one": ["First.", "Second.", "Third."], "__all__": ["Of all."]}


def test_several_mistakes_at_a_field_are_all_said() -> None:
    field = forms.CharField(max_length=2, validators=[RegexValidator("^a*$")])
    assert said(field, "bbb") == [
        "Count: check what is typed.",
        "Count: at most 2 characters, these are 3.",
    ]


def test_a_field_that_came_later_is_spoken_of_as_well() -> None:
    form = PlainForm({})
    form.fields["late"] = forms.CharField(label="Late")
    assert form.errors == {"late": ["Late: fill this in."]}
