"""Weeks and windows as instants: where each clinic is, and as the engine takes them."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection

from sessions_app.sessions.unfolded_model import monday_of

ALL_TIME = date(1900, 1, 1)
WEEKS = 26
WEEK = timedelta(weeks=1)


def window_of(now: datetime, zone: ZoneInfo) -> date:
    """Return the Monday that opens the 26 weeks of which the present week is the last."""
    return monday_of(now, zone) - (WEEKS - 1) * WEEK


def opens(day: date, zone: ZoneInfo) -> Any:
    """Return the first instant of a day in a zone, as the engine takes it."""
    moment = datetime.combine(day, time.min, tzinfo=zone).astimezone(UTC)
    return connection.ops.adapt_datetimefield_value(moment)


def as_day(day: date) -> Any:
    """Return a day as the engine takes it."""
    return connection.ops.adapt_datefield_value(day)


def as_key(one: uuid.UUID) -> Any:
    """Return an id as the engine takes it."""
    return one if connection.features.has_native_uuid_field else one.hex


def mondays(first: date, last: date) -> Iterable[date]:
    """Every Monday from one to another."""
    return (first + number * WEEK for number in range((last - first).days // 7 + 1))


def table(rows: Sequence[Sequence[Any]]) -> tuple[str, list[Any]]:
    """Return VALUES with its marks, and the values in their order."""
    marks = ", ".join(["%s"] * len(rows[0]))
    return f"VALUES {', '.join([f'({marks})'] * len(rows))}", [one for row in rows for one in row]
