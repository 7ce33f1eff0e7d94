"""A day back and a day ahead of what is given and planned beside the touch, in words."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from sessions_app.timing.models import TimedCare
from sessions_app.vocabulary.timed import TimedKind

SPAN = timedelta(hours=24)
"""How far the timeline looks, back and ahead."""

BEGIN_AFTER, BEGIN_UNTIL = 30, 60
"""Minutes after a breakthrough dose in which a session is well begun: our design, no more."""

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class TimedLine:
    """One dose, treatment or procedure; planned where it lay ahead when it was recorded."""

    id: uuid.UUID
    kind: TimedKind
    happens_at: datetime
    note: str = ""
    took_place: bool = True

    @classmethod
    def of(cls, row: TimedCare) -> "TimedLine":
        """Return a stored row as a line."""
        return cls(row.pk, TimedKind(row.kind), row.happens_at, row.note, row.took_place)


@dataclass(frozen=True)
class ToldLine:
    """A line as a page tells it: its hour, what it is, how long ago or until then."""

    line: TimedLine
    hour: str
    words: str
    asks: bool
    """Whether it was planned, its hour has passed, and nobody has said that it took place."""


@dataclass(frozen=True)
class Timeline:
    """What lies around a moment, in the order of time."""

    lines: tuple[TimedLine, ...]
    now: datetime
    zone: tzinfo

    @classmethod
    def of(cls, lines: Iterable[TimedLine], now: datetime, zone: tzinfo) -> "Timeline":
        """Return the lines of a day back and a day ahead."""
        near = [one for one in lines if abs(one.happens_at - now) <= SPAN]
        return cls(tuple(sorted(near, key=lambda one: one.happens_at)), now, zone)

    @property
    def past(self) -> list[ToldLine]:
        """What was given or planned up to now, the latest first."""
        return [self._told(one) for one in reversed(self.lines) if one.happens_at <= self.now]

    @property
    def ahead(self) -> list[ToldLine]:
        """What is planned from now on, the next first."""
        return [self._told(one) for one in self.lines if one.happens_at > self.now]

    @property
    def asks(self) -> bool:
        """Whether something that was planned is to be recorded as given, or not."""
        return any(one.asks for one in self.past)

    @property
    def hints(self) -> list[str]:
        """What is worth a glance before beginning: the last breakthrough dose, the next plan."""
        found = []
        given = [one for one in self.lines if one.took_place and one.happens_at <= self.now]
        doses = [one for one in given if one.kind is TimedKind.OPIOID_BREAKTHROUGH]
        if doses:
            minutes = whole_minutes(doses[-1].happens_at, self.now)
            good = BEGIN_AFTER <= minutes <= BEGIN_UNTIL
            told = f"{doses[-1].kind.label} {ago(minutes)}"
            found.append(f"{told}: good time to begin" if good else told)
        if self.ahead:
            following = self.ahead[0]
            found.append(f"{following.line.kind.label} {following.hour}")
        return found

    def _told(self, line: TimedLine) -> ToldLine:
        hour = _hour(line.happens_at.astimezone(self.zone), self.now.astimezone(self.zone))
        if line.happens_at > self.now:
            words = f"in {span_words(whole_minutes(self.now, line.happens_at))}"
            return ToldLine(line, hour, f"planned, {words}", asks=False)
        told = ago(whole_minutes(line.happens_at, self.now))
        if not line.took_place:
            return ToldLine(line, hour, f"planned {told}; not yet recorded as given", asks=True)
        return ToldLine(line, hour, told, asks=False)


def whole_minutes(earlier: datetime, later: datetime) -> int:
    """Return the whole minutes between two moments."""
    return (later - earlier) // _MINUTE


def span_words(minutes: int) -> str:
    """Return a span as one says it: «40 min», «2 h», «3 h 10 min»."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest} min" if rest else f"{hours} h"


def ago(minutes: int) -> str:
    """Return how long ago something was."""
    return f"{span_words(minutes)} ago" if minutes else "just now"


def _hour(local: datetime, today: datetime) -> str:
    """Return the hour on the clinic's clock with its day: «14:00 today».

    Where the clocks go forward, a day has 23 hours: 24 hours may reach over the whole of it.
    """
    days = (local.date() - today.date()).days
    day = {-1: "yesterday", 0: "today", 1: "tomorrow"}.get(days, f"on {local:%A}")
    return f"{local:%H:%M} {day}"
