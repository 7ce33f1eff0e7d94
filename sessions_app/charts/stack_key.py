"""The parts of a stack, and their names beside it, in the order in which they are stacked."""

from dataclasses import dataclass

from sessions_app.charts import patterns, svg
from sessions_app.charts.lettering import LINE_HEIGHT, width, wrapped
from sessions_app.charts.patterns import KINDS
from sessions_app.charts.svg import Drawing, Point


@dataclass(frozen=True, slots=True)
class Part:
    """A part of each bar: its name, its filling, and the series that are in it."""

    name: str
    kind: str
    members: tuple[int, ...]
    total: int


def parts_of(series: tuple[str, ...], totals: tuple[int, ...]) -> tuple[Part, ...]:
    """Return the series with a count as parts; the rarest share one where the fillings end."""
    told = [n for n in range(len(series)) if totals[n] or n == 0]
    named = told
    if len(told) > len(KINDS):
        common = sorted(told[1:], key=lambda n: (-totals[n], n))[: len(KINDS) - 2]
        named = [n for n in told if n == 0 or n in common]
    rest = tuple(n for n in told if n not in named)
    pairs = zip(named, KINDS, strict=False)
    parts = [Part(series[n], kind, (n,), totals[n]) for n, kind in pairs]
    if rest:
        name = f"{len(rest)} rarer reasons"
        parts.append(Part(name, KINDS[-1], rest, sum(totals[n] for n in rest)))
    return tuple(parts)


def drawn(
    parts: tuple[Part, ...], at: Point, right: float, uid: str, *, planned: bool
) -> tuple[float, Drawing]:
    """Return where the key ends, and the key: the top of the stack first, with the sums."""
    x, y = at
    room = right - x - 30
    rows = []
    if planned:
        rows.append(svg.line((x, y + 9), (x + 20, y + 9), "ch-planned"))
        rows.append(svg.text((x + 28, y + 14), "planned", "ch-plain"))
        y += LINE_HEIGHT + 6
    for part in reversed(parts):
        *first, last = wrapped(part.name, room - width(f" {part.total}"), 2) or ("",)
        lines = (*first, f"{last} {part.total}".lstrip())
        fill = patterns.filling(uid, part.kind)
        rows.append(svg.rect((x, y + 2), 20, 14, f"ch-part ch-part--{part.kind}", fill))
        rows.append(svg.text((x + 28, y + 14), lines, "ch-plain"))
        y += LINE_HEIGHT * len(lines) + 6
    return y, svg.together(rows)
