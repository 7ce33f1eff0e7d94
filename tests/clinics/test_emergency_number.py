"""What one tap dials in an emergency is one number."""

import pytest

from sessions_app.clinics.emergency_number import check_emergency_number
from sessions_app.templatetags.clinical import dialled


@pytest.mark.parametrize(
    ("number", "dials"),
    [
        ("2222", "2222"), ("9", "9"), ("112", "112"), ("*55#", "*55#"),
        ("(020) 7946-0958", "02079460958"),
        ("+44 20 7946 0958", "+442079460958"),
    ],
)  # fmt: skip
def test_a_number_that_a_telephone_can_dial(number: str, dials: str) -> None:
    check_emergency_number(number)
    assert dialled(number) == dials


@pytest.mark.parametrize(
    "number",
    ["the nurse", "2222 or 3333", "2222 ext 5", "+44 (0)20 7946 0958", "", "--", "٢٢٢٢"],
)
def test_what_would_dial_something_else_is_refused(number: str) -> None:
    with pytest.raises(ValueError, match="cannot be dialled"):
        check_emergency_number(number)
