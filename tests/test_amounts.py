"""An amount is stored as it was meant, or the person is asked."""

from decimal import Decimal

import pytest
from django import forms

from sessions_app.amounts import AmountField


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("18.5", "18.5"), ("18,5", "18.5"), (" 18,50 ", "18.50"), ("0,25", "0.25"), ("0", "0"),
        ("185", "185"), ("18500", "18500"), ("1,2345", "1.2345"), ("-3,5", "-3.5"),
    ],
)  # fmt: skip
def test_a_comma_is_the_point_it_stands_for(typed: str, meant: str) -> None:
    assert AmountField().clean(typed) == Decimal(meant)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("18,500", "write 18500 or 18.500"), ("1,850", "write 1850 or 1.850"),
        ("-1,850", "write -1850 or -1.850"),
    ],
)  # fmt: skip
def test_what_can_be_read_in_two_ways_is_asked(typed: str, said: str) -> None:
    with pytest.raises(forms.ValidationError, match=said):
        AmountField().clean(typed)


@pytest.mark.parametrize(
    "typed", ["1,850,000", "18,5,", ",5,", "1 850", "18;5", "١٨,٥x", "NaN", "-"]
)
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(forms.ValidationError):
        AmountField().clean(typed)


def test_an_empty_box_is_none_where_it_may_be() -> None:
    assert AmountField(required=False).clean("") is None
    with pytest.raises(forms.ValidationError):
        AmountField().clean("  ")


def test_the_browser_sends_what_was_typed() -> None:
    widget = AmountField(min_value=0, max_digits=12).widget
    assert widget.input_type == "text"
    assert widget.attrs["inputmode"] == "decimal"
