"""Smooth lines through points, as paths for a picture and as polygons for measuring."""

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise

from sessions_app.bodymap.lines import Line, Point

Curve = tuple[Point, Point, Point, Point]
"""A cubic Bézier curve: start, two handles, end."""

STEPS = 8
"""How many straight pieces stand for one curve when it is measured."""


@cache
def smooth(line: Line) -> tuple[Curve, ...]:
    """Return the curves of a Catmull-Rom line through all the points."""
    before, after = _neighbours(line)
    around = (before, *line, after)
    return tuple(_curve(*around[place : place + 4]) for place in range(len(line) - 1))


def _neighbours(line: Line) -> tuple[Point, Point]:
    """Return the points thought of before the first and after the last.

    A closed line goes round; one that meets the midline goes on in its mirror image; any other
    just ends.
    """
    if line[0] == line[-1]:
        return line[-2], line[1]
    first = (-line[1][0], line[1][1]) if line[0][0] == 0 else line[0]
    last = (-line[-2][0], line[-2][1]) if line[-1][0] == 0 else line[-1]
    return first, last


def _curve(before: Point, start: Point, end: Point, after: Point) -> Curve:
    return start, _handle(start, end, before), _handle(end, after, start, back=True), end


def _handle(at: Point, ahead: Point, behind: Point, *, back: bool = False) -> Point:
    sign = -1 if back else 1
    return (
        at[0] + sign * (ahead[0] - behind[0]) / 6,
        at[1] + sign * (ahead[1] - behind[1]) / 6,
    )


def backwards(curves: Iterable[Curve]) -> tuple[Curve, ...]:
    """Return the same line, drawn from its other end."""
    turned = [(end, second, first, start) for start, first, second, end in curves]
    return tuple(reversed(turned))


def placed(curves: Iterable[Curve], midline: float, outwards: int) -> tuple[Curve, ...]:
    """Return the curves on the sheet: ``outwards`` is 1 to the viewer's right, -1 to the left."""
    return tuple(
        tuple((midline + outwards * x, y) for x, y in curve)  # type: ignore[misc]
        for curve in curves
    )


def path(curves: Sequence[Curve], *, closed: bool = True) -> str:
    """Return the curves as the text of an SVG path: steps of tenths, from point to point."""
    at = _tenths(curves[0][0])
    text = f"M{_number(at[0])} {_number(at[1])}c"
    for curve in curves:
        places = [_tenths(point) for point in curve[1:]]
        text += " ".join(f"{_number(x - at[0])} {_number(y - at[1])}" for x, y in places) + " "
        at = places[-1]
    return text.rstrip().replace(" -", "-") + ("z" if closed else "")


def _tenths(point: Point) -> tuple[int, int]:
    return round(point[0] * 10), round(point[1] * 10)


def _number(tenths: int) -> str:
    return f"{tenths / 10:g}".replace("0.", ".") if abs(tenths) < 10 else f"{tenths / 10:g}"


def polygon(curves: Iterable[Curve]) -> tuple[Point, ...]:
    """Return points along the curves, close enough to measure by."""
    return tuple(_along(curve, step / STEPS) for curve in curves for step in range(STEPS))


def _along(curve: Curve, share: float) -> Point:
    rest = 1 - share
    weights = (rest**3, 3 * rest**2 * share, 3 * rest * share**2, share**3)
    x, y = (
        sum(weight * point[axis] for weight, point in zip(weights, curve, strict=True))
        for axis in (0, 1)
    )
    return x, y


def area(corners: Sequence[Point]) -> float:
    """Return the area within a polygon."""
    around = pairwise((*corners, corners[0]))
    return abs(sum(x * below - across * y for (x, y), (across, below) in around)) / 2


def inside(point: Point, corners: Sequence[Point]) -> bool:
    """Return whether the point lies within the polygon."""
    x, y = point
    crossings = 0
    for (x1, y1), (x2, y2) in pairwise((*corners, corners[0])):
        if (y1 > y) != (y2 > y):
            crossings += x < x1 + (y - y1) * (x2 - x1) / (y2 - y1)
    return crossings % 2 == 1


def room(point: Point, corners: Sequence[Point]) -> float:
    """Return how far the point is from the nearest edge of the polygon."""
    return min(_distance(point, a, b) for a, b in pairwise((*corners, corners[0])))


def _distance(point: Point, a: Point, b: Point) -> float:
    (x, y), (dx, dy) = point, (b[0] - a[0], b[1] - a[1])
    length = dx * dx + dy * dy
    share = 0.0 if length == 0 else ((x - a[0]) * dx + (y - a[1]) * dy) / length
    share = min(max(share, 0.0), 1.0)
    nearest = (a[0] + share * dx, a[1] + share * dy)
    return float(((x - nearest[0]) ** 2 + (y - nearest[1]) ** 2) ** 0.5)
