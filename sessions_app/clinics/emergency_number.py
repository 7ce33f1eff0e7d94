"""The number that a clinic calls in an emergency: one tap dials it, so it has to be one number."""

import re

_DIALLED = re.compile(r"\+?[0-9()*#][0-9 ()./*#-]*")
_TRUNK_ZERO = "(0)"
"""Written after a country's code, and never dialled with it."""


def check_emergency_number(number: str) -> None:
    """Raise ValueError unless it can be dialled as it stands: no words, no second number."""
    digits = any(sign.isdigit() for sign in number)
    with_both = number.startswith("+") and _TRUNK_ZERO in number
    if not _DIALLED.fullmatch(number) or not digits or with_both:
        raise ValueError(
            f"«{number}» cannot be dialled; write one number, such as 2222 or +44 20 7946 0958, "
            "and put words into the text"
        )
