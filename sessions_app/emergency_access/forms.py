"""What somebody must know and say to open another clinic's chart."""

import uuid
from datetime import date
from typing import Any

from django import forms

from sessions_app.one_button import with_button
from sessions_app.plain_errors import PlainForm

NOT_OPENED = (
    "No chart was opened. Check the clinic, the chart number and the birth date: all three must be "
    "exactly right. This try is on record."
)
TOO_MANY = (
    "Too many tries in a row opened nothing. Try again in {minutes}, or telephone the clinic: "
    "nothing was looked up, and this try is on record too."
)


class OpenForm(PlainForm):
    """The clinic, the chart number and the birth date, all exactly; and why."""

    clinic = forms.ChoiceField(label="The patient's clinic")
    chart_number = forms.CharField(label="Chart number", max_length=40)
    birth_date = forms.DateField(label="Birth date", widget=forms.DateInput(attrs={"type": "date"}))
    reason = forms.CharField(
        label="Why do you need this chart now?",
        min_length=10,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The clinic's supervisors read it.",
    )

    def __init__(
        self, *args: Any, clinics: list[tuple[str, str]], today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["clinic"].choices = [("", "Choose"), *clinics]  # type: ignore[attr-defined]
        self.helper = with_button(
            "Open the chart for 60 minutes", refused="Nothing was opened. Please look at:"
        )

    def asked(self) -> dict[str, Any]:
        """Return what the action wants."""
        said = dict(self.cleaned_data)
        clinic_id = uuid.UUID(said.pop("clinic"))
        return {**said, "clinic_id": clinic_id}
