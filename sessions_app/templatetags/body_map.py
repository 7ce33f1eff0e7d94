"""The body map on a page: as a picture, or as a second view of the list of sites."""

from collections.abc import Iterable
from typing import Any

from django.template import Library

from sessions_app.bodymap.lines import Point
from sessions_app.bodymap.picture import Picture, picture
from sessions_app.vocabulary.body_sites import View

register = Library()


@register.inclusion_tag("components/body_map.html")
def body_map(shown: Picture | None = None, uid: str = "body-map") -> dict[str, Any]:
    """Show the map as a picture. ``uid`` begins its ids, so each map of a page has its own."""
    return _context(shown, uid, control=False)


@register.inclusion_tag("components/body_map.html")
def body_map_control(
    shown: Picture | None = None, uid: str = "body-map", plain: bool = False
) -> dict[str, Any]:
    """Show the map beside a list of sites, which stays the form's control.

    It is hidden until ``body_map.js`` joins it to the list. ``plain``: sites without a pressure.
    """
    return _context(shown, uid, control=True, plain=bool(plain))


@register.filter
def coordinate(value: float) -> str:
    """Write a number as a path has it, whatever the language of the page."""
    return f"{round(value, 1):g}"


@register.filter
def point(value: Point) -> str:
    """Write a point: «142 64»."""
    return " ".join(coordinate(part) for part in value)


def _context(
    shown: Picture | None, uid: str, *, control: bool, plain: bool = False
) -> dict[str, Any]:
    whole = shown or picture({})
    drawn = {mark.kind for mark in _marks(whole)}
    return {
        "picture": whole,
        "uid": uid,
        "control": control,
        "plain": plain,
        "kinds": drawn,
        "facts": any(mark.fact for mark in _marks(whole)),
        "chosen": control or any(mark.chosen for mark in _marks(whole)),
        "beyond": (control and not plain) or any(mark.beyond for mark in _marks(whole)),
        "views": [(view.value, view.label) for view in (View.FRONT, View.BACK)],
    }


def _marks(shown: Picture) -> Iterable[Any]:
    return (region.mark for figure in shown.figures for region in figure.regions)
