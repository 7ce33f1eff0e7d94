"""Forms of a clinician's order: what it lifts, where, by whom, until when."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.formats import date_format

from sessions_app.one_button import with_button
from sessions_app.patients.forms import date_input
from sessions_app.patients.order_model import LONGEST_DAYS
from sessions_app.patients.orders import LIFTABLE, lift_words
from sessions_app.patients.place_fields import PlacesField
from sessions_app.plain_errors import PlainForm
from sessions_app.vocabulary.body_sites import BodySite
from sessions_app.vocabulary.pressure import NO_CONTACT, Pressure
from sessions_app.vocabulary.severity import Level

OTHERS = "Others"
UP_TO = [
    (str(NO_CONTACT), "A session may begin; every limit stays"),
    *((str(level), f"Up to pressure {label}") for level, label in Pressure.choices()),
]


class GroupedCheckboxes(forms.CheckboxSelectMultiple):
    """Checkboxes under their headings; what is rarely used is folded until one of it is ticked."""

    look = "grouped"
    folded = OTHERS


class OrderForm(PlainForm):
    """One order, as the clinician gave it."""

    rules = forms.MultipleChoiceField(
        label="What the order lifts",
        widget=GroupedCheckboxes,
        help_text="Only what an order can lift is listed, with how far it can at most.",
    )
    up_to = forms.TypedChoiceField(
        label="What it allows", choices=UP_TO, coerce=int, widget=forms.RadioSelect
    )
    whole_body = forms.BooleanField(label="It holds for the whole body", required=False)
    sites = PlacesField(
        label="Only at these sites", presets=True, help_text="Left and right are the patient's."
    )
    clinician_name = forms.CharField(label="Clinician's name", max_length=120)
    clinician_role = forms.CharField(
        label="Clinician's role", max_length=80, help_text="For example «oncologist»."
    )
    ordered_on = forms.DateField(label="Ordered on", widget=date_input())
    expires_on = forms.DateField(
        label="Last day", widget=date_input(), help_text=f"At most {LONGEST_DAYS} days after it."
    )
    note = forms.CharField(label="Note", max_length=300, required=False)

    def __init__(self, *args: Any, speaking: Collection[str], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["rules"].choices = _rules_offered(speaking)  # type: ignore[attr-defined]
        self.fields["ordered_on"].initial = today
        self.fields["ordered_on"].widget.attrs["max"] = today.isoformat()
        self.fields["expires_on"].widget.attrs["min"] = today.isoformat()
        self.order_fields(["whole_body", "sites"])  # the picture first: where, then what
        self.helper = with_button("Save order")

    def clean_ordered_on(self) -> date:
        """Nothing was ordered tomorrow."""
        ordered: date = self.cleaned_data["ordered_on"]
        if ordered > self.today:
            raise forms.ValidationError("This day is still to come. When was it ordered?")
        return ordered

    def clean(self) -> dict[str, Any]:
        """It holds today, not for too long; it says where, and lifts something."""
        said = super().clean() or {}
        if said.get("ordered_on") and said.get("expires_on"):
            self._check_span(said["ordered_on"], said["expires_on"])
        if "up_to" in said:
            self._check_reach(said["up_to"], said.get("rules", []))
        return said

    def _check_span(self, ordered: date, last: date) -> None:
        latest = ordered + timedelta(days=LONGEST_DAYS)
        if last < ordered:
            self.add_error("expires_on", "The order would end before it was given.")
        elif last < self.today:
            self.add_error("expires_on", "This day has passed: the order holds no longer.")
        elif last > latest:
            day = date_format(latest, "j M Y")
            told = f"The latest day is {day}: {LONGEST_DAYS} days. After that, ask for a new order."
            self.add_error("expires_on", told)

    def _check_reach(self, up_to: int, rules: list[str]) -> None:
        whole, sites = self.cleaned_data.get("whole_body"), self.cleaned_data.get("sites")
        if up_to == NO_CONTACT:
            if rules and not any(Level.STOP in LIFTABLE[one].levels for one in rules):
                told = "What is ticked above does not keep a session from beginning: it only limits"
                self.add_error("up_to", f"{told} the pressure. Choose a pressure.")
        elif whole and sites:
            self.add_error("sites", "Untick these sites, or untick the whole body.")
        elif not whole and not sites and "sites" not in self.errors:
            self.add_error("sites", "Where? Tick the sites, or the whole body.")

    def order(self) -> dict[str, Any]:
        """Return what the action wants; no sites stand for the whole body."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "whole_body"}
        return {**said, "sites": [BodySite(code) for code in said["sites"]]}


def _rules_offered(speaking: Collection[str]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return what an order can lift; what speaks for the patient today stands first."""
    rows = {
        one: f"{each.title} ({one}): {lift_words(each, Pressure.STRONGEST)}"
        for one, each in LIFTABLE.items()
    }
    others = OTHERS if any(one in speaking for one in rows) else "All that an order can lift"
    groups = (
        ("Reminders of today", [(one, label) for one, label in rows.items() if one in speaking]),
        (others, [(one, label) for one, label in rows.items() if one not in speaking]),
    )
    return [(heading, offered) for heading, offered in groups if offered]
