"""When a session was and how long it took, from what was typed on the clinic's clock."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

OLDEST = timedelta(days=366)
LONGEST = 240
"""Minutes that a session takes at most."""

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Length:
    """How many minutes a session took, or what is wrong with what was typed, and where."""

    minutes: int | None = None
    problem: str = ""
    field: str = "minutes"


def moment(day: date, at: time, zone: tzinfo) -> datetime:
    """Return a typed day and time as a moment."""
    return datetime.combine(day, at, tzinfo=zone)


def problem_of_day(day: date, today: date, first_day: date | None = None) -> str:
    """Return what is wrong with the day of something that has happened; empty where nothing is."""
    if day > today:
        return "Day: this day is still to come."
    if first_day and day < first_day:
        first = f"{first_day.day} {first_day:%B %Y}"
        return f"Day: the first day of this course is {first}. Choose that day or a later one."
    if today - day > OLDEST:
        return "Day: more than a year ago. Check it."
    return ""


def length_in_progress(
    start: datetime, typed: int | None, stop: time | None, now: datetime, zone: tzinfo
) -> Length:
    """Return the minutes of a session in progress: typed, up to its stop, or up to now."""
    if stop:
        return _up_to(stop, start, typed, now, zone)
    if typed:
        return Length(typed)
    elapsed = _minutes(start, now)
    if elapsed > LONGEST:
        hours = elapsed // 60
        return Length(problem=f"Minutes: it began {hours} hours ago. Type how many it took.")
    return Length(max(1, elapsed))


def more_than_passed(start: datetime, end: datetime, minutes: int) -> str:
    """Say how many minutes passed where more were typed; a start is often tapped late."""
    passed = _minutes(start, end)
    if minutes <= passed + 1:  # both ends are rounded
        return ""
    return f"{minutes} minutes as typed; {passed} had passed since the start was saved."


def length_of_past(
    start: datetime | None, typed: int | None, stop: time | None, now: datetime, zone: tzinfo
) -> Length:
    """Return the minutes of a session that is over; its end is not to come. `start` if known."""
    if typed is None and stop is None:
        return Length(problem="Minutes: type how many, or give the stop time.")
    if start is None:
        return Length(typed)
    if stop:
        return _up_to(stop, start, typed, now, zone)
    end = start.astimezone(UTC) + timedelta(minutes=typed or 0)
    # Times are typed to the minute: what ends within this one has ended.
    return Length(typed, _still_to_come(end, zone) if end > now + _MINUTE else "")


def _up_to(stop: time, start: datetime, typed: int | None, now: datetime, zone: tzinfo) -> Length:
    end = _end(start, stop, zone)
    counted = _minutes(start.replace(second=0, microsecond=0), end)
    span = f"from {start.astimezone(zone):%H:%M} to {stop:%H:%M} are {counted} minutes"
    if not 1 <= counted <= LONGEST:
        problem = f"Stop time: {span}, and a session takes 1 to {LONGEST}. Check both times."
    elif end > now:
        problem = _still_to_come(end, zone)
    elif typed is not None and abs(typed - counted) > 1:
        problem = f"Stop time: {span}, not {typed}. Correct one of them, or leave one empty."
    else:
        return Length(counted if typed is None else typed)
    return Length(problem=problem, field="stop_time")


def _end(start: datetime, stop: time, zone: tzinfo) -> datetime:
    """Return the first such time after the start; it may be past midnight."""
    local = start.astimezone(zone).replace(second=0, microsecond=0)
    past_midnight = stop.replace(second=0, microsecond=0) < local.time()
    return moment(local.date() + timedelta(days=past_midnight), stop, zone)


def _minutes(start: datetime, end: datetime) -> int:
    # In UTC: between two moments of one zone Python counts as if no clock were ever changed.
    return round((end.astimezone(UTC) - start.astimezone(UTC)).total_seconds() / 60)


def _still_to_come(end: datetime, zone: tzinfo) -> str:
    return f"It would end at {end.astimezone(zone):%H:%M}, which is still to come."
