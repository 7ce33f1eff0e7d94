"""The marks on a chart. What a mark says is in its shape and filling; colour only repeats it.

Circle pain, diamond mood, square relaxation, triangle sleep, as everywhere in the product. Open is
before, full is after.
"""

from collections.abc import Callable

from sessions_app.charts import svg
from sessions_app.charts.svg import Drawing, Point

HUES = frozenset({"pain", "mood", "relaxation", "sleep"})
_DIAMOND, _SQUARE, _WIDTH, _TOP, _BOTTOM = 1.25, 0.9, 1.15, 1.25, 0.85
_OUTLINES: dict[str, Callable[[float, float, float], list[Point]]] = {
    "mood": lambda x, y, r: [
        (x, y - r * _DIAMOND), (x + r * _DIAMOND, y), (x, y + r * _DIAMOND), (x - r * _DIAMOND, y)
    ],
    "relaxation": lambda x, y, r: [
        (x - r * _SQUARE, y - r * _SQUARE), (x + r * _SQUARE, y - r * _SQUARE),
        (x + r * _SQUARE, y + r * _SQUARE), (x - r * _SQUARE, y + r * _SQUARE),
    ],
    "sleep": lambda x, y, r: [
        (x, y - r * _TOP), (x + r * _WIDTH, y + r * _BOTTOM), (x - r * _WIDTH, y + r * _BOTTOM)
    ],
}  # fmt: skip


def hue(scale: str) -> str:
    """Return the class that carries a scale's hue; the accent's where it is none of them."""
    return f"ch-hue-{scale}" if scale in HUES else "ch-hue"


def mark(at: Point, scale: str = "", *, radius: float = 5, full: bool = True) -> Drawing:
    """Return the mark of a scale: full, or open."""
    class_ = "ch-full" if full else "ch-open"
    outline = _OUTLINES.get(scale)
    if outline is None:
        return svg.tag("circle", cx=at[0], cy=at[1], r=radius, class_=class_)
    return svg.path(outline(*at, radius), class_, closed=True)


def cross(at: Point, radius: float = 4) -> Drawing:
    """Return the mark of a next-day answer: a slanting cross."""
    x, y = at
    return svg.group(
        "ch-cross",
        svg.line((x - radius, y - radius), (x + radius, y + radius), "ch-stroke"),
        svg.line((x - radius, y + radius), (x + radius, y - radius), "ch-stroke"),
    )


def unseen(at: Point, width: float, height: float) -> Drawing:
    """Return the room around a mark that can be tapped too."""
    x, y = at
    return svg.rect((x - width / 2, y - height / 2), width, height, "ch-hit")
