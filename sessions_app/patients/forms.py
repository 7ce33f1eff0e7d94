"""Forms of the chart: particulars, a clinical fact, its end."""

from datetime import date
from decimal import Decimal
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Submit
from django import forms

from sessions_app.plain_errors import PlainForm
from sessions_app.vocabulary.body_sites import BodySite, SiteGroup
from sessions_app.vocabulary.conditions import FactKind, PlateletUnit
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
        self.helper.form_tag = False
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


SITE_CHOICES = [
    (group.label, [(site.value, site.label) for site in BodySite if site.group is group])
    for group in SiteGroup
]


class FactForm(PlainForm):
    """One clinical fact: what, where, how much, seen when, by whom told."""

    kind = forms.ChoiceField(label="What is known", choices=[])
    sites = forms.MultipleChoiceField(
        label="Where",
        choices=SITE_CHOICES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Left and right are the patient's. Leave empty if the sites are not known.",
    )
    value = forms.DecimalField(
        label="Value", required=False, min_value=0, max_digits=12, decimal_places=3
    )
    unit = forms.ChoiceField(
        label="Unit", required=False, choices=[("", "–"), *PlateletUnit.choices()]
    )
    refused = forms.BooleanField(label="Withdrawn or refused", required=False)
    observed_on = forms.DateField(label="Observed on", widget=date_input())
    valid_until = forms.DateField(
        label="Valid until",
        required=False,
        widget=date_input(),
        help_text="Leave empty for the usual span of this kind.",
    )
    source = forms.CharField(
        label="Who says so", max_length=200, help_text="For example «lab», «nurse», «CT report»."
    )
    note = forms.CharField(label="Note", max_length=300, required=False)

    def __init__(self, *args: Any, kind: FactKind, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fact_kind, self.today = kind, today
        self.fields["kind"].choices = [(kind.value, kind.label)]  # type: ignore[attr-defined]
        self.fields["kind"].widget = forms.HiddenInput()
        self.fields["kind"].initial = kind.value
        for name, wanted in _wanted(kind).items():
            if not wanted:
                del self.fields[name]
        self.helper = FormHelper()
        self.helper.add_input(Submit("", "Save fact"))

    def clean_observed_on(self) -> date:
        """Nothing was observed tomorrow, or in the year 26."""
        seen: date = self.cleaned_data["observed_on"]
        if seen > self.today:
            raise forms.ValidationError("This day is still to come. When was it observed?")
        if seen < OLDEST:
            raise forms.ValidationError("Before 1900: check the year.")
        return seen

    def clean(self) -> dict[str, Any]:
        """A measurement needs its unit; a span ends after it begins."""
        said = super().clean() or {}
        seen, until = said.get("observed_on"), said.get("valid_until")
        if seen and until and until < seen:
            self.add_error("valid_until", "The fact would end before it was observed.")
        if "unit" in self.fields and "value" not in self.errors:
            if said.get("value") is None:
                self.add_error("value", "Type the count as the laboratory wrote it.")
            elif not said.get("unit"):
                self.add_error("unit", "Choose the unit that the laboratory used.")
        return said

    def fact(self) -> dict[str, Any]:
        """Return what the action wants."""
        said = self.cleaned_data
        value = said.get("value")
        if "refused" in self.fields:
            value = Decimal(0) if said["refused"] else Decimal(1)
        return {
            "kind": self.fact_kind,
            "sites": [BodySite(code) for code in said.get("sites", [])],
            "value": value,
            "unit": said.get("unit", ""),
            **{name: said[name] for name in ("observed_on", "valid_until", "source", "note")},
        }


class EndFactForm(PlainForm):
    """From when on a fact holds no longer."""

    ended_on = forms.DateField(label="Holds no longer from", widget=date_input())

    def __init__(self, *args: Any, observed_on: date, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.observed_on, self.today = observed_on, today
        self.helper = FormHelper()
        self.helper.add_input(Submit("", "End this fact"))

    def clean_ended_on(self) -> date:
        """The end lies between the observation and today."""
        ended: date = self.cleaned_data["ended_on"]
        if not self.observed_on <= ended <= self.today:
            raise forms.ValidationError("The end lies between the observation and today.")
        return ended


def _wanted(kind: FactKind) -> dict[str, bool]:
    measured = bool(kind.unit_choices)
    return {
        "sites": kind.needs_sites,
        "value": measured,
        "unit": measured,
        "refused": kind is FactKind.CONSENT,
    }
