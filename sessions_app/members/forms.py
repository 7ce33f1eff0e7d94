"""Forms of the admin's pages about people."""

from collections.abc import Mapping, Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms

from sessions_app.clinics.models import Clinic
from sessions_app.members.people import Wanted
from sessions_app.plain_errors import PlainForm
from sessions_app.vocabulary.roles import Role, Standing


class PeopleForm(PlainForm):
    """What is looked for in the list. Sent by POST: names and addresses stay off URLs."""

    mistakes_name_their_field = True

    q = forms.CharField(
        label="Name or e-mail address",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )

    def __init__(self, data: Mapping[str, Any] | None, *, clinics: Sequence[Clinic]) -> None:
        super().__init__(data)
        self.clinics = clinics
        if len(clinics) > 1:
            self.fields["clinic"] = _any("Clinic", [(one.slug, one.name) for one in clinics])
        self.fields["role"] = _any("Role", Role.choices())
        self.fields["standing"] = _any("Status", Standing.choices(), "All but those who left")
        self.helper = FormHelper()
        self.helper.form_error_title = "Nobody is looked up yet. Please look at:"
        self.helper.add_input(Submit("", "Show these"))

    def wanted(self) -> Wanted:
        """Return what is looked for; nothing where the form is wrong or was not sent."""
        said = self.cleaned_data if self.is_bound and self.is_valid() else {}
        return Wanted(
            q=said.get("q", ""),
            clinic=said.get("clinic", ""),
            role=Role(said["role"]) if said.get("role") else None,
            standing=Standing(said["standing"]) if said.get("standing") else None,
        )


class RoleForm(PlainForm):
    """The role that a person gets."""

    role = forms.ChoiceField(
        label="Role",
        choices=[(one.value, f"{one.label}: {one.meaning}") for one in Role],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, clinics: Sequence[Clinic] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if clinics:
            choices = [(one.slug, one.name) for one in clinics]
            self.fields["clinic"] = forms.ChoiceField(label="Clinic", choices=choices)
            self.order_fields(["clinic", "role"])
        self.helper = FormHelper()
        self.helper.add_input(Submit("", "Give this role"))


class ConfirmForm(PlainForm):
    """One button that says what it does."""

    def __init__(self, *args: Any, button: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_error_title = "Nothing was changed:"
        self.helper.add_input(Submit("", button))


def _any(label: str, choices: Sequence[tuple[str, str]], every: str = "All") -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=[("", every), *choices])
