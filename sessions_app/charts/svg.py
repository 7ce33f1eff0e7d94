"""SVG as text: the only place where a chart's markup is made, and every word in it is escaped.

The rows of a table are made of the same tags (table.py).

No style, no script, no handler: looks belong to ``css/charts.css``, by class. A chart's numbers are
finite, its links stay on this host; what is neither is refused here.
"""

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from html import escape
from typing import Self

from sessions_app.charts.lettering import LINE_HEIGHT

Point = tuple[float, float]


class Drawing(str):
    """Markup that was made here, and which a template therefore takes as it is."""

    __slots__ = ()

    def __html__(self) -> Self:
        """Say that this is markup already."""
        return self


NOTHING = Drawing()
_NEVER_CLOSED_AT_ONCE = frozenset({"tbody", "tr", "th", "td"})
"""The parts of a table: HTML, in which «<td/>» would be open."""


@lru_cache(maxsize=4096)
def coordinate(value: float) -> str:
    """Write a number as a path has it: «12», «12.5»; neither NaN nor infinity."""
    if value - value != 0:
        raise ValueError(f"{value} cannot be drawn")
    text = f"{value:.1f}"
    return "0" if text == "-0.0" else text.removesuffix(".0")


def tag(name: str, *children: str, **attributes: str | float | None) -> Drawing:
    """Return an element. Text among the children is escaped, drawings are taken as they are.

    ``class_`` is «class», ``stroke_width`` «stroke-width»; an attribute of None is left out.
    """
    written = name
    for key, value in attributes.items():
        if key == "class_" and isinstance(value, str):
            written += _class(value)
        elif isinstance(value, str):
            text = escape(value)
            written += f' {_attribute(key)}="{text}"'
            if key == "href":
                _check_own(text)
        elif value is not None:
            written += f' {_attribute(key)}="{coordinate(value)}"'
    inner = together(children) if children else ""
    closed = inner or name in _NEVER_CLOSED_AT_ONCE
    return Drawing(f"<{written}>{inner}</{name}>" if closed else f"<{written}/>")


def together(parts: Iterable[str]) -> Drawing:
    """Return the parts one after the other."""
    return Drawing("".join([one if isinstance(one, Drawing) else escape(one) for one in parts]))


@lru_cache(maxsize=512)
def _class(names: str) -> str:
    """Return the attribute that names classes: the same few in every drawing."""
    return f' class="{escape(names)}"'


@cache
def _attribute(name: str) -> str:
    """Return an attribute's name as SVG writes it; neither a style nor a handler is one."""
    written = name.rstrip("_").replace("_", "-")
    if written == "style" or written.startswith("on"):
        raise ValueError(f"«{written}» does not belong on a drawing")
    return written


def _check_own(address: str) -> None:
    """Refuse an address that is not a path, a query or a place of this host."""
    if address[:1] not in ("/", "?", "#") or address[:2] in ("//", "/\\"):
        raise ValueError("A chart links to pages of this host only.")


def group(class_: str, *children: str) -> Drawing:
    """Return the children under one class."""
    return tag("g", *children, class_=class_)


def line(start: Point, end: Point, class_: str) -> Drawing:
    """Return a straight line."""
    return tag("line", x1=start[0], y1=start[1], x2=end[0], y2=end[1], class_=class_)


def rect(
    corner: Point, width: float, height: float, class_: str, fill: str | None = None
) -> Drawing:
    """Return a rectangle; ``fill`` names a pattern of the same drawing."""
    filled = None if fill is None else f"url(#{fill})"
    x, y = corner
    return tag("rect", x=x, y=y, width=width, height=height, class_=class_, fill=filled)


def path(points: Sequence[Point], class_: str, *, closed: bool = False) -> Drawing:
    """Return a line through the points, or the shape that they enclose."""
    ends = " ".join(f"{coordinate(x)} {coordinate(y)}" for x, y in points)
    return tag("path", d=f"M{ends}{'Z' if closed else ''}", class_=class_)


def text(at: Point, words: str | Sequence[str], class_: str, anchor: str = "start") -> Drawing:
    """Return words at a place: one line, or several below each other. ``at`` is their baseline."""
    x, y = at
    name = f"ch-text ch-{anchor} {class_}".rstrip()
    lines = (words,) if isinstance(words, str) else tuple(words)
    if not any(lines):
        return NOTHING
    if len(lines) == 1:
        return tag("text", lines[0], x=x, y=y, class_=name)
    spans = [tag("tspan", one, x=x, y=y + LINE_HEIGHT * n) for n, one in enumerate(lines)]
    return tag("text", *spans, class_=name)


def point(mark: str, told: str, href: str = "") -> Drawing:
    """Return a mark with its words as a tip; where there is an address it can be tabbed to."""
    tip = tag("title", told)
    if not href:
        return tag("g", tip, mark, class_="ch-point")
    return tag("a", tip, mark, href=href, aria_label=told, class_="ch-point")
