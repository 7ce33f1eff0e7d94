"""Whether the stored sums and what they do not hold yet say what the rows say."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import partial
from typing import Any

from sessions_app.clinics.models import Clinic
from sessions_app.rollups import reading
from sessions_app.rollups.windows import WEEK, window_of
from sessions_app.sessions.models import Session
from sessions_app.sessions.unfolded_model import monday_of

Ask = Callable[..., list[reading.Row]]
Sums = dict[tuple[Any, ...], tuple[int, ...]]


def first_difference(now: datetime) -> str:
    """Name the first figure that differs from its rows, or nothing.

    Ask in a transaction of one snapshot where others write meanwhile.
    """
    for clinic in Clinic.objects.order_by("slug"):
        for name, ask, grain in _questions(clinic, now):
            kept, counted = _sums(ask(stored=True), grain), _sums(ask(stored=False), grain)
            for key in sorted({*kept, *counted}, key=str):
                if kept.get(key) != counted.get(key):
                    told = f"stored {kept.get(key)}, counted {counted.get(key)}"
                    return f"{clinic.slug}: {name} {key}: {told}"
    return ""


def _questions(clinic: Clinic, now: datetime) -> Iterable[tuple[str, Ask, int]]:
    window, by = window_of(now, clinic.zone), "arm_id, scale, n"
    weeks = reading.Wanted([clinic], *_span(clinic, now))
    yield "patients of all time", partial(reading.tallies, [clinic], None, by=by), 3
    yield f"patients since {window}", partial(reading.tallies, [clinic], window, by=by), 3
    yield "weeks of scores", partial(reading.weeks_of_scores, weeks), 6
    yield "weeks of sessions", partial(reading.weeks_of_sessions, weeks), 4
    yield "weeks of plans", partial(reading.weeks_of_plans, weeks), 1
    in_arms = weeks._replace(by="week, arm_id")
    yield "weeks of plans in arms", partial(reading.weeks_of_plans, in_arms), 2


def _sums(rows: list[reading.Row], grain: int) -> Sums:
    return {row[:grain]: tuple(map(int, row[grain:])) for row in rows}


def _span(clinic: Clinic, now: datetime) -> tuple[date, date]:
    there = Session.objects.filter(clinic_id=clinic.pk).order_by("performed_at")
    begun = there.values_list("performed_at", flat=True).first() or now
    ended = there.values_list("performed_at", flat=True).last() or now
    return monday_of(begun, clinic.zone), monday_of(ended, clinic.zone) + WEEK
