"""The drawing put together: every region of both views with its path and its middle."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from sessions_app.bodymap import borders, curves, lines
from sessions_app.bodymap.centres import BACK_CENTRES, FRONT_CENTRES
from sessions_app.bodymap.curves import Curve
from sessions_app.bodymap.lines import HALF_WIDTH, Line, Point
from sessions_app.vocabulary.body_sites import BodySite, Side, View

REACH = 11.5
"""Around its middle every region answers to a tap at least this far: 12 px of a phone's screen."""

VIEWS = (View.FRONT, View.BACK)


@dataclass(frozen=True, slots=True)
class Shape:
    """One region in one view: its path, its middle, and its outlines as polygons to measure by.

    ``hit`` is the radius of the unseen disc that makes a small region easy to tap, 0 for none.
    """

    site: BodySite
    view: View
    path: str
    centre: Point
    hit: float
    outlines: tuple[tuple[Point, ...], ...]

    def holds(self, point: Point) -> bool:
        """Return whether the point lies in the region: within its outline and in no hole."""
        return sum(curves.inside(point, corners) for corners in self.outlines) % 2 == 1

    @property
    def area(self) -> float:
        """The region's area; a hole does not count."""
        outer, *holes = [curves.area(corners) for corners in self.outlines]
        return outer - sum(holes)

    @property
    def upright(self) -> bool:
        """Whether the region is taller than wide."""
        xs, ys = zip(*self.outlines[0], strict=True)
        return bool(max(ys) - min(ys) > max(xs) - min(xs))


def direction(side: Side, view: View) -> int:
    """Return 1 where the patient's side is on the viewer's right, -1 where on the left.

    From the front the patient's left hand is on the viewer's right; from the back on the left.
    """
    return 1 if (side is Side.LEFT) == (view is View.FRONT) else -1


@cache
def shapes(view: View) -> tuple[Shape, ...]:
    """Return the regions of one view, in the order of the vocabulary."""
    halves, middles, _ = _sources(view)
    seen = (site for site in BodySite if site.view in (view, View.BOTH))
    return tuple(_shape(site, view, halves | middles) for site in seen)


@cache
def silhouette(view: View) -> str:
    """Return the path of the whole figure's edge."""
    return curves.path(_both_halves(tuple(_run(borders.SILHOUETTE, lines.OUTLINE))))


@cache
def details(view: View) -> str:
    """Return the path of the fine lines that belong to no region."""
    fine = lines.DETAILS_FRONT if view is View.FRONT else lines.DETAILS_BACK
    return "".join(
        curves.path(curves.placed(curves.smooth(line), HALF_WIDTH, outwards), closed=False)
        for line in fine.values()
        for outwards in (1, -1)
    )


def stem(site: BodySite) -> str:
    """Return the name that both sides of a region share: «shin» for the left and right shin."""
    return site.value.removesuffix(f"_{site.side.value}")


def _sources(view: View) -> tuple[dict[str, str], dict[str, str], dict[str, Line]]:
    if view is View.FRONT:
        return borders.FRONT, borders.FRONT_MIDDLE, lines.OUTLINE | lines.FRONT
    return borders.BACK, borders.BACK_MIDDLE, lines.OUTLINE | lines.BACK


def _shape(site: BodySite, view: View, border: dict[str, str]) -> Shape:
    known = _sources(view)[2]
    runs = [tuple(_run(text, known)) for text in border[stem(site)].split("; ")]
    outwards = direction(site.side, view)
    if site.side is Side.MIDLINE:
        placed = [_both_halves(run) for run in runs]
    else:
        placed = [curves.placed(run, HALF_WIDTH, outwards) for run in runs]
    out, down = (FRONT_CENTRES if view is View.FRONT else BACK_CENTRES)[stem(site)]
    centre = (HALF_WIDTH + outwards * out, down)
    outlines = tuple(curves.polygon(run) for run in placed)
    narrow = min(curves.room(centre, corners) for corners in outlines) < REACH
    path = "".join(curves.path(run) for run in placed)
    return Shape(site, view, path, centre, REACH if narrow else 0, outlines)


def _run(border: str, known: dict[str, Line]) -> Iterator[Curve]:
    """Follow a border: «head 0-5, hairline 4-0»."""
    for piece in border.split(", "):
        name, _, span = piece.partition(" ")
        start, end = (int(place) for place in span.split("-"))
        line = curves.smooth(known[name])
        yield from line[start:end] if start < end else curves.backwards(line[end:start])


def _both_halves(half: tuple[Curve, ...]) -> tuple[Curve, ...]:
    """Close a line that runs from the midline to the midline by its mirror image."""
    mirrored = curves.backwards(curves.placed(half, HALF_WIDTH, -1))
    return (*curves.placed(half, HALF_WIDTH, 1), *mirrored)
