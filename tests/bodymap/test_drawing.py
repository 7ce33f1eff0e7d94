"""The drawing: every region where it belongs, on the patient's own side, tiled and big enough."""

from functools import cache
from itertools import combinations, pairwise

import pytest

from sessions_app.bodymap import borders, curves, lines
from sessions_app.bodymap.centres import BACK_CENTRES, FRONT_CENTRES
from sessions_app.bodymap.drawing import REACH, VIEWS, Shape, direction, shapes, stem
from sessions_app.bodymap.lines import HALF_WIDTH, HEIGHT
from sessions_app.vocabulary.body_sites import BodySite, Side, View

PHONE_SCALE = 24 / (2 * REACH)
"""Pixels of a phone's screen for one unit of the sheet, at least; a journey measures it."""

EVERY = [pytest.param(s, id=f"{s.site}-{s.view}") for view in VIEWS for s in shapes(view)]
PAIRED = [s for s in BodySite if s.side is Side.LEFT]


def _of(view: View) -> dict[BodySite, Shape]:
    return {shape.site: shape for shape in shapes(view)}


def _twin(site: BodySite) -> BodySite:
    return BodySite(site.value.replace("_left", "_right"))


@pytest.mark.parametrize("site", BodySite)
def test_each_region_is_drawn_in_the_views_that_the_vocabulary_says(site):
    said = set(VIEWS) if site.view is View.BOTH else {site.view}
    assert {view for view in VIEWS if site in _of(view)} == said


@pytest.mark.parametrize(
    ("side", "view", "outwards"),
    [
        (Side.LEFT, View.FRONT, 1),
        (Side.RIGHT, View.FRONT, -1),
        (Side.LEFT, View.BACK, -1),
        (Side.RIGHT, View.BACK, 1),
    ],
)
def test_left_and_right_are_the_patients(side, view, outwards):
    assert direction(side, view) == outwards
    for shape in shapes(view):
        if shape.site.side is side:
            assert (shape.centre[0] - HALF_WIDTH) * outwards > REACH
            assert all((x - HALF_WIDTH) * outwards >= -0.5 for x, _ in shape.outlines[0])


@pytest.mark.parametrize("view", VIEWS)
def test_what_is_in_the_middle_is_the_same_on_both_sides(view):
    for shape in shapes(view):
        if shape.site.side is Side.MIDLINE:
            assert shape.centre[0] == HALF_WIDTH
            xs = [x - HALF_WIDTH for x, _ in shape.outlines[0]]
            assert min(xs) == pytest.approx(-max(xs))


@pytest.mark.parametrize("site", PAIRED)
def test_the_two_sides_are_mirror_images(site):
    for view in VIEWS:
        if site in _of(view):
            left, right = _of(view)[site], _of(view)[_twin(site)]
            for run, twin in zip(left.outlines, right.outlines, strict=True):
                mirrored = [part for x, y in run for part in (2 * HALF_WIDTH - x, y)]
                assert [part for at in twin for part in at] == pytest.approx(mirrored)
            assert left.centre[1] == right.centre[1]


@pytest.mark.slow
@pytest.mark.parametrize("shape", EVERY)
def test_a_region_lies_on_the_sheet_and_within_the_figure(shape):
    outer = shape.outlines[0]
    assert all(0 < x < 2 * HALF_WIDTH and 0 < y < HEIGHT for x, y in outer)
    figure = _figure()
    strays = [p for p in outer if not curves.inside(p, figure) and curves.room(p, figure) > 0.05]
    assert strays == []


@cache
def _figure() -> tuple[lines.Point, ...]:
    half = [c for piece in borders.SILHOUETTE.split(", ") for c in _piece(piece)]
    whole = (
        *curves.placed(half, HALF_WIDTH, 1),
        *curves.backwards(curves.placed(half, HALF_WIDTH, -1)),
    )
    return curves.polygon(whole)


def _piece(piece: str) -> tuple[curves.Curve, ...]:
    name, span = piece.split(" ")
    start, end = map(int, span.split("-"))
    line = curves.smooth(lines.OUTLINE[name])
    return line[start:end] if start < end else curves.backwards(line[end:start])


@pytest.mark.parametrize("shape", EVERY)
def test_the_middle_of_a_region_is_in_it_and_in_no_other(shape):
    assert [s.site for s in shapes(shape.view) if s.holds(shape.centre)] == [shape.site]


@pytest.mark.parametrize("shape", EVERY)
def test_a_region_can_be_tapped_with_a_thumb(shape):
    # 24 x 24 px of area; and around the middle 24 px across, in the region or by its unseen disc
    assert shape.area * PHONE_SCALE**2 >= 24 * 24
    nearest = min(curves.room(shape.centre, corners) for corners in shape.outlines)
    assert max(nearest, shape.hit) * 2 * PHONE_SCALE >= 24


@pytest.mark.parametrize("view", VIEWS)
def test_no_unseen_disc_takes_what_belongs_to_another(view):
    # WCAG 2.2, 2.5.8: circles of 24 px around the middles of two small targets do not meet
    for one, other in combinations(shapes(view), 2):
        apart = _apart(one, other)
        if one.hit and other.hit:
            assert apart >= one.hit + other.hit, (one.site, other.site)
        assert apart > one.hit + other.hit or apart >= 1.5 * REACH, (one.site, other.site)


def _apart(one: Shape, other: Shape) -> float:
    (x, y), (across, down) = one.centre, other.centre
    return float(((x - across) ** 2 + (y - down) ** 2) ** 0.5)


@pytest.mark.slow
@pytest.mark.parametrize("view", VIEWS)
def test_the_regions_tile_the_figure(view):
    overlaps, gaps, sampled = [], [], len(_sample())
    framed = [(s, _frame(s)) for s in shapes(view)]
    for x, y in _sample():
        near = [s for s, (x1, x2, y1, y2) in framed if x1 <= x <= x2 and y1 <= y <= y2]
        holders = [s for s in near if s.holds((x, y))]
        overlaps += [(x, y, holders)] if len(holders) > 1 else []
        gaps += [(x, y)] if not holders else []
    assert sampled > 3000
    assert len(overlaps) <= sampled * 0.001, overlaps
    assert len(gaps) <= sampled * 0.001, gaps


@cache
def _sample() -> tuple[lines.Point, ...]:
    """Return the points of a fine grid that lie within the figure."""
    grid = ((x, y) for x in range(2, 2 * HALF_WIDTH, 4) for y in range(2, HEIGHT, 4))
    return tuple(point for point in grid if curves.inside(point, _figure()))


def _frame(shape: Shape) -> tuple[float, float, float, float]:
    """Return the ends of a region across and down: no point outside them is held."""
    across, down = zip(*(point for corners in shape.outlines for point in corners), strict=True)
    return min(across), max(across), min(down), max(down)


@pytest.mark.parametrize(
    ("view", "halves", "middles", "known"),
    [
        (View.FRONT, borders.FRONT, borders.FRONT_MIDDLE, lines.FRONT),
        (View.BACK, borders.BACK, borders.BACK_MIDDLE, lines.BACK),
    ],
)
def test_each_border_goes_all_the_way_round(view, halves, middles, known):
    for name, border in (halves | middles).items():
        for run in border.split("; "):
            ends = []
            for piece in run.split(", "):
                line, span = piece.split(" ")
                points = (lines.OUTLINE | known)[line]
                start, end = map(int, span.split("-"))
                ends.append((points[start], points[end]))
            meets = all(a[1] == b[0] for a, b in pairwise(ends))
            assert meets, (name, ends)
            first, last = ends[0][0], ends[-1][1]
            assert (first[0] == last[0] == 0) if name in middles else first == last, name


def test_every_line_and_every_middle_is_used():
    sources = (
        (borders.FRONT | borders.FRONT_MIDDLE, lines.FRONT, FRONT_CENTRES),
        (borders.BACK | borders.BACK_MIDDLE, lines.BACK, BACK_CENTRES),
    )
    for view, (border, known, centres) in zip(VIEWS, sources, strict=True):
        named = {piece.split(" ")[0] for runs in border.values() for piece in _pieces(runs)}
        assert named == set(lines.OUTLINE | known)
        assert set(border) == {stem(shape.site) for shape in shapes(view)} == set(centres)


def _pieces(runs: str) -> list[str]:
    return [piece for run in runs.split("; ") for piece in run.split(", ")]


def test_a_smooth_line_goes_through_its_points_and_backwards_is_the_same_line():
    line = ((1.0, 0.0), (4.0, 3.0), (2.0, 9.0))
    curve = curves.smooth(line)
    assert [one[0] for one in curve] + [curve[-1][3]] == list(line)
    assert curves.backwards(curves.backwards(curve)) == curve
    assert curves.backwards(curve)[0][0] == line[-1]


def test_measures_of_a_known_square():
    square = ((0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0))
    assert curves.area(square) == 16
    assert curves.inside((1, 2), square)
    assert not curves.inside((5, 2), square)
    assert curves.room((1, 2), square) == 1
