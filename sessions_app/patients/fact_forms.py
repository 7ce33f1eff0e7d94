"""Forms of a clinical fact: what is known, and what is answered when it is asked about again."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.formats import date_format

from sessions_app.amounts import AmountField
from sessions_app.one_button import with_button
from sessions_app.patients.forms import OLDEST, date_input
from sessions_app.patients.place_fields import PlacesField
from sessions_app.plain_errors import PlainForm
from sessions_app.vocabulary.body_sites import BodySite
from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.recorded import LONGEST_SPANS
from sessions_app.vocabulary.units import Unit


class FactForm(PlainForm):
    """One clinical fact: what, where, how much, seen when, by whom told."""

    kind = forms.ChoiceField(label="What is known", choices=[], widget=forms.HiddenInput)
    observed_on = forms.DateField(label="Observed on", widget=date_input())
    valid_until = forms.DateField(label="Valid until", required=False, widget=date_input())
    source = forms.CharField(
        label="Who says so", max_length=200, help_text="For example «lab», «nurse», «CT report»."
    )
    note = forms.CharField(label="Note", max_length=300, required=False)

    def __init__(self, *args: Any, kind: FactKind, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fact_kind, self.today = kind, today
        self.fields["kind"].choices = [(kind.value, kind.label)]  # type: ignore[attr-defined]
        self.fields["kind"].initial = kind.value
        for name, field in _asked_of(kind).items():
            self.fields[name] = field
        self.order_fields(["kind", "sites", "value", "unit"])
        self.fields["observed_on"].initial = today
        self.fields["observed_on"].widget.attrs["max"] = today.isoformat()
        self.fields["valid_until"].help_text = _usual_span(kind)
        self.helper = with_button("Save fact")

    def clean_observed_on(self) -> date:
        """Nothing was observed tomorrow, or in the year 26."""
        seen: date = self.cleaned_data["observed_on"]
        if seen > self.today:
            raise forms.ValidationError("This day is still to come. When was it observed?")
        if seen < OLDEST:
            raise forms.ValidationError("Before 1900: check the year.")
        return seen

    def clean(self) -> dict[str, Any]:
        """A measurement can be believed; a span ends after it begins, and not in years to come."""
        said = super().clean() or {}
        if said.get("observed_on") and said.get("valid_until"):
            self._check_span(said["observed_on"], said["valid_until"])
        units = self.fact_kind.unit_choices
        if len(units) == 1 and said.get("value") is not None:
            said["unit"] = units[0].value
        if said.get("value") is not None and said.get("unit"):
            slip = _slip(self.fact_kind, said["value"], Unit(said["unit"]))
            if slip:
                self.add_error("value", slip)
        return said

    def _check_span(self, seen: date, until: date) -> None:
        kind = self.fact_kind
        # What counts for life may have been observed long ago.
        begins = self.today if kind.default_validity_days is None else seen
        latest = begins + timedelta(days=kind.longest_validity_days)
        if until < seen:
            self.add_error("valid_until", "The fact would end before it was observed.")
        elif until > latest:
            day = date_format(latest, "j M Y")
            self.add_error("valid_until", f"The latest day is {day}: {_longest_span(kind)}.")

    def fact(self) -> dict[str, Any]:
        """Return what the action wants."""
        said = self.cleaned_data
        return {
            "kind": self.fact_kind,
            "sites": [BodySite(code) for code in said.get("sites", [])],
            "value": said.get("value"),
            "unit": said.get("unit", ""),
            **{name: said[name] for name in ("observed_on", "valid_until", "source", "note")},
        }


class AnswerForm(PlainForm):
    """The answer to a fact that was asked about again."""

    answer = forms.ChoiceField(label="Answer", choices=[])

    def __init__(self, *args: Any, kind: FactKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].choices = answers_to(kind)  # type: ignore[attr-defined]


def answers_to(kind: FactKind) -> list[tuple[str, str]]:
    """Return what can be answered in one tap.

    A measurement is never «still so»: only a new measurement says that, and it wants its value.
    """
    if kind.unit_choices:
        return [("unknown", "No newer value")]
    gone = [("no", "Not so any more")] if kind.may_be_absent else []
    return [("still", "Still so"), *gone, ("unknown", "Not known")]


def _asked_of(kind: FactKind) -> dict[str, forms.Field]:
    """Return the fields that this kind wants beside those of every kind."""
    asked: dict[str, forms.Field] = {}
    if kind.needs_sites:
        asked["sites"] = PlacesField(
            label="Where",
            offered=kind.sites_offered,
            help_text="Left and right are the patient's. Leave empty if the sites are not known.",
        )
    if kind.value_choices:
        asked["value"] = forms.TypedChoiceField(
            label="The patient's answer",
            choices=[(str(answer), words.capitalize()) for answer, words in kind.value_choices],
            coerce=Decimal,
            widget=forms.RadioSelect,
        )
    if kind.unit_choices:
        asked |= _measured(kind)
    return asked


def _measured(kind: FactKind) -> dict[str, forms.Field]:
    """Return value and unit; a kind that is printed in one unit only does not ask for it."""
    required, units = kind.value_required, kind.unit_choices
    value = AmountField(
        label="Value" if len(units) > 1 else f"Value ({units[0].label})",
        min_value=0,
        max_digits=12,
        decimal_places=3,
        required=required,
        error_messages={"required": "Type the value as the laboratory wrote it."},
    )
    if len(units) == 1:
        return {"value": value}
    unit = forms.ChoiceField(
        label="Unit",
        choices=[("", "–"), *((unit.value, unit.label) for unit in units)],
        required=required,
        error_messages={"required": "Choose the unit that the laboratory used."},
    )
    return {"value": value, "unit": unit}


def _usual_span(kind: FactKind) -> str:
    days = kind.default_validity_days
    if days is None:
        return "Leave empty: it counts for life."
    if days == 0:
        return "Leave empty: it is asked anew each day."
    return f"Leave empty for the usual {days} {'day' if days == 1 else 'days'}."


def _longest_span(kind: FactKind) -> str:
    days = kind.default_validity_days
    if days is None:
        return f"{kind.longest_validity_days} days from today. Leave it empty to count for life"
    if days == 0:
        return "it is asked anew each day"
    spans = f"{LONGEST_SPANS} times the usual {days} {'day' if days == 1 else 'days'}"
    return f"{spans}. After that, record it anew"


def _slip(kind: FactKind, value: Decimal, unit: Unit) -> str:
    """Return what is said of a value that cannot be; empty where it can.

    The likely slip is the unit: 45,000 written under 10⁹/L would hide a count of 45,000/µL.
    """
    if kind.believes(value, unit):
        return ""
    read = unit.written(value)
    other = next((one for one in kind.unit_choices if kind.believes(value, one)), None)
    if other is None:
        least, most = kind.recorded.least_in(unit), kind.recorded.most_in(unit)
        return f"{read} cannot be: {unit.written(least)} to {unit.written(most)}. Check the number."
    base = next(one for one in kind.unit_choices if one.factor == 1 and not one.offset)
    meant = base.written(unit.to_base(value).quantize(Decimal("0.1")).normalize())
    told = f"{read} would be {meant}" if base is not unit else f"{read} cannot be"
    return f"{told}. Is the unit {other.label}?"
