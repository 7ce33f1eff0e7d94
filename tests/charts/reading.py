"""Read a drawing back: where everything stands, and where its words are."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, fromstring

from sessions_app.charts import lettering
from sessions_app.charts.svg import Drawing

Box = tuple[float, float, float, float]


def read(drawing: Drawing) -> Element:
    """Return the drawing as a tree: it is well-formed XML as well as HTML."""
    return fromstring(drawing)  # noqa: S314 - our own drawing


def sheet(tree: Element) -> tuple[float, float]:
    """Return the width and the height of the sheet."""
    x, y, width, height = map(float, tree.attrib["viewBox"].split())
    assert (x, y) == (0, 0)
    return width, height


def points(tree: Element) -> Iterator[tuple[float, float]]:
    """Yield every place that is drawn on, patterns aside."""
    skipped = {id(part) for defs in tree.iter("defs") for part in defs.iter()}
    for one in tree.iter():
        at = one.attrib
        if id(one) in skipped:
            continue
        if one.tag == "line":
            yield float(at["x1"]), float(at["y1"])
            yield float(at["x2"]), float(at["y2"])
        elif one.tag == "rect" and at["class"] != "ch-hit":
            x, y = float(at["x"]), float(at["y"])
            yield x, y
            yield x + float(at["width"]), y + float(at["height"])
        elif one.tag == "circle":
            x, y, r = float(at["cx"]), float(at["cy"]), float(at["r"])
            yield x - r, y - r
            yield x + r, y + r
        elif one.tag == "path":
            numbers = [float(n) for n in re.findall(r"-?[\d.]+", at["d"])]
            yield from zip(numbers[::2], numbers[1::2], strict=True)


def words(tree: Element) -> Iterator[tuple[str, Box]]:
    """Yield every line of words with its rectangle, as wide as its letters may be."""
    for text in tree.iter("text"):
        anchor = re.search(r"ch-(start|middle|end)", text.attrib["class"])
        assert anchor
        for line in text.findall("tspan") or [text]:
            said = line.text or ""
            at = float(line.attrib["x"]), float(line.attrib["y"])
            left, top, right, bottom = lettering.box(*at, said, anchor[1])
            yield said, (left + 2, top, right - 2, bottom)


def overlap(one: Box, other: Box) -> bool:
    """Say whether two rectangles share more than an edge."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across > 0.5 and down > 0.5
