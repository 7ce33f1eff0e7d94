"""The form that writes down what a clinician decided about a threshold."""

from decimal import Decimal
from typing import Any

from django import forms

from sessions_app.amounts import AmountField
from sessions_app.clinics.thresholds import Held
from sessions_app.one_button import with_button
from sessions_app.plain_errors import PlainForm


class ThresholdForm(PlainForm):
    """A new value, by whom it was decided, and why."""

    value = AmountField(label="New value", max_digits=10, decimal_places=2)
    decided_by_name = forms.CharField(label="Clinician who decided", max_length=120)
    decided_by_role = forms.CharField(
        label="Clinician's role", max_length=80, help_text="For example «consultant oncologist»."
    )
    reason = forms.CharField(
        label="Reason", max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, held: Held, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.held, threshold = held, held.threshold
        self.fields["value"].help_text = (
            f"In {threshold.unit}: {threshold.floor_words}. The default is "
            f"{threshold.words(threshold.default)}; write it here to go back to it."
        )
        self.helper = with_button("Save decision")

    def clean_value(self) -> Decimal:
        """It keeps to the floor, can be meant, and is not what holds already."""
        value: Decimal = self.cleaned_data["value"]
        if problem := self.held.threshold.problem_with(value):
            raise forms.ValidationError(problem)
        if value == self.held.value:
            told = self.held.threshold.words(value)
            raise forms.ValidationError(f"{told} holds already. Nothing would change.")
        return value
