"""The forms of «Your sign-in»: naming a passkey, setting up an app, changing the password."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.contrib.auth import authenticate, password_validation
from django.http import HttpRequest

from sessions_app.one_button import with_button
from sessions_app.people.models import User
from sessions_app.plain_errors import PlainForm

_NAME = {"max_length": 60, "help_text": "So that you know it again, for example «My phone»."}


def _present_password() -> forms.CharField:
    attrs = {"autocomplete": "current-password"}
    return forms.CharField(
        label="Present password",
        strip=False,
        max_length=1024,
        widget=forms.PasswordInput(attrs=attrs),
    )


class PasskeyForm(PlainForm):
    """A new passkey: its name, and what the browser answered (the script fills it in)."""

    name = forms.CharField(label="Name of this passkey", **_NAME)  # type: ignore[arg-type]
    credential = forms.CharField(
        required=False, max_length=20_000, strip=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False

    def refuse(self) -> None:
        """Say that no passkey came of it."""
        self.add_error(None, "No passkey was made. Press the button again and follow the browser.")


class NameForm(PlainForm):
    """Another name for a passkey."""

    name = forms.CharField(label="Name of this passkey", **_NAME)  # type: ignore[arg-type]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = with_button("Save name")


class ProveForm(PlainForm):
    """The password once more."""

    password = _present_password()
    next = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.helper = with_button("Go on", refused="Not yet. Please look at:")

    def clean_password(self) -> str:
        """It is the password of who is signed in here."""
        return _checked(self.request, self.cleaned_data["password"])


class NewPasswordForm(PlainForm):
    """A new password, typed twice; the validators of the settings say what will not do."""

    new = forms.CharField(
        label="New password",
        strip=False,
        max_length=1024,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label="New password, once more",
        strip=False,
        max_length=1024,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    field_order = ["password", "new", "again"]

    def __init__(
        self, user: User | None, *args: Any, button: str = "Set password", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["new"].help_text = " ".join(
            password_validation.password_validators_help_texts()
        )
        self.helper = with_button(button, refused=f"{self._stands()} Please look at:")

    def _stands(self) -> str:
        """Say how it stands; who never had a password reads nothing of a new one."""
        if self.user is None or self.user.has_usable_password():
            return "Your password is unchanged."
        self.fields["new"].label = "Password"
        self.fields["again"].label = "Password, once more"
        return "Your password is not set yet."

    def clean_new(self) -> str:
        """It would do."""
        new: str = self.cleaned_data["new"]
        try:
            password_validation.validate_password(new, self.user)
        except forms.ValidationError as problem:
            raise forms.ValidationError(problem.messages) from problem
        return new

    def clean(self) -> dict[str, Any]:
        """Both were typed alike."""
        said = super().clean() or {}
        if said.get("new") and said.get("again") and said["new"] != said["again"]:
            self.add_error("again", "This is not the same as the password above it.")
        return said


class PasswordForm(NewPasswordForm):
    """The same from who is signed in, with the present password."""

    password = _present_password()

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(_user(request), *args, button="Change password", **kwargs)
        self.request = request

    def clean_password(self) -> str:
        """It is the password of who is signed in here."""
        return _checked(self.request, self.cleaned_data["password"])


def _checked(request: HttpRequest, password: str) -> str:
    user = _user(request)
    if user is None or authenticate(request, username=user.email, password=password) != user:
        raise forms.ValidationError("This is not your present password.")
    return password


def _user(request: HttpRequest) -> User | None:
    user = getattr(request, "user", None)
    return user if isinstance(user, User) else None
