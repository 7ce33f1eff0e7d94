"""Which sessions the rules are to be tried on, and with which threshold changed."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms

from sessions_app.amounts import AmountField
from sessions_app.asking_form import AskingForm
from sessions_app.one_button import with_button
from sessions_app.safety.catalogue import THRESHOLDS
from sessions_app.safety.replay import NoSuchSetting, setting

USUAL = timedelta(days=90)
_AS_IT_IS = ("", "None: the rules as they are")


class ReplayForm(AskingForm):
    """The first day, and at most one threshold with a value that no clinic has yet."""

    mistakes_name_their_field = True
    since = forms.DateField(
        label="Sessions since",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    threshold = forms.ChoiceField(
        label="Try another threshold",
        required=False,
        choices=[
            _AS_IT_IS,
            *((one.key, f"{one.label}, {one.unit}") for one in THRESHOLDS.values()),
        ],
    )
    value = AmountField(label="With this value", required=False, max_digits=12)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        kwargs["initial"] = {"since": today - USUAL}
        super().__init__(*args, **kwargs)
        self.today = today
        self.helper = with_button("Try them", refused="Not tried yet. Please look at:", asks=True)

    def clean_since(self) -> date:
        """Past sessions are asked, none to come."""
        day: date = self.cleaned_data["since"]
        if day > self.today:
            raise forms.ValidationError("Sessions since: choose today or an earlier day.")
        return day

    def clean(self) -> dict[str, Any]:
        """A threshold comes with its value, and no looser than any clinic may set it."""
        said = super().clean()
        key, value = said.get("threshold"), said.get("value")
        if "value" in self.errors or (not key and value is None):
            return said
        if not key:
            self.add_error("threshold", "Try another threshold: say which one has this value.")
        elif value is None:
            self.add_error("value", "With this value: type the number to try.")
        else:
            self._check(key, value)
        return said

    def _check(self, key: str, value: Decimal) -> None:
        try:
            setting(f"{key}={value}")
        except NoSuchSetting as refusal:
            self.add_error("value", str(refusal))

    def settings(self) -> dict[str, Decimal]:
        """Return what is changed; nothing where the rules are tried as they are."""
        key = self.cleaned_data["threshold"]
        return {key: self.cleaned_data["value"]} if key else {}
