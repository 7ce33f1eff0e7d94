"""SQL of days and hours on both engines: what begins at midnight in the clinic's own time."""

from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

from django.db import connection

from sessions_app.clinics.models import Clinic
from sessions_app.dashboards.scope import EARLIEST, Scope, midnight
from sessions_app.dashboards.statement import Piece

_YEARS_BEFORE = 3
"""A course that began longer ago has its window behind it, whatever the clock said then."""


def midnights(scope: Scope) -> Piece:
    """Return `midnights (clinic_id, first_day, last_day, seconds)`, to stand after WITH.

    On these days a clinic's midnight is so many seconds before midnight in UTC.
    """
    row = "(CAST(%s AS uuid), CAST(%s AS date), CAST(%s AS date), CAST(%s AS integer))"
    row = row if connection.vendor == "postgresql" else "(%s, %s, %s, %s)"
    values: list[object] = []
    for clinic in scope.clinics:
        for first, last, seconds in _stretches(scope, clinic):
            values += [clinic.pk, first, last, seconds]
    rows = ", ".join([row] * (len(values) // 4))
    return Piece(
        f"midnights (clinic_id, first_day, last_day, seconds) AS (VALUES {rows})", tuple(values)
    )


def _stretches(scope: Scope, clinic: Clinic) -> list[tuple[date, date, int]]:
    """Return days in a row with the same offset; the first and the last stretch have no end."""
    years = range(max(EARLIEST.year, scope.first.year - _YEARS_BEFORE), scope.last.year + 2)
    changes = [change for year in years for change in _offsets(clinic.time_zone, year)]
    kept = [one for n, one in enumerate(changes) if not n or changes[n - 1][1] != one[1]]
    kept[0] = (date.min, kept[0][1])
    ends = [after - timedelta(days=1) for _, (after, _) in pairwise(kept)]
    return [
        (first, last, seconds)
        for (first, seconds), last in zip(kept, [*ends, date.max], strict=True)
    ]


@lru_cache(maxsize=2048)
def _offsets(zone: str, year: int) -> tuple[tuple[date, int], ...]:
    """Return the first day of the year and each on which midnight's offset is another."""
    clinic, day = Clinic(time_zone=zone), date(year, 1, 1)
    found: list[tuple[date, int]] = []
    while day.year == year:
        offset = midnight(day, clinic).utcoffset()
        seconds = int(offset.total_seconds()) if offset is not None else 0
        if not found or found[-1][1] != seconds:
            found.append((day, seconds))
        day += timedelta(days=1)
    return tuple(found)


def instant(day: str, seconds: str) -> str:
    """Return the instant at which a day begins, by the seconds of `midnights`."""
    if connection.vendor == "postgresql":
        at_utc = f"(CAST({day} AS timestamp) - {seconds} * interval '1 second')"
        return f"({at_utc} AT TIME ZONE 'UTC')"
    return f"datetime({day}, (-{seconds}) || ' seconds')"


def day_after(day: str, days: str) -> str:
    """Return the day so many days later."""
    if connection.vendor == "postgresql":
        return f"({day} + {days})"
    return f"date({day}, '+' || {days} || ' days')"


def whole_weeks(since: str, until: str) -> str:
    """Return how many whole weeks lie between two instants, the second not the earlier one."""
    if connection.vendor == "postgresql":
        return f"CAST(floor(extract(epoch FROM ({until} - {since})) / 604800) AS integer)"
    # A mark of the driver is doubled.
    return f"((strftime('%%s', {until}) - strftime('%%s', {since})) / 604800)"
