"""Forms of the chart: the search, and its particulars."""

from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms

from sessions_app.plain_errors import PlainForm
from sessions_app.vocabulary.records import PatientStatus

OLDEST = date(1900, 1, 1)
WHO = ("given_names", "family_name", "birth_date")


def date_input(**attrs: Any) -> forms.DateInput:
    """Return the browser's own date control; it wants and gives ISO dates."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", **attrs})


class SearchForm(PlainForm):
    """What is looked for: parts of a name, or a chart number. Sent by POST: names stay off URLs."""

    q = forms.CharField(
        label="Name or chart number",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )


class PatientForm(PlainForm):
    """A chart's particulars."""

    family_name = forms.CharField(label="Family name", max_length=120)
    given_names = forms.CharField(label="Given names", max_length=120)
    birth_date = forms.DateField(label="Date of birth", widget=date_input())
    chart_number = forms.CharField(label="Chart number", max_length=40)
    language = forms.CharField(label="Language", max_length=40, required=False)
    ward = forms.CharField(label="Ward", max_length=60, required=False)
    room = forms.CharField(label="Room", max_length=40, required=False)
    cancer_type = forms.CharField(label="Cancer type, in words", max_length=200, required=False)
    icd10 = forms.RegexField(
        r"^[A-Za-z][0-9][0-9A-Za-z](\.[0-9A-Za-z]{1,4})?$",
        label="ICD-10 code",
        max_length=10,
        required=False,
        help_text="If known, for example C50.9",
        error_messages={"invalid": "An ICD-10 code looks like C50 or C50.9."},
    )
    status = forms.ChoiceField(label="Status", choices=PatientStatus.choices(), initial="active")
    same_person_checked = forms.BooleanField(required=False)  # drawn beside the likely doubles

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["birth_date"].widget.attrs["max"] = today.isoformat()
        self.helper = FormHelper()
        self.helper.form_tag, self.helper.disable_csrf = False, True
        self.helper.layout = Layout(
            Fieldset("Who", "family_name", "given_names", "birth_date", "chart_number", "language"),
            Fieldset("Where", "ward", "room", "status"),
            Fieldset("Illness", "cancer_type", "icd10"),
        )

    def clean_birth_date(self) -> date:
        """A birth date lies between 1900 and today."""
        born: date = self.cleaned_data["birth_date"]
        if not OLDEST <= born <= self.today:
            raise forms.ValidationError("A date of birth lies between 1900 and today.")
        return born

    def clean_icd10(self) -> str:
        """ICD-10 codes are written with a capital letter."""
        return str(self.cleaned_data["icd10"]).upper()

    @property
    def names_another_person(self) -> bool:
        """Say whether the name or the birth date is another than the chart's."""
        return not set(WHO).isdisjoint(self.changed_data)

    def who(self) -> dict[str, Any]:
        """Return what a person is known by: the names and the birth date."""
        return {name: self.cleaned_data[name] for name in WHO}

    def particulars(self) -> dict[str, Any]:
        """Return the chart's columns."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name != "same_person_checked"
        }
