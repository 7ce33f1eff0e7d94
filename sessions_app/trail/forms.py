"""The filters of the trail."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django import forms

from sessions_app.asking_form import AskingForm, anything
from sessions_app.audit.events import Event
from sessions_app.one_button import with_button

CLINIC, PEOPLE = "clinic", "people"
USUAL = timedelta(days=30)
EARLIEST = date(2000, 1, 1)


class TrailForm(AskingForm):
    """All filters may stay empty: then it is what the clinic did in the last 30 days."""

    first = forms.DateField(
        label="From", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    last = forms.DateField(
        label="To", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    trail = forms.ChoiceField(
        label="Which events",
        choices=[(CLINIC, "Of this clinic"), (PEOPLE, "Accounts and sign-ins of its people")],
        required=False,
    )
    person = forms.ChoiceField(label="Who did it", required=False)
    kind = forms.ChoiceField(label="What happened", required=False)
    subject = forms.UUIDField(required=False, widget=forms.HiddenInput)

    mistakes_name_their_field = True
    beside = {"after": anything}

    def __init__(
        self, data: Mapping[str, Any], *, people: Iterable[tuple[str, str]], today: date
    ) -> None:
        super().__init__(data)
        self.today = today
        kinds = sorted(((one.value, one.label) for one in Event), key=lambda pair: pair[1])
        for name, choices in (
            ("person", [("", "Anybody"), *people]),
            ("kind", [("", "Anything"), *kinds]),
        ):
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        self.helper = with_button(
            "Show", refused="These filters cannot be read. Please look at:", asks=True
        )

    def clean(self) -> dict[str, Any]:
        """Put the usual days where none are asked for."""
        said = super().clean()
        if self.errors:
            return said
        said["last"] = min(max(said.get("last") or self.today, EARLIEST), self.today)
        # Who asks about one thing wants all of it.
        usual = EARLIEST if said.get("subject") else said["last"] - USUAL
        said["first"] = max(said.get("first") or usual, EARLIEST)
        said["trail"] = said.get("trail") or CLINIC
        if said["first"] > said["last"]:
            self.add_error("last", forms.ValidationError("To: a day no earlier than «From»."))
        return said
