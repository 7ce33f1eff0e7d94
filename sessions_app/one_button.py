"""How a form with one button is drawn, which most of them are."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit


def with_button(words: str, *, refused: str = "", asks: bool = False) -> FormHelper:
    """Return what draws the form's tag, its fields and its button.

    `refused` stands above its mistakes in place of «Nothing is saved yet». A form that `asks`
    stores nothing: its answers stand in the address.
    """
    helper = FormHelper()
    helper.add_input(Submit("", words))
    if refused:
        helper.form_error_title = refused
    if asks:
        helper.form_method = "get"
    return helper
