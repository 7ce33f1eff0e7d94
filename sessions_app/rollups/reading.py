"""Exact at every moment: stored sums for what is clean, rows for what is not, in one statement.

One statement is one snapshot on both engines. A clinic whose window was not made yet, as on a
Monday morning, is read from its rows altogether.
"""

import uuid
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, connections

from sessions_app.clinics.models import Clinic
from sessions_app.fetching import keeping_cursor
from sessions_app.rollups import spelling
from sessions_app.rollups.windows import ALL_TIME, WEEK, as_day, as_key, mondays, opens, table

_TALLIES = f"""
WITH want(clinic_id, opens) AS ({{want}}),
ready AS (
    SELECT w.clinic_id, w.opens FROM want w
    JOIN sessions_app_foldedwindow f ON f.clinic_id = w.clinic_id AND f.since = %s
),
touched AS (
    SELECT DISTINCT u.clinic_id, u.patient_id, r.opens
    FROM ready r JOIN sessions_app_unfolded u ON u.clinic_id = r.clinic_id
),
counted AS (
    SELECT c.clinic_id, c.patient_id, c.arm_id, c.scale, {{sums}}
    FROM touched t
    JOIN sessions_app_session s ON s.clinic_id = t.clinic_id AND s.patient_id = t.patient_id
    {spelling.SCORES_BESIDE}
    WHERE c.counted AND {spelling.SCALES} AND c.performed_at >= t.opens
    GROUP BY c.clinic_id, c.patient_id, c.arm_id, c.scale
    UNION ALL
    SELECT c.clinic_id, c.patient_id, c.arm_id, c.scale, {{sums_of_all}}
    FROM want w JOIN sessions_app_score c
        ON c.clinic_id = w.clinic_id AND c.performed_at >= w.opens
    WHERE c.counted AND {spelling.SCALES}
        AND NOT EXISTS (SELECT 1 FROM ready r WHERE r.clinic_id = w.clinic_id)
    GROUP BY c.clinic_id, c.patient_id, c.arm_id, c.scale
),
parts AS (
    SELECT t.clinic_id, t.arm_id, t.scale, t.n, {spelling.TALLY_COLUMNS}
    FROM ready r JOIN sessions_app_tally t ON t.clinic_id = r.clinic_id AND t.since = %s
    UNION ALL
    SELECT p.clinic_id, p.arm_id, p.scale, {spelling.ALIKE}, {spelling.WITHOUT_PATIENT}
    FROM touched t JOIN sessions_app_patienttotal p
        ON p.clinic_id = t.clinic_id AND p.patient_id = t.patient_id AND p.since = %s
    UNION ALL
    SELECT clinic_id, arm_id, scale, {spelling.ALIKE}, {spelling.WITH_PATIENT} FROM counted
)
{{asked}}
"""
_BY = f"""
SELECT {{told}}, {spelling.TALLY_TOTALS} FROM parts {{only}}
GROUP BY {{by}} HAVING sum(sessions) <> 0
"""
_EITHER = {
    "arm_id, scale, n": "CAST(NULL AS uuid), arm_id, scale, n",
    "clinic_id, scale, n": "clinic_id, CAST(NULL AS uuid), scale, n",
}
_WEEKS = """
WITH want(clinic_id, zone) AS ({want}),
calendar(zone, week, opens, closes) AS ({calendar}),
ready AS (
    SELECT w.clinic_id FROM want w
    JOIN sessions_app_foldedwindow f ON f.clinic_id = w.clinic_id AND f.since = %s
),
touched AS (SELECT DISTINCT clinic_id, week FROM sessions_app_unfolded),
raw AS (
    SELECT w.clinic_id, k.week, k.opens, k.closes FROM want w JOIN calendar k ON k.zone = w.zone
    WHERE NOT EXISTS (SELECT 1 FROM ready r WHERE r.clinic_id = w.clinic_id)
    UNION
    SELECT w.clinic_id, k.week, k.opens, k.closes FROM touched t
    JOIN want w ON w.clinic_id = t.clinic_id JOIN calendar k ON k.zone = w.zone AND k.week = t.week
),
parts AS (
    SELECT p.clinic_id, {grain}, {sums} FROM ready r JOIN {table} p ON p.clinic_id = r.clinic_id
    WHERE p.week >= %s AND p.week <= %s AND NOT EXISTS (
        SELECT 1 FROM touched t WHERE t.clinic_id = p.clinic_id AND t.week = p.week)
    UNION ALL
    {counted}
)
SELECT {by}, {totals} FROM parts {only} GROUP BY {by}
"""
_SCORES_RAW = f"""
    SELECT w.clinic_id, w.week, c.arm_id, c.scale, c.before_missing, c.after_missing, {{late}},
        {spelling.SCORE_SUMS}
    FROM raw w JOIN sessions_app_score c ON c.clinic_id = w.clinic_id
        AND c.performed_at >= w.opens AND c.performed_at < w.closes
    {spelling.TO_SESSION}
    WHERE c.counted AND {spelling.SCALES} GROUP BY 1, 2, 3, 4, 5, 6, 7
"""
_SESSIONS_RAW = f"""
    SELECT w.clinic_id, w.week, s.arm_id, s.status, s.not_given_reason,
        {spelling.SESSION_SUMS}
    FROM raw w JOIN sessions_app_session s ON s.clinic_id = w.clinic_id
        AND s.performed_at >= w.opens AND s.performed_at < w.closes
    GROUP BY 1, 2, 3, 4, 5
"""
_PLANS_RAW = f"""
    SELECT w.clinic_id, {{grain}}, {spelling.plan_sums("1")}
    FROM raw w JOIN sessions_app_session s ON s.clinic_id = w.clinic_id
        AND s.performed_at >= w.opens AND s.performed_at < w.closes
    GROUP BY w.clinic_id, {{grain}}
"""
_FIRST = """
WITH want(clinic_id) AS ({want})
SELECT min((SELECT s.performed_at FROM sessions_app_session s WHERE s.clinic_id = w.clinic_id
    ORDER BY s.performed_at LIMIT 1)) FROM want w
"""
Row = tuple[Any, ...]
NEVER = date(1800, 1, 1)


def tallies(
    clinics: Iterable[Clinic],
    since: date | None,
    *,
    by: str = "",
    arm_ids: Sequence[uuid.UUID] = (),
    stored: bool = True,
) -> list[Row]:
    """Rows of (by…, sums of `Tally` in their order), from a Monday on or of all time.

    Without ``by`` they come by arm and again by clinic, in rows of (clinic or None, arm or None,
    scale, n, …), from one reading. Without arms named it is every arm.
    """
    day = since or ALL_TIME
    wanted = [(as_key(one.pk), opens(day, one.zone)) for one in clinics]
    if not wanted:
        return []
    want, values = table(wanted)
    only, last = _of_arms(arm_ids)
    ways = {by: by} if by else _EITHER
    asked = "UNION ALL".join(
        _BY.format(told=told, by=group, only=only) for group, told in ways.items()
    )
    own, each = spelling.patient_sums(), spelling.patient_sums(joined=False)
    sql = _TALLIES.format(want=want, sums=own, sums_of_all=each, asked=asked)
    days = [_made(day, stored), as_day(day), as_day(day)]
    return _ask(sql, [*values, *days, *last * len(ways)])


class Kind(NamedTuple):
    """A table of weeks: its grain, its sums, and the same from raw rows."""

    table: str
    grain: str
    sums: tuple[str, ...]
    counted: str


class Wanted(NamedTuple):
    """Which weeks of which clinics, of which arms (none is every arm), and told apart by what."""

    clinics: Iterable[Clinic]
    first: date
    last: date
    by: str = ""
    arm_ids: Sequence[uuid.UUID] = ()


def weeks_of_scores(wanted: Wanted, *, stored: bool = True) -> list[Row]:
    """Rows of (week, arm, scale, reasons, late, or ``by``; sessions, n, Σ rise, Σ rise²)."""
    grain = "week, arm_id, scale, before_missing, after_missing, late"
    sums = ("sessions", "n", "rise", "squares")
    raw = _SCORES_RAW.format(late=spelling.late())
    return _weeks(wanted, Kind("sessions_app_weekofscores", grain, sums, raw), stored=stored)


def weeks_of_sessions(wanted: Wanted, *, stored: bool = True) -> list[Row]:
    """Rows of (week, arm, status, reason, or ``by``; sessions, counted, minutes, flagged)."""
    grain = "week, arm_id, status, not_given_reason"
    sums = ("sessions", "counted", "minutes", "flagged")
    kind = Kind("sessions_app_weekofsessions", grain, sums, _SESSIONS_RAW)
    return _weeks(wanted, kind, stored=stored)


def weeks_of_plans(wanted: Wanted, *, stored: bool = True) -> list[Row]:
    """Rows of (week, or ``by``; given, not given, not given by each reason)."""
    in_arms = bool(wanted.arm_ids or wanted.by)
    name, grain = ("weekofplansinarm", "week, arm_id") if in_arms else ("weekofplans", "week")
    raw = _PLANS_RAW.format(grain=grain)
    kind = Kind(f"sessions_app_{name}", grain, spelling.PLAN_COLUMNS, raw)
    return _weeks(wanted._replace(by=wanted.by or "week"), kind, stored=stored)


def first_session(clinics: Iterable[Clinic]) -> Any:
    """Return the instant of the clinics' first session as the engine tells it, or None."""
    keys = [(as_key(one.pk),) for one in clinics]
    if not keys:
        return None
    want, values = table(keys)
    [(found,)] = _ask(_FIRST.format(want=want), values)
    return found


def _weeks(wanted: Wanted, kind: Kind, *, stored: bool) -> list[Row]:
    there, first, last = list(wanted.clinics), wanted.first, wanted.last
    if not there or last < first:
        return []
    want, values = table([(as_key(one.pk), one.time_zone) for one in there])
    calendar, days = table(
        [
            (zone.key, as_day(week), opens(week, zone), opens(week + WEEK, zone))
            for zone in {one.time_zone: one.zone for one in there}.values()
            for week in mondays(first, last)
        ]
    )
    sums, totals = ", ".join(kind.sums), ", ".join(f"sum({one})" for one in kind.sums)
    only, arms = _of_arms(wanted.arm_ids)
    sql = _WEEKS.format(
        want=want, calendar=calendar, grain=kind.grain, by=wanted.by or kind.grain, sums=sums,
        counted=kind.counted, table=kind.table, totals=totals, only=only,
    )  # fmt: skip
    made = _made(ALL_TIME, stored)
    return _ask(sql, [*values, *days, made, as_day(first), as_day(last), *arms])


def _of_arms(arm_ids: Sequence[uuid.UUID]) -> tuple[str, list[Any]]:
    """Return the condition of the arms with its values; nothing for every arm."""
    if not arm_ids:
        return "", []
    return f"WHERE arm_id IN ({', '.join(['%s'] * len(arm_ids))})", [as_key(a) for a in arm_ids]


def _made(day: date, stored: bool) -> Any:
    """Return the window that must have been made; nobody makes the one of a raw reading."""
    return as_day(day if stored else NEVER)


def _ask(sql: str, values: list[Any]) -> list[Row]:
    with keeping_cursor(connections[DEFAULT_DB_ALIAS]) as cursor:
        cursor.execute(sql, values)
        found: list[Row] = cursor.fetchall()
    return found
