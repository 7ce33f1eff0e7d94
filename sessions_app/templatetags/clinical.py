"""How the clinic's values are written on a page: scores, changes, times, places on an axis.

Filters only, and none decides anything: what counts as better, due or limited is decided in the
pure packages and arrives here as a value.
"""

from collections.abc import Iterable
from datetime import datetime, tzinfo
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.forms.boundfield import BoundField, BoundWidget
from django.template import Library
from django.utils import timezone
from django.utils.formats import date_format

register = Library()

NOTHING = "–"
"""What stands where no value was recorded. Never a 0, which is a value."""

MINUS = "\N{MINUS SIGN}"


@register.filter
def score(value: int | str | None) -> str:
    """Write a score as it was given; 0 is «0», none is a dash."""
    return NOTHING if value is None or value == "" else str(value)


@register.filter
def in_thousands(value: int | None) -> str:
    """Write a large number as it is read: «1,204»; none is a dash."""
    return NOTHING if value is None else f"{value:,}"


@register.filter
def signed(value: Any, places: int | None = None) -> str:
    """Write a change with its sign: «+1.9», «−0.4», «0.0»; whole numbers without decimals.

    ``places`` is the number of decimals; without it 0 for integers and 1 for others.
    """
    if value is None or value == "":
        return NOTHING
    shown = (0 if isinstance(value, int) else 1) if places is None else int(places)
    text = f"{abs(value):.{shown}f}"
    if float(text) == 0:
        return text
    return ("+" if value > 0 else MINUS) + text


@register.filter
def change_words(value: float | None) -> str:
    """Write an oriented change (improvement is positive) in words: «+2 better», «no change»."""
    if value is None:
        return NOTHING
    if value == 0:
        return "no change"
    return f"{signed(value)} {'better' if value > 0 else 'worse'}"


def _zone(clinic: Any) -> tzinfo:
    """Return the zone of a clinic, of a zone name, or of the request when none is given."""
    name = getattr(clinic, "time_zone", clinic)
    if not name:
        return timezone.get_current_timezone()
    return name if isinstance(name, tzinfo) else ZoneInfo(str(name))


@register.filter
def clinic_time(value: datetime | None, clinic: Any = None) -> str:
    """Write a moment on the clinic's clock: «Fri 21 Nov 2025, 14:32».

    ``clinic`` is a Clinic, a zone or its name; without it the request's active zone counts.
    """
    if value is None:
        return NOTHING
    return date_format(timezone.localtime(value, _zone(clinic)), "D j M Y, H:i")


@register.filter
def clinic_day(value: datetime | None, clinic: Any = None) -> str:
    """Write the day of a moment in the clinic's zone: «Fri 21 Nov 2025»."""
    if value is None:
        return NOTHING
    return date_format(timezone.localtime(value, _zone(clinic)), "D j M Y")


@register.filter
def dialled(number: str) -> str:
    """Write a telephone number as a «tel:» link wants it: «+44 20 7946-0000» as +442079460000."""
    return "".join(sign for sign in number if sign in "+*#" or (sign.isascii() and sign.isdigit()))


@register.filter
def words(items: Iterable[Any] | None, joiner: str = "and") -> str:
    """Join labels as in a sentence: «neck, arms and hands». Members are named by ``label``."""
    labels = [str(getattr(item, "label", item)) for item in items or ()]
    if len(labels) < 2:
        return "".join(labels)
    return f"{', '.join(labels[:-1])} {joiner} {labels[-1]}"


@register.filter
def along(value: float, axis: str) -> str:
    """Return where ``value`` stands on an axis, as an SVG percentage: ``3|along:"0 10"`` is 30%.

    ``axis`` holds its two ends. What lies outside is drawn at the nearer end.
    """
    low, high = (float(end) for end in axis.split())
    share = (float(value) - low) / (high - low)
    return f"{100 * min(max(share, 0.0), 1.0):.2f}%"


LOOKS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "checkbox"),
)


@register.filter
def look(field: BoundField) -> str:
    """Return how a field is drawn: the widget's own ``look``, else by its class, else «input»."""
    widget = field.field.widget
    chosen: str | None = getattr(widget, "look", None)
    return chosen or next((name for kind, name in LOOKS if isinstance(widget, kind)), "input")


def _is_number(choice: BoundWidget) -> bool:
    """Return whether a choice is one of the numbered cells of a score."""
    return str(choice.data["value"]).isdigit()


@register.filter
def cells(field: BoundField) -> list[BoundWidget]:
    """Return the numbered choices of a score field, 0 to 10."""
    return [choice for choice in field if _is_number(choice)]


@register.filter
def groups(field: BoundField) -> list[tuple[str, list[BoundWidget]]]:
    """Return the choices of a field under the headings that its choices are declared with."""
    heading = {
        str(value): label
        for label, rows in field.field.choices  # type: ignore[attr-defined]
        for value, _ in rows
    }
    drawn = groupby(field, key=lambda choice: heading[str(choice.data["value"])])
    return [(label, list(choices)) for label, choices in drawn]


@register.filter
def any_ticked(choices: Iterable[BoundWidget]) -> bool:
    """Return whether one of these choices is ticked: what holds it is not folded away."""
    return any(choice.data["selected"] for choice in choices)


@register.filter
def reasons(field: BoundField) -> list[BoundWidget]:
    """Return the choices of a score field that say why there is no number."""
    return [choice for choice in field if choice.data["value"] != "" and not _is_number(choice)]
