"""Figures over all clinics: from the stored sums, and from the rows."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from benchmarks.turns import in_turns
from sessions_app.clinics.models import Clinic
from sessions_app.rollups import reading
from sessions_app.rollups.folding import fold
from sessions_app.rollups.windows import ALL_TIME, opens, window_of

WAITING = 20
Ask = Callable[..., Any]
_PATIENTS = """
SELECT c.clinic_id, c.arm_id, c.scale, count(*) AS n, sum(c.after - c.before) AS s
FROM sessions_app_score c
WHERE c.counted AND c.scale IN ('pain', 'mood') AND c.performed_at >= %s
    AND c.before IS NOT NULL AND c.after IS NOT NULL
GROUP BY c.clinic_id, c.patient_id, c.arm_id, c.scale
"""
_INTERVAL = f"""
SELECT arm_id, scale, count(*), sum(n), sum(n * n), sum(s), sum(n * s), sum(s * s)
FROM ({_PATIENTS}) AS p GROUP BY arm_id, scale
"""
"""What an interval needs, as anybody would count it: no clinic asked for, nothing else counted."""


def measure(rounds: int) -> list[str]:
    """Compare stored with counted, clean and with marks waiting; return the missed marks."""
    there = list(Clinic.objects.order_by("slug"))
    zone = there[0].zone
    window = window_of(timezone.now(), zone)
    last = window + timedelta(weeks=25)
    year, first = window - timedelta(weeks=26), window - timedelta(weeks=235)
    asked: dict[str, tuple[Ask, float]] = {
        "interval, all time": (_interval(there, None), 40),
        "interval, 26 weeks": (_interval(there, window), 10),
        "sums of the page, all time": (_tallies(there, None), 25),
        "sums of the page, 26 weeks": (_tallies(there, window), 10),
        "planned sessions, 52 weeks": (_weeks(reading.weeks_of_plans, there, year, last), 25),
        "planned sessions, 26 weeks": (_weeks(reading.weeks_of_plans, there, window, last), 10),
        "weeks of scores, 26 weeks": (_weeks(reading.weeks_of_scores, there, window, last), 10),
        "weeks of scores, all time": (_weeks(reading.weeks_of_scores, there, first, last), 25),
    }
    missed = _compare("clean", asked, rounds)
    _mark(WAITING)
    missed += _compare(f"{WAITING} patients waiting", asked, rounds)
    took = in_turns(1, fold=lambda: fold(timezone.now()))
    print(f"  a fold with nothing to take in: {took['fold'].whole:.0f} ms")
    return missed


def _compare(state: str, asked: dict[str, tuple[Ask, float]], rounds: int) -> list[str]:
    missed = []
    for name, (ask, mark) in asked.items():
        if _sums(ask(stored=True)) != _sums(ask(stored=False)):
            missed.append(f"{name}, {state}: stored and counted differ")
        took = in_turns(
            max(1, rounds // 3),
            stored=lambda ask=ask: ask(stored=True),
            counted=lambda ask=ask: ask(stored=False),
        )
        stored, counted = took["stored"].whole, took["counted"].whole
        ratio = counted / stored
        print(
            f"network, {state}, {name}: stored {stored:.1f} ms, counted {counted:.0f} ms, "
            f"{ratio:.0f} times as fast" + (f" (mark {mark:g})" if mark else "")
        )
        if ratio < mark:
            missed.append(f"{name}, {state}: {mark:g} times as fast")
    return missed


def _tallies(there: list[Clinic], since: date | None) -> Ask:
    return lambda stored: reading.tallies(there, since, stored=stored)


def _interval(there: list[Clinic], since: date | None) -> Ask:
    """Ask for the sums by arm and scale; counted, by a statement that knows nothing of ours."""
    day = since or ALL_TIME

    def ask(stored: bool) -> list[Any]:
        if not stored:
            with connection.cursor() as cursor:
                cursor.execute(_INTERVAL, [opens(day, there[0].zone)])
                return cursor.fetchall()
        rows = reading.tallies(there, since, by="arm_id, scale")
        return [row[:8] for row in rows if row[2]]

    return ask


def _weeks(read: Ask, there: list[Clinic], first: date, last: date) -> Ask:
    wanted = reading.Wanted(there, first, last)
    return lambda stored: read(wanted, stored=stored)


def _sums(rows: list[Any]) -> list[tuple[str, ...]]:
    return sorted(tuple(str(one) for one in row) for row in rows)


def _mark(number: int) -> None:
    """Mark patients of as many clinics, as writes of the last minutes would have."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO sessions_app_unfolded (id, clinic_id, patient_id, week) "
            "SELECT DISTINCT ON (clinic_id) gen_random_uuid(), clinic_id, patient_id, "
            "date_trunc('week', performed_at AT TIME ZONE 'Europe/London')::date "
            "FROM sessions_app_session WHERE performed_at > now() - interval '3 days' LIMIT %s",
            [number],
        )
