"""One patient's sessions: before and after on one line each, along the time they were given."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from sessions_app.charts import axes, course_marks, svg
from sessions_app.charts.chart import Chart, Row, Size, row
from sessions_app.charts.figures import NOTHING, counted, listed
from sessions_app.charts.lettering import SIZE, Taken, shortened, width
from sessions_app.charts.scales import SCORE, SCORE_TICKS, Linear
from sessions_app.charts.svg import Drawing
from sessions_app.charts.weeks import foot, moment, whole_day

NEXT_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Given:
    """One session: when, its scores or why there is none, and what was said the next day."""

    at: datetime
    before: int | None = None
    after: int | None = None
    next_day: int | None = None
    before_missing: str = ""
    after_missing: str = ""
    href: str = ""

    @property
    def scores(self) -> tuple[int, ...]:
        """The scores there are."""
        return tuple(s for s in (self.before, self.after, self.next_day) if s is not None)

    @property
    def told(self) -> str:
        """The session in words: «3 Nov 2025, 14:10: before 7, after 4»."""
        parts = (
            f"before {_score(self.before, self.before_missing)}",
            f"after {_score(self.after, self.after_missing)}",
            "" if self.next_day is None else f"next day {self.next_day}",
        )
        return f"{moment(self.at)}: {', '.join(part for part in parts if part)}"


@dataclass(frozen=True, slots=True)
class Window:
    """The days in which a protocol wants its sessions; ``end`` is the first moment after."""

    start: datetime
    end: datetime
    label: str

    @property
    def told(self) -> str:
        """The window in words, with its last day."""
        last = max(self.start, self.end - timedelta(microseconds=1))
        return f"{self.label}: {whole_day(self.start)} to {whole_day(last)}"


@dataclass(frozen=True, kw_only=True)
class Course(Chart):
    """A patient's course on one scale. ``scale`` is its code, ``axis_words`` its direction."""

    scale: str
    axis_words: str
    sessions: tuple[Given, ...]
    windows: tuple[Window, ...] = ()

    @cached_property
    def ordered(self) -> tuple[Given, ...]:
        """The sessions, first one first."""
        return tuple(sorted(self.sessions, key=lambda one: one.at))

    def too_little(self) -> str:
        """Ask for one session with a score."""
        if any(one.scores for one in self.sessions):
            return ""
        return "No session has a score yet."

    def own_summary(self) -> str:
        """Count the sessions with both scores, and which way they went."""
        pairs = [(s.before, s.after) for s in self.sessions]
        both = [(b, a) for b, a in pairs if b is not None and a is not None]
        if not both:
            return "No session has both scores yet."
        ways = (
            (sum(a < b for b, a in both), "lower"),
            (sum(a > b for b, a in both), "higher"),
            (sum(a == b for b, a in both), "the same"),
        )
        told = listed(f"{way} in {n}" for n, way in ways if n)
        return f"Of {counted(len(both), 'session')} with both scores, the after score is {told}."

    def notes(self) -> tuple[str, ...]:
        """Say what the marks are."""
        marks = ["open mark: before", "full mark: after"]
        if any(one.next_day is not None for one in self.sessions):
            marks.append("cross: next day")
        told = (f"{'; '.join(marks).capitalize()}.",) if not self.too_little() else ()
        return (*told, *(f"{window.told}." for window in self.windows))

    def head(self) -> tuple[str, ...]:
        """Name the columns; the next day's only where it was asked."""
        return ("Session", "Before", "After", *(["Next day"] if self._asked_later else []))

    def rows(self) -> tuple[Row, ...]:
        """Return the sessions, first one first."""
        return tuple(
            row(
                moment(one.at),
                _score(one.before, one.before_missing),
                _score(one.after, one.after_missing),
                *([_score(one.next_day, "")] if self._asked_later else []),
                href=one.href,
            )
            for one in self.ordered
        )

    @property
    def _asked_later(self) -> bool:
        return any(one.next_day is not None for one in self.sessions)

    def body(self, size: Size, uid: str) -> tuple[float, Drawing]:
        """Draw windows behind the grid, and the sessions over it."""
        high, words = axes.heading(self.axis_words, size)
        top = high + (SIZE + 8 if self.windows else 0) + 20
        tall = 170 if size.narrow else 200
        frame = axes.Frame(24, top - 16, size.width - 4, top + tall + 22)
        place = Linear(*SCORE, top + tall, top)
        across = self._across(frame)
        grid = axes.grid(frame, place, SCORE_TICKS, axes.tick_words(SCORE_TICKS))
        radius = course_marks.radius((frame.right - frame.left) / len(self.ordered))
        marks = [
            course_marks.At(across(self._since(one.at)), one, place, radius) for one in self.ordered
        ]
        later = [across(self._since(one.at + NEXT_DAY)) for one in self.ordered]
        sessions = course_marks.drawn(marks, later, self.scale, frame)
        days = [(mark.x, mark.given.at.date()) for mark in marks]
        bands = svg.together(self._bands(across, frame, high))
        drawn = (words, bands, grid, sessions, *foot(days, frame.bottom + 20, size.width))
        return frame.bottom + axes.FOOT, svg.together(drawn)

    @cached_property
    def _moments(self) -> tuple[datetime, ...]:
        """All moments that are drawn, in order."""
        later = [s.at + NEXT_DAY for s in self.sessions if s.next_day is not None]
        ends = [moment for w in self.windows for moment in (w.start, w.end)]
        return tuple(sorted([*(s.at for s in self.sessions), *later, *ends]))

    def _since(self, at: datetime) -> float:
        return (at - self._moments[0]).total_seconds()

    def _across(self, frame: axes.Frame) -> Linear:
        """Return the scale of time; marks at its ends keep clear of the frame."""
        return Linear(0.0, self._since(self._moments[-1]), frame.left + 14, frame.right - 14)

    def _bands(self, across: Linear, frame: axes.Frame, top: float) -> Iterator[Drawing]:
        taken = Taken()
        for window in sorted(self.windows, key=lambda one: one.start):
            left, right = (across(self._since(at)) for at in (window.start, window.end))
            left, right = min(left, right) - 6, max(left, right) + 6
            band = svg.rect((left, frame.top), right - left, frame.bottom - frame.top, "ch-band")
            edges = [svg.line((x, frame.top), (x, frame.bottom), "ch-edge") for x in (left, right)]
            yield svg.point(svg.together((band, *edges)), window.told)
            label = shortened(window.label, frame.right - left)
            if label and taken.take(left, top, left + width(label) + 8, top + 1):
                yield svg.text((left + 1, top + SIZE), label, "ch-quiet")


def _score(score: int | None, missing: str) -> str:
    return (missing or NOTHING) if score is None else str(score)
