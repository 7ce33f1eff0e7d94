"""The form of a colleague's training and credentials."""

from datetime import date
from typing import Any

from crispy_forms.layout import Fieldset, Layout
from django import forms

from sessions_app.clinics.profile_model import MOST_COURSE, MOST_MONTHS, MOST_TRAINING
from sessions_app.one_button import with_button
from sessions_app.plain_errors import PlainForm

_EARLIEST, _FARTHEST = date(1950, 1, 1), 30


def _day(label: str, help_text: str = "") -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, required=False, widget=widget, help_text=help_text)


def _number(label: str, most: int, least: int = 0, help_text: str = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label, required=False, min_value=least, max_value=most, help_text=help_text
    )


class ProfileForm(PlainForm):
    """All may stay empty: what nobody has seen is not known."""

    licence_number = forms.CharField(label="Licence number", max_length=60, required=False)
    licence_until = _day("Licence holds until", "Its last day.")
    insurance_until = _day("Liability insurance holds until", "Its last day.")
    training_hours = _number("Hours of massage training", MOST_TRAINING)
    course_provider = forms.CharField(
        label="Oncology course: given by", max_length=120, required=False
    )
    course_hours = _number("Oncology course: hours", MOST_COURSE, least=1)
    course_on = _day("Oncology course: finished on")
    months_with_advanced_cancer = _number(
        "Months of work with people with advanced cancer", MOST_MONTHS
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.helper = with_button("Save credentials")
        self.helper.layout = Layout(
            Fieldset("Licence and insurance", "licence_number", "licence_until", "insurance_until"),
            Fieldset(
                "Training", "training_hours", "course_provider", "course_hours", "course_on",
                "months_with_advanced_cancer",
            ),
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """A course has its provider and lies in the past; a last day is one that can be meant."""
        said = super().clean() or {}
        for name in ("licence_until", "insurance_until"):
            until = said.get(name)
            farthest = self.today.year + _FARTHEST
            if until and not _EARLIEST.year <= until.year <= farthest:
                self.add_error(name, f"A last day lies between {_EARLIEST.year} and {farthest}.")
        on = said.get("course_on")
        if on and not _EARLIEST <= on <= self.today:
            self.add_error("course_on", "A course that is finished lies in the past.")
        a_course = on or said.get("course_hours")
        if a_course and said.get("course_provider") == "":
            self.add_error("course_provider", "Say who gave the course.")
        return said
