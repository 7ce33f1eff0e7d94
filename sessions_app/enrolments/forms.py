"""Forms of a course: the eligibility checklist, and the end."""

from datetime import date, timedelta
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Submit
from django import forms

from sessions_app.enrolments.policies import ANSWERS
from sessions_app.one_button import with_button
from sessions_app.plain_errors import PlainForm
from sessions_app.protocols.definition import ProtocolDefinition

FARTHEST_AHEAD = timedelta(days=366)


class EnrolForm(PlainForm):
    """The first day, and each criterion of the trial answered yes, no or not known."""

    starts_on = forms.DateField(
        label="First day",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    def __init__(
        self, *args: Any, protocol: ProtocolDefinition, today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        took = self._ask(protocol.eligibility)
        left_out = self._ask(protocol.exclusions)
        parts = ["starts_on"]
        parts += [Fieldset("Whom the trial took", *took)] if took else []
        parts += [Fieldset("Whom it left out", *left_out)] if left_out else []
        self.helper = FormHelper()
        self.helper.layout = Layout(*parts, Submit("", "Start this protocol"))

    def _ask(self, questions: Any) -> list[str]:
        for question in questions:
            self.fields[f"ask_{question.code}"] = forms.ChoiceField(
                label=question.text, choices=ANSWERS, widget=forms.RadioSelect
            )
        return [f"ask_{question.code}" for question in questions]

    def clean_starts_on(self) -> date:
        """A course begins within a year of today, either way."""
        day: date = self.cleaned_data["starts_on"]
        if abs(day - self.today) > FARTHEST_AHEAD:
            raise forms.ValidationError("The first day lies within a year of today.")
        return day

    def checklist(self) -> dict[str, str]:
        """Return question code to answer."""
        return {
            name.removeprefix("ask_"): answer
            for name, answer in self.cleaned_data.items()
            if name.startswith("ask_")
        }


class EndForm(PlainForm):
    """When and why a course ends."""

    ended_on = forms.DateField(
        label="Last day", widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    reason = forms.CharField(
        label="Why", max_length=200, help_text="For example «all sessions given» or «went home»."
    )

    def __init__(self, *args: Any, starts_on: date, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.starts_on, self.today = starts_on, today
        self.helper = with_button("End the course")

    def clean_ended_on(self) -> date:
        """The last day is not before the first, and not to come."""
        day: date = self.cleaned_data["ended_on"]
        if not self.starts_on <= day <= max(self.today, self.starts_on):
            raise forms.ValidationError("The last day lies between the first day and today.")
        return day
