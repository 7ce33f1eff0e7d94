"""An amount as people type it: with a point or a comma, and never as another number than meant."""

import re
from typing import Any

from django import forms

_DECIMAL_COMMA = re.compile(r"[+-]?\d+,(\d{1,2}|\d{4,})")
_EITHER = re.compile(r"([+-]?\d{1,3}),(\d{3})")


class AmountField(forms.DecimalField):
    """A number that may have a fraction, typed into a plain box with the keyboard of numbers.

    A box of type «number» drops the comma of «18,5» in silence and sends 185, ten times as many
    platelets. Here a comma is the point it stands for. Where it could as well part thousands
    («18,500»), the person is asked.
    """

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("inputmode", "decimal")

    def to_python(self, value: Any) -> Any:
        """Return the number. Raises ValidationError for what can be read in two ways, or none."""
        typed = value.strip() if isinstance(value, str) else value
        if isinstance(typed, str):
            if either := _EITHER.fullmatch(typed):
                whole, rest = either.groups()
                raise forms.ValidationError(
                    f"«{typed}» can be read in two ways: write {whole}{rest} or {whole}.{rest}.",
                    code="two_ways",
                )
            if _DECIMAL_COMMA.fullmatch(typed):
                typed = typed.replace(",", ".")
        return super().to_python(typed)
