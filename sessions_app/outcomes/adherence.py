"""The protocol clock: one truth for every page.

Days are the clinic's days
(its time zone decides); gaps are elapsed hours, so a change to summer time neither lengthens nor
shortens them. «Due» is not a word here: a session may be given any time from one moment until
another (a single «due date» reads as «only that day»).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from sessions_app.vocabulary.body_sites import BodySite
from sessions_app.vocabulary.coded import Coded
from sessions_app.vocabulary.roles import Role
from sessions_app.vocabulary.techniques import Technique


class Phase(Coded):
    """Where an enrolment stands."""

    NOT_STARTED = "not_started", "Not started", "The first day lies ahead."
    OPEN = "open", "Open", "The next session may be given now."
    WAITING = "waiting", "Waiting", "The gap since the last session is not yet over."
    WINDOW_OVER = "window_over", "Window over", "No further session fits into the window."
    COMPLETE = "complete", "Complete", "All planned sessions were given."


@dataclass(frozen=True)
class Schedule:
    """A protocol's dose. None is «no limit», as on the protocol without limits.

    Sessions, days (the first day counts as one), hours between two starts, minutes a session
    (the target, and the fewest and most that are accepted).
    """

    max_sessions: int | None = None
    window_days: int | None = None
    gap_hours: int | None = None
    target_minutes: int | None = None
    minutes_low: int | None = None
    minutes_high: int | None = None

    @property
    def dose_minutes(self) -> int | None:
        """The planned minutes of the whole course, or None without a limit."""
        if self.max_sessions is None or self.target_minutes is None:
            return None
        return self.max_sessions * self.target_minutes

    def starts_at(self, starts_on: date, tz: tzinfo) -> datetime:
        """The first moment of the window, in UTC."""
        return _midnight(starts_on, tz)

    def ends_at(self, starts_on: date, tz: tzinfo) -> datetime | None:
        """The first moment after the window, in UTC, or None without a limit."""
        if self.window_days is None:
            return None
        return _midnight(starts_on + timedelta(days=self.window_days), tz)


@dataclass(frozen=True)
class GivenSession:
    """A session that was given, or is being given (then ``minutes`` is None).

    ``performed_at`` is its start and must know its time zone (else ValueError below). ``firmest``
    is the strongest pressure on any site. None is «not known», which no label is made of.
    """

    performed_at: datetime
    minutes: int | None = None
    techniques: frozenset[Technique] = frozenset()
    sites: frozenset[BodySite] = frozenset()
    role: Role | None = None
    firmest: int | None = None


@dataclass(frozen=True)
class Clock:
    """Where an enrolment stands at ``as_of``. All moments are in UTC.

    ``number_next`` of ``of`` is the next session (``of`` None: any number). ``earliest`` is when
    it may start, None when no further session is planned. ``window_end`` is the local midnight
    after the last day, itself outside the window.
    """

    as_of: datetime
    phase: Phase
    number_next: int
    of: int | None
    earliest: datetime | None
    window_end: datetime | None
    minutes_given: int
    minutes_planned: int | None
    starts_at: datetime

    @property
    def sessions_given(self) -> int:
        """How many sessions were given so far."""
        return self.number_next - 1

    @property
    def minutes_left(self) -> int | None:
        """The minutes of the dose that remain, never below 0; None without a limit."""
        if self.minutes_planned is None:
            return None
        return max(0, self.minutes_planned - self.minutes_given)


def clock(
    schedule: Schedule, starts_on: date, given: Sequence[GivenSession], now: datetime, tz: tzinfo
) -> Clock:
    """The clock of one enrolment at ``now``; sessions may come in any order.

    ``starts_on`` is the first day in the clinic's zone ``tz``. Raises ValueError when ``now`` has
    no time zone.
    """
    starts_at = schedule.starts_at(starts_on, tz)
    window_end = schedule.ends_at(starts_on, tz)
    starts = [in_utc(session.performed_at) for session in given]
    earliest = earliest_start(schedule, starts_at, starts)
    phase = _phase(schedule, len(given), starts_at, earliest, window_end, in_utc(now))
    return Clock(
        as_of=in_utc(now),
        phase=phase,
        number_next=len(given) + 1,
        of=schedule.max_sessions,
        earliest=None if phase in (Phase.COMPLETE, Phase.WINDOW_OVER) else earliest,
        window_end=window_end,
        minutes_given=sum(session.minutes or 0 for session in given),
        minutes_planned=schedule.dose_minutes,
        starts_at=starts_at,
    )


def earliest_start(schedule: Schedule, starts_at: datetime, starts: Sequence[datetime]) -> datetime:
    """When the session after these may start: from the first day, and after the gap."""
    if not starts or schedule.gap_hours is None:
        return starts_at
    return max(starts_at, max(starts) + timedelta(hours=schedule.gap_hours))


def _phase(
    schedule: Schedule,
    count: int,
    starts_at: datetime,
    earliest: datetime,
    window_end: datetime | None,
    now: datetime,
) -> Phase:
    if schedule.max_sessions is not None and count >= schedule.max_sessions:
        return Phase.COMPLETE
    if window_end is not None and max(now, earliest) >= window_end:
        return Phase.WINDOW_OVER
    if now < starts_at and not count:
        return Phase.NOT_STARTED
    return Phase.WAITING if now < earliest else Phase.OPEN


def _midnight(day: date, tz: tzinfo) -> datetime:
    """The first moment of a local day, in UTC, also where clocks change at midnight."""
    return datetime.combine(day, time.min, tzinfo=tz).astimezone(UTC)


def in_utc(moment: datetime) -> datetime:
    """The same moment in UTC: Python compares two times of one zone by the wall clock."""
    if moment.tzinfo is None or moment.utcoffset() is None:
        raise ValueError(f"{moment} has no time zone")
    return moment.astimezone(UTC)
