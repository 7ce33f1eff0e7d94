"""Which two arms are to be compared, on which scale, over which days."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from sessions_app.asking_form import AskingForm
from sessions_app.dashboards.arms_report import Asked, Pair
from sessions_app.one_button import with_button
from sessions_app.vocabulary.scales import Scale

COMPARED = (Scale.PAIN, Scale.MOOD)
"""What both trials with two arms asked before and after."""
EARLIEST = date(2000, 1, 1)


def _day(label: str) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, required=False, widget=widget)


class ArmsForm(AskingForm):
    """Two arms of one version of a protocol; without days, all sessions so far."""

    mistakes_name_their_field = True
    beside = {"format": {"csv"}.__contains__}
    arms = forms.ChoiceField(label="Two arms")
    scale = forms.ChoiceField(label="Scale", choices=[(one.value, one.label) for one in COMPARED])
    first = _day("First day (empty: from the beginning)")
    last = _day("Last day (empty: until today)")

    def __init__(self, *args: Any, pairs: Mapping[str, Pair], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pairs, self.today = pairs, today
        self.fields["arms"].choices = [(code, _words(pair)) for code, pair in pairs.items()]  # type: ignore[attr-defined]
        self.helper = with_button("Compare", refused="Not compared yet. Please look at:", asks=True)

    def clean_first(self) -> date | None:
        """A day that lies behind, and not before there was anything."""
        return self._past("first")

    def clean_last(self) -> date | None:
        """As the first day."""
        return self._past("last")

    def clean(self) -> dict[str, Any]:
        """The days stand in their order."""
        said = super().clean()
        first, last = said.get("first"), said.get("last")
        if first and last and last < first:
            self.add_error("last", "Last day: choose the first day or a later one.")
        return said

    def asked(self) -> Asked:
        """Return what a valid form asks for."""
        said = self.cleaned_data
        scale = Scale(said["scale"])
        return Asked(self.pairs[said["arms"]], scale, said["first"], said["last"])

    def _past(self, name: str) -> date | None:
        day: date | None = self.cleaned_data[name]
        label = "First day" if name == "first" else "Last day"
        if day and day > self.today:
            raise forms.ValidationError(f"{label}: choose today or an earlier day.")
        if day and day < EARLIEST:
            raise forms.ValidationError(f"{label}: choose a day from 1 January 2000 on.")
        return day


def _words(pair: Pair) -> str:
    """The arms first: a phone shows the beginning of a choice."""
    protocol, (one, other) = pair[0].protocol, pair
    return f"{one.arm.title} and {other.arm.title}: {protocol.title}, version {protocol.version}"
