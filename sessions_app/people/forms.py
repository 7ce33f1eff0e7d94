"""The forms of signing in: the password, and the code after it."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.http import HttpRequest

from sessions_app.one_button import with_button
from sessions_app.people.waits import held_off, in_words
from sessions_app.plain_errors import PlainForm

TOO_MANY = (
    "Too many tries. Wait {wait}, then try again: until then not even the right password is looked "
    "at. On a device where you have signed in before, tries made elsewhere do not hold you up."
)


class SignInForm(PlainForm):
    """E-mail address and password. One answer for an unknown address and a wrong password."""

    email = forms.EmailField(
        label="E-mail address",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True}),
    )
    password = forms.CharField(
        label="Password",
        strip=False,
        max_length=1024,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.user: Any = None
        self.helper = with_button("Sign in", refused="You are not signed in yet. Please look at:")

    def clean(self) -> dict[str, Any]:
        """Look the person up; the form's error names neither of the two fields."""
        said = super().clean() or {}
        if said.get("email") and said.get("password"):
            self.user = authenticate(
                self.request, username=said["email"], password=said["password"]
            )
            if wait := held_off(self.request):
                raise forms.ValidationError(TOO_MANY.format(wait=in_words(wait)))
            if self.user is None:
                raise forms.ValidationError(
                    "E-mail address and password do not match an account. Check both."
                )
        return said


class CodeForm(PlainForm):
    """One code: six digits of the app, or a recovery code of eight. Spaces do not matter."""

    code = forms.CharField(
        label="Code",
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}
        ),
        help_text="Six digits from your authenticator app, or a recovery code of eight digits.",
    )

    def __init__(
        self, *args: Any, button: str = "Sign in", has_app: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.has_app = has_app
        if not has_app:
            self.fields["code"].label = "Recovery code"
            self.fields["code"].help_text = "Eight digits, one of the codes that you wrote down."
        self.helper = with_button(button, refused="You are not there yet. Please look at:")

    def refuse(self) -> None:
        """Say that the code is wrong."""
        words = "This code is not right, or was used before."
        if self.has_app:
            words += " Wait for the next one in your app, and check the clock of your phone."
        self.add_error("code", words)

    def put_off(self, left: timedelta) -> None:
        """Say how long no code is looked at."""
        minutes = -(-int(left.total_seconds()) // 60)
        told = "a minute" if minutes <= 1 else f"{minutes} minutes"
        self.add_error(
            "code",
            f"Too many wrong codes in a row. Try again in {told}; a passkey works at once.",
        )
