"""Forms of the admin's pages about people."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.contrib.auth.password_validation import (
    password_validators_help_texts,
    validate_password,
)

from sessions_app.clinics.credentials import Expiry
from sessions_app.clinics.models import Clinic
from sessions_app.members.people import Factor, Wanted, held_by_address
from sessions_app.one_button import with_button
from sessions_app.people.models import User
from sessions_app.plain_errors import PlainForm
from sessions_app.vocabulary.roles import Role, Standing

_ROLES = [(one.value, f"{one.label}: {one.meaning}") for one in Role]


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
        self.fields["expiry"] = _any("Licence or insurance", Expiry.choices())
        self.fields["factor"] = _any("Second factor", Factor.choices())
        self.fields["standing"] = _any("Status", Standing.choices(), "All but those who left")
        self.helper = with_button("Show these", refused="Nobody is looked up yet. Please look at:")

    def wanted(self) -> Wanted:
        """Return what is looked for; nothing where the form is wrong or was not sent."""
        said = self.cleaned_data if self.is_bound and self.is_valid() else {}
        return Wanted(
            q=said.get("q", ""),
            clinic=said.get("clinic", ""),
            role=Role(said["role"]) if said.get("role") else None,
            standing=Standing(said["standing"]) if said.get("standing") else None,
            factor=Factor(said["factor"]) if said.get("factor") else None,
            expiry=Expiry(said["expiry"]) if said.get("expiry") else None,
        )


class RoleForm(PlainForm):
    """The role that a person gets."""

    role = forms.ChoiceField(
        label="Role",
        choices=_ROLES,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, clinics: Sequence[Clinic] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if clinics:
            choices = [(one.slug, one.name) for one in clinics]
            self.fields["clinic"] = forms.ChoiceField(label="Clinic", choices=choices)
            self.order_fields(["clinic", "role"])
        self.helper = with_button("Give this role")


class InviteForm(PlainForm):
    """An e-mail address and the role that waits for it."""

    email = forms.EmailField(
        label="E-mail address",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(label="Role", choices=_ROLES, widget=forms.RadioSelect)

    def __init__(self, *args: Any, clinics: Sequence[Clinic], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.clinics = {one.slug: one for one in clinics}
        if len(clinics) > 1:
            choices = [(one.slug, one.name) for one in clinics]
            self.fields["clinic"] = forms.ChoiceField(label="Clinic", choices=choices)
            self.order_fields(["email", "clinic", "role"])
        self.helper = with_button("Invite", refused="Nobody was invited yet. Please look at:")

    def clean(self) -> dict[str, Any]:
        """Say so where the address has a role in the clinic already."""
        said = super().clean() or {}
        if said.get("email") and not self.errors:
            held = held_by_address(self.clinic.pk, said["email"])
            if held:
                told = f"{held.user.display_name} is {held.role_label.lower()} in this clinic"
                rested = " (deactivated: reactivate the role)" if held.deactivated_at else ""
                self.add_error("email", f"{told} already{rested}.")
        return said

    @property
    def clinic(self) -> Clinic:
        """The clinic that is meant, the only one where there is no choice."""
        only = next(iter(self.clinics))
        return self.clinics[self.cleaned_data.get("clinic") or only]


class JoinForm(PlainForm):
    """Who comes in by an invitation: a name, and a password."""

    display_name = forms.CharField(
        label="Your name",
        max_length=120,
        help_text="As colleagues know you. It stands beside what you record.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = forms.CharField(
        label="Password",
        strip=False,
        max_length=1024,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email
        self.fields["password"].help_text = " ".join(password_validators_help_texts())
        self.helper = with_button("Join", refused="You are not in yet. Please look at:")

    def clean(self) -> dict[str, Any]:
        """Ask the rules for passwords, which know the name and the address."""
        said = super().clean() or {}
        if said.get("password"):
            who = User(email=self.email, display_name=said.get("display_name", ""))
            try:
                validate_password(said["password"], user=who)
            except forms.ValidationError as weak:
                self.add_error("password", list(weak.messages))
        return said


class ConfirmForm(PlainForm):
    """One button that says what it does."""

    def __init__(self, *args: Any, button: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = with_button(button, refused="Nothing was changed:")


def _any(label: str, choices: Sequence[tuple[str, str]], every: str = "All") -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=[("", every), *choices])
