"""The protocol clock in one line for the therapist; never the word «due»."""

from datetime import UTC, date, datetime, timedelta, tzinfo

from sessions_app.outcomes.adherence import Clock, Phase, Schedule
from sessions_app.outcomes.spoken import counted
from sessions_app.vocabulary.months import MONTHS

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def clock_words(clock: Clock, tz: tzinfo) -> str:
    """Such as «Session 4 of 6 · any time from 14:10 today until Thu 26 Nov · 62 of 180 min left».

    Days are those of the clinic's zone ``tz``, named as seen from ``clock.as_of``.
    """
    return " · ".join(part for part in (_count(clock), _when(clock, tz), _minutes(clock)) if part)


def dose_words(schedule: Schedule, sessions: int, minutes: int) -> str:
    """Such as «4 of 6 sessions, 118 of 180 min»; without limits «4 sessions, 118 min»."""
    of, dose = schedule.max_sessions, schedule.dose_minutes
    given = (
        counted(sessions, "session") if of is None else f"{sessions} of {counted(of, 'session')}"
    )
    return f"{given}, {minutes} min" if dose is None else f"{given}, {minutes} of {dose} min"


def _count(clock: Clock) -> str:
    """Which session comes next, or how many were given when none does."""
    given, of = clock.sessions_given, clock.of
    if clock.phase is Phase.COMPLETE:
        return (
            f"All {of} sessions given" if given == of else f"{given} sessions given, {of} planned"
        )
    if clock.phase is Phase.WINDOW_OVER:
        return f"{given} of {of} sessions given" if of is not None else f"{given} sessions given"
    return f"Session {clock.number_next}" + (f" of {of}" if of is not None else "")


def _when(clock: Clock, tz: tzinfo) -> str:
    """From when until when the next session may be given."""
    today = clock.as_of.astimezone(tz).date()
    last = _last_day(clock, tz)
    if clock.phase is Phase.COMPLETE:
        return ""
    if clock.phase is Phase.WINDOW_OVER:
        ended = clock.window_end is not None and clock.as_of >= clock.window_end
        verb = "window ended" if ended else "no further session fits before the window ends"
        return f"{verb} {_day(last, today)}" if last else verb
    start = "" if clock.phase is Phase.OPEN else f" from {_start(clock, tz, today)}"
    end = f" until {_end(last, today)}" if last else ""
    return f"any time{start}{end}"


def _start(clock: Clock, tz: tzinfo, today: date) -> str:
    """The earliest moment: a day when it is the first day, else a time and its day."""
    if clock.earliest is None or clock.earliest == clock.starts_at:
        return _day(clock.starts_at.astimezone(tz).date(), today)
    local = _whole_minute(clock.earliest).astimezone(tz)
    day = _day(local.date(), today)
    return f"{local:%H:%M} {day}" if day in ("today", "tomorrow") else f"{local:%H:%M} on {day}"


def _end(last: date, today: date) -> str:
    """The last day of the window; «today» alone could be read as «only now»."""
    return "the end of today" if last == today else _day(last, today)


def _minutes(clock: Clock) -> str:
    """What is left of the dose, where the protocol has one."""
    if clock.minutes_left is None:
        return ""
    return f"{clock.minutes_left} of {clock.minutes_planned} min left"


def _last_day(clock: Clock, tz: tzinfo) -> date | None:
    """The last day inside the window, or None without a limit."""
    if clock.window_end is None:
        return None
    return (clock.window_end - timedelta(microseconds=1)).astimezone(tz).date()


def _whole_minute(moment: datetime) -> datetime:
    """Rounded up, so that the minute shown is never too early."""
    moment = moment.astimezone(UTC)
    past = timedelta(seconds=moment.second, microseconds=moment.microsecond)
    return moment + timedelta(minutes=1) - past if past else moment


def _day(day: date, today: date) -> str:
    """Today, tomorrow, «Thu 26 Nov», with the year only when it is another one."""
    near = {today: "today", today + timedelta(days=1): "tomorrow"}
    if day in near:
        return near[day]
    year = "" if day.year == today.year else f" {day.year}"
    return f"{_DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}{year}"
