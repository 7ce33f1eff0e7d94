"""The form of who has forgotten a password."""

from typing import Any

from django import forms

from sessions_app.one_button import with_button
from sessions_app.people.waits import in_words
from sessions_app.plain_errors import PlainForm

TOO_MANY = (
    "Letters were asked for too often. Look into your mailbox: if one came, the link of the last "
    "works for an hour. Wait {wait} before you ask again."
)


class ForgottenForm(PlainForm):
    """The address with which somebody signs in."""

    email = forms.EmailField(
        label="E-mail address",
        max_length=254,
        help_text="The one with which you sign in.",
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = with_button(
            "Send me a link", refused="No letter was written. Please look at:"
        )

    def put_off(self, wait: int) -> None:
        """Say how long no further letter is written, whoever has the address."""
        self.add_error(None, TOO_MANY.format(wait=in_words(wait)))
