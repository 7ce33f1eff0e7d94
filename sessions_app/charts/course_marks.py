"""The marks of one patient's sessions: from before to after, and on to the next day."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sessions_app.charts import axes, marks, svg
from sessions_app.charts.lettering import Taken, width
from sessions_app.charts.scales import Linear
from sessions_app.charts.svg import Drawing, Point

if TYPE_CHECKING:
    from sessions_app.charts.course import Given

RADIUS = 5.0
_CLEAR = 11.0
"""Around a mark so much is kept free of words."""


@dataclass(frozen=True, slots=True)
class At:
    """A session at its place."""

    x: float
    given: "Given"
    place: Linear
    radius: float = RADIUS

    def at(self, score: int) -> Point:
        """Return where a score of the session stands."""
        return self.x, self.place(score)


def radius(apart: float) -> float:
    """Return how big the marks are where sessions are so far apart, on the whole."""
    return min(RADIUS, max(3.2, apart * 0.4))


def drawn(sessions: Sequence[At], later: Sequence[float], scale: str, frame: axes.Frame) -> Drawing:
    """Return all sessions with their words; ``later`` are the places of the next days."""
    taken = _taken(sessions, later)
    parts = []
    for one, after in zip(sessions, later, strict=True):
        mark = svg.group(
            marks.hue(scale),
            *_line(one),
            *_later(one, after),
            *_scores(one, scale),
            _room(one, frame),
        )
        parts.append(svg.point(mark, one.given.told, one.given.href))
    parts += [_names(sessions, later, taken, frame), *_numbers(sessions, taken)]
    return svg.together(parts)


def _taken(sessions: Sequence[At], later: Sequence[float]) -> Taken:
    """Return the room that the marks themselves have."""
    taken = Taken()
    for one, after in zip(sessions, later, strict=True):
        given = one.given
        ys = [one.place(s) for s in (given.before, given.after) if s is not None]
        if ys:
            taken.force(one.x - 8, min(ys) - 7, one.x + 8, max(ys) + 7)
        if given.next_day is not None:
            y = one.place(given.next_day)
            taken.force(after - 6, y - 6, after + 6, y + 6)
            if given.after is not None:
                _keep(taken, one.at(given.after), (after, y))
    return taken


def _keep(taken: Taken, start: Point, end: Point) -> None:
    """Keep the way between two marks free of words; beside the first one there is room."""
    for part in range(5, 10):
        x, y = (a + (b - a) * part / 10 for a, b in zip(start, end, strict=True))
        taken.force(x - 2, y - 2, x + 2, y + 2)


def _line(one: At) -> list[Drawing]:
    """Return the line of a session: whole with both scores, a stub where one is missing."""
    given = one.given
    if given.before is not None and given.after is not None:
        return [svg.line(one.at(given.before), one.at(given.after), "ch-link")]
    return []


def _later(one: At, after: float) -> list[Drawing]:
    given = one.given
    if given.next_day is None:
        return []
    to = (after, one.place(given.next_day))
    if given.after is None:
        return [marks.cross(to, one.radius - 1)]
    return [svg.line(one.at(given.after), to, "ch-later"), marks.cross(to, one.radius - 1)]


def _scores(one: At, scale: str) -> list[Drawing]:
    """Return the open mark of before and the full one of after; one in the other if equal."""
    given = one.given
    same = given.before == given.after
    parts = []
    if given.before is not None:
        radius = one.radius + (2.5 if same else 0)
        parts.append(marks.mark(one.at(given.before), scale, radius=radius, full=False))
    if given.after is not None:
        radius = one.radius - (1 if same else 0)
        parts.append(marks.mark(one.at(given.after), scale, radius=radius))
    if given.before is None and given.after is None:
        y = one.place(0) + 10
        parts.append(svg.line((one.x - 4, y), (one.x + 4, y), "ch-gap"))
    return parts


def _room(one: At, frame: axes.Frame) -> Drawing:
    height = frame.bottom - frame.top
    return marks.unseen((one.x, (frame.top + frame.bottom) / 2), 16, height)


def _names(
    sessions: Sequence[At], later: Sequence[float], taken: Taken, frame: axes.Frame
) -> Drawing:
    """Name before, after and next day once, beside the first session where there is room."""
    parts: list[Drawing] = []
    for name, side in (("before", 0), ("after", 1), ("next day", 2)):
        for one, after in zip(sessions, later, strict=True):
            score = (one.given.before, one.given.after, one.given.next_day)[side]
            if score is None or (side == 1 and one.given.before == score):
                continue
            at = (after if side == 2 else one.x, one.place(score))
            if label := _beside(name, at, taken, frame):
                parts.append(label)
                break
    return svg.together(parts)


def _beside(name: str, at: Point, taken: Taken, frame: axes.Frame) -> Drawing | None:
    x, y = at[0], at[1] + 4.5
    if at[0] + _CLEAR + width(name) + 2 < frame.right and taken.words(x + _CLEAR, y, name, "start"):
        return svg.text((x + _CLEAR, y), name, "ch-strong")
    if at[0] - _CLEAR - width(name) - 2 > frame.left and taken.words(x - _CLEAR, y, name, "end"):
        return svg.text((x - _CLEAR, y), name, "ch-strong", "end")
    return None


def _numbers(sessions: Sequence[At], taken: Taken) -> list[Drawing]:
    """Write the scores over the upper and under the lower mark, where there is room."""
    parts = []
    for one in sessions:
        known = [s for s in (one.given.before, one.given.after) if s is not None]
        for score, away in ((max(known, default=None), -11.0), (min(known, default=None), 20.0)):
            if score is None or (away > 0 and len(set(known)) < 2):
                continue
            x, y = one.at(score)
            if taken.words(x, y + away, str(score)):
                parts.append(svg.text((x, y + away), str(score), "ch-number", "middle"))
    return parts
