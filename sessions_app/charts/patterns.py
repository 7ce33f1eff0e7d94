"""Fillings that differ without colour: full, striped, dotted, crossed, open."""

from collections.abc import Iterable

from sessions_app.charts import svg
from sessions_app.charts.svg import Drawing

KINDS = ("full", "stripes", "dots", "bars", "crossed", "steps", "open")
"""In the order in which they are given to the parts of a whole; the last stands for the rest."""

_TILE = 6.0


def definitions(uid: str, kinds: Iterable[str], hue: str = "ch-hue") -> Drawing:
    """Return the patterns of a drawing; «full» and «open» need none."""
    return svg.tag("defs", *(_pattern(uid, kind, hue) for kind in kinds if _DRAWN.get(kind)))


def filling(uid: str, kind: str) -> str | None:
    """Return the name of a kind's pattern; none where a class alone fills it."""
    return f"{uid}-{kind}" if _DRAWN.get(kind) else None


def _stroke(*ends: float) -> Drawing:
    return svg.line((ends[0], ends[1]), (ends[2], ends[3]), "ch-tile-line")


def _dot(x: float, y: float) -> Drawing:
    return svg.tag("circle", cx=x, cy=y, r=1.2, class_="ch-tile-dot")


_DRAWN: dict[str, tuple[Drawing, ...]] = {
    "stripes": (_stroke(0, 6, 6, 0), _stroke(-1, 1, 1, -1), _stroke(5, 7, 7, 5)),
    "dots": (_dot(1.5, 1.5), _dot(4.5, 4.5)),
    "bars": (_stroke(0, 3, 6, 3),),
    "crossed": (_stroke(0, 6, 6, 0), _stroke(0, 0, 6, 6)),
    "steps": (_stroke(3, 0, 3, 6),),
}


def _pattern(uid: str, kind: str, hue: str) -> Drawing:
    ground = svg.rect((0, 0), _TILE, _TILE, "ch-tile")
    return svg.tag(
        "pattern",
        ground,
        *_DRAWN[kind],
        id=f"{uid}-{kind}",
        patternUnits="userSpaceOnUse",
        width=_TILE,
        height=_TILE,
        class_=hue,
    )
