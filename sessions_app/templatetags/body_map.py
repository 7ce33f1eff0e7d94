"""The body map on a page: as a picture, or as a second view of the list of sites.

A map, and each line of the list, hangs on nothing but what it is told, so the process keeps the
last ones that it drew: a form has a hundred regions and lines, and most are the same on the next.
"""

from collections.abc import Hashable, Iterable
from functools import lru_cache
from typing import Any

from django.template import Library
from django.template.loader import render_to_string

from sessions_app.bodymap.lines import Point
from sessions_app.bodymap.picture import Picture, picture
from sessions_app.vocabulary.body_sites import View

register = Library()


@register.simple_tag
def body_map(shown: Picture | None = None, uid: str = "body-map") -> str:
    """Show the map as a picture. ``uid`` begins its ids, so each map of a page has its own."""
    return _drawn(shown or picture({}), uid, control=False)


@register.simple_tag
def body_map_control(
    shown: Picture | None = None, uid: str = "body-map", plain: bool = False
) -> str:
    """Show the map beside a list of sites, which stays the form's control.

    It is hidden until ``body_map.js`` joins it to the list. ``plain``: sites without a pressure.
    """
    return _drawn(shown or picture({}), uid, control=True, plain=bool(plain))


@register.simple_tag
@lru_cache(maxsize=1024)
def site_row(row: Hashable) -> str:
    """Show one line of the list of sites."""
    return render_to_string("components/site_row.html", {"row": row})


@register.filter
def coordinate(value: float) -> str:
    """Write a number as a path has it, whatever the language of the page."""
    return f"{round(value, 1):g}"


@register.filter
def point(value: Point) -> str:
    """Write a point: «142 64»."""
    return " ".join(coordinate(part) for part in value)


@lru_cache(maxsize=64)
def _drawn(whole: Picture, uid: str, *, control: bool, plain: bool = False) -> str:
    context = _context(whole, uid, control=control, plain=plain)
    return render_to_string("components/body_map.html", context)


def _context(whole: Picture, uid: str, *, control: bool, plain: bool) -> dict[str, Any]:
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
