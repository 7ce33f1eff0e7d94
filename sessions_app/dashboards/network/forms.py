"""The filters of the network's page: from an address to a scope, or a sentence of what is wrong."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from sessions_app.asking_form import AskingForm
from sessions_app.clinics.models import Clinic
from sessions_app.dashboards.network.scope import NetworkScope, Period
from sessions_app.dashboards.scope_form import Known, arm_code, arms_known
from sessions_app.one_button import with_button


class NetworkForm(AskingForm):
    """All filters may stay empty: then it is the last 26 weeks, in every arm."""

    mistakes_name_their_field = True
    period = forms.ChoiceField(label="Period", required=False, choices=Period.choices())

    def __init__(self, data: Mapping[str, Any] | None, *, known: Known) -> None:
        super().__init__(data)
        self.known = known
        self.fields["protocol"] = _one("Protocol", "All protocols", known.protocols)
        self.fields["arm"] = _one("Arm", "All arms", known.arms)
        self.helper = with_button(
            "Show these", refused="No figures yet. Please look at:", asks=True
        )

    def clean(self) -> dict[str, Any]:
        """The arm is one of the protocol."""
        said = super().clean()
        arm, protocol = said.get("arm"), said.get("protocol")
        if arm and protocol and not arm.startswith(f"{protocol}."):
            self.add_error("arm", "Arm: choose one of the protocol, or all arms.")
        return said

    def scope(self) -> NetworkScope:
        """Return what the filters ask for; only of a valid form."""
        said, known = self.cleaned_data, self.known
        protocol, arm = said["protocol"], said["arm"]
        chosen = (
            one
            for one in known.courses
            if (protocol or arm)
            and protocol in ("", one.protocol.code)
            and arm in ("", arm_code(one))
        )
        period = Period(said["period"]) if said["period"] else Period.WEEKS_26
        return NetworkScope(known.clinics, known.today, period, protocol, arm, tuple(chosen))

    def chosen(self) -> list[tuple[str, str]]:
        """Return the filters that are set, each with its choice in words."""
        return [
            (str(field.label), dict(field.choices)[self.cleaned_data[name]])  # type: ignore[attr-defined]
            for name, field in self.fields.items()
            if self.cleaned_data.get(name)
        ]


def known_to_network(clinics: Sequence[Clinic], today: Any) -> Known:
    """Return what may be asked of these clinics, in one statement."""
    return Known(tuple(clinics), arms_known(), (), (), today)


def _one(label: str, every: str, choices: Sequence[tuple[str, str]]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=[("", every), *choices])
