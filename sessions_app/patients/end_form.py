"""The form of an end: from when on a fact, or an order, holds no longer."""

from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format

from sessions_app.one_button import with_button
from sessions_app.patients.forms import date_input
from sessions_app.plain_errors import PlainForm


class NoLongerForm(PlainForm):
    """The day from which on it holds no longer: none before it began, and none ahead."""

    ended_on = forms.DateField(label="Holds no longer from", widget=date_input())

    def __init__(self, *args: Any, began: date, today: date, button: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.began, self.today = began, today
        self.fields["ended_on"].initial = today
        self.helper = with_button(button)

    def clean_ended_on(self) -> date:
        """The end lies between the beginning and today."""
        ended: date = self.cleaned_data["ended_on"]
        if not self.began <= ended <= self.today:
            began = date_format(self.began, "j M Y")
            raise forms.ValidationError(f"It began on {began}: choose a day from then to today.")
        return ended
