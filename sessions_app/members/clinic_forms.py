"""The settings of a clinic, and the particulars of a new one."""

from typing import Any
from zoneinfo import available_timezones

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError

from sessions_app.clinics.emergency_number import check_emergency_number
from sessions_app.clinics.models import IDLE_MINUTES, RETENTION_YEARS
from sessions_app.one_button import with_button
from sessions_app.plain_errors import PlainForm
from sessions_app.vocabulary.roles import Role, SignOff

_LEAST, _MOST = RETENTION_YEARS


def zones() -> list[tuple[str, str]]:
    """Return the time zones by name, as a form offers them."""
    named = (one for one in available_timezones() if "/" in one and not one.startswith("Etc/"))
    return [(one, one.replace("_", " ")) for one in sorted({*named, "UTC"})]


class ParticularsForm(PlainForm):
    """What every clinic has from its first day."""

    name = forms.CharField(label="Name", max_length=120)
    time_zone = forms.ChoiceField(
        label="Time zone", help_text="It decides which day and which week it is."
    )
    emergency_text = forms.CharField(
        label="What to do in an emergency",
        max_length=300,
        help_text="One or two sentences: whom to call, and what to do until they come.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    emergency_number = forms.CharField(
        label="Number to call", max_length=40, help_text="As it is dialled: one tap calls it."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices, held = zones(), self.initial.get("time_zone")
        known = held is None or held in dict(choices)
        self.fields["time_zone"] = forms.ChoiceField(
            label="Time zone",
            choices=choices if known else [(held, held), *choices],
            help_text=self.fields["time_zone"].help_text,
        )
        self.helper = with_button(self.button)
        self.helper.layout = Layout(*self.layout())

    button = "Open this clinic"

    def clean_emergency_number(self) -> str:
        """Take a number that a telephone can dial."""
        number: str = self.cleaned_data["emergency_number"]
        try:
            check_emergency_number(number)
        except ValueError as problem:
            raise ValidationError(f"Number to call: {problem}.") from None
        return number

    def layout(self) -> list[Any]:
        """Return the fields in their groups."""
        return ["name", "time_zone", "emergency_text", "emergency_number"]


class SettingsForm(ParticularsForm):
    """All that an admin may change about a clinic, but the thresholds, which have their page."""

    retention_years = forms.IntegerField(
        label="Years that records are kept",
        min_value=_LEAST,
        max_value=_MOST,
        help_text="Nothing is deleted by itself: this says how long it has to stay.",
    )
    sign_off = forms.ChoiceField(
        label="Whose sessions a supervisor signs off",
        choices=[(one.value, f"{one.label}: {one.meaning}") for one in SignOff],
        widget=forms.RadioSelect,
        help_text="The clinic's policy, kept on record. No page asks for a signature yet.",
    )
    idle_minutes = forms.IntegerField(
        label="Minutes without activity after which a sign-in ends",
        min_value=IDLE_MINUTES[0],
        max_value=IDLE_MINUTES[1],
        help_text="The page says so a minute before. What was typed is kept.",
    )
    second_factor_roles = forms.MultipleChoiceField(
        label="Who has to show a second factor",
        choices=Role.choices(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="A passkey or an authenticator app, beside the password. Who has none sets one "
        "up at the next page.",
    )
    button = "Save settings"

    def layout(self) -> list[Any]:
        """Return the fields in their groups."""
        return [
            Fieldset("Clinic", "name", "time_zone"),
            Fieldset("Emergency", "emergency_text", "emergency_number"),
            Fieldset("Signing in", "idle_minutes", "second_factor_roles"),
            Fieldset("Records", "retention_years", "sign_off"),
        ]
