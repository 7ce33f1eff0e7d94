"""The folder: takes what was written since into the stored sums.

One snapshot sees the marks and the rows they speak of: at REPEATABLE READ what is written
meanwhile is in neither, and its mark stays for the next turn. At READ COMMITTED a mark would be
taken away whose rows were never read (a test shows that it goes wrong). One folds at a time.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection, transaction

from sessions_app.clinics.models import Clinic
from sessions_app.rollups import spelling
from sessions_app.rollups.windows import (
    ALL_TIME,
    WEEK,
    as_day,
    as_key,
    mondays,
    opens,
    table,
    window_of,
)
from sessions_app.sessions.unfolded_model import monday_of

_LOCK = 0x5711_0016
_TOTALS = f"""
INSERT INTO sessions_app_patienttotal
    (clinic_id, since, patient_id, arm_id, scale, {spelling.PATIENT_COLUMNS})
SELECT c.clinic_id, {{since}}, c.patient_id, c.arm_id, c.scale, {{sums}}
FROM {{source}} WHERE c.clinic_id = %s AND c.counted AND {spelling.SCALES} AND c.performed_at >= %s
GROUP BY c.clinic_id, c.patient_id, c.arm_id, c.scale
"""
_TOUCHED = "SELECT DISTINCT u.patient_id FROM sessions_app_unfolded u WHERE u.clinic_id = %s"
_OF_ALL = f"sessions_app_score c {spelling.TO_SESSION}"
_OF_TOUCHED = f"sessions_app_session s {spelling.SCORES_BESIDE}"
_TALLIES = f"""
INSERT INTO sessions_app_tally
    (clinic_id, since, arm_id, scale, n, {spelling.TALLY_COLUMNS})
SELECT clinic_id, since, arm_id, scale, {spelling.ALIKE}, {spelling.TALLY_SUMS}
FROM sessions_app_patienttotal WHERE clinic_id = %s AND since = %s GROUP BY 1, 2, 3, 4, 5
"""
_WEEKS_OF_SCORES = f"""
WITH w(week, opens, closes) AS ({{weeks}})
INSERT INTO sessions_app_weekofscores (clinic_id, week, arm_id, scale, before_missing,
    after_missing, late, sessions, n, rise, squares)
SELECT c.clinic_id, w.week, c.arm_id, c.scale, c.before_missing, c.after_missing, {{late}},
    {spelling.SCORE_SUMS}
FROM w JOIN sessions_app_score c ON c.performed_at >= w.opens AND c.performed_at < w.closes
{spelling.TO_SESSION}
WHERE c.clinic_id = %s AND c.counted AND {spelling.SCALES} GROUP BY 1, 2, 3, 4, 5, 6, 7
"""
_WEEKS_OF_SESSIONS = f"""
WITH w(week, opens, closes) AS ({{weeks}})
INSERT INTO sessions_app_weekofsessions (clinic_id, week, arm_id, status, not_given_reason,
    sessions, counted, minutes, flagged)
SELECT s.clinic_id, w.week, s.arm_id, s.status, s.not_given_reason, {spelling.SESSION_SUMS}
FROM w JOIN sessions_app_session s ON s.performed_at >= w.opens AND s.performed_at < w.closes
WHERE s.clinic_id = %s GROUP BY 1, 2, 3, 4, 5
"""
_WEEKS_OF_PLANS = f"""
INSERT INTO sessions_app_{{name}} ({{grain}}, {", ".join(spelling.PLAN_COLUMNS)})
SELECT {{grain}}, {spelling.plan_sums("sessions")} FROM sessions_app_weekofsessions
WHERE clinic_id = %s AND week IN ({{marks}}) GROUP BY {{grain}}
"""
_PLANS = {"weekofplans": "clinic_id, week", "weekofplansinarm": "clinic_id, arm_id, week"}
_OF_WINDOWS = ("foldedwindow", "patienttotal", "tally")
_OF_WEEKS = ("weekofscores", "weekofsessions", *_PLANS)


def fold(now: datetime) -> bool:
    """Take in all that is marked; say no where somebody else folds just now.

    In a caller's transaction its isolation is the caller's affair.
    """
    with _alone() as mine:
        if mine:
            with transaction.atomic():
                if connection.vendor == "postgresql" and len(connection.savepoint_ids) == 0:
                    _run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
                take_in(now)
                forget()
    return mine


def take_in(now: datetime) -> None:
    """Make anew the sums that marks speak of, and windows that were never made."""
    ready = set(_run("SELECT clinic_id, since FROM sessions_app_foldedwindow"))
    weeks: dict[Any, list[date]] = {}
    for clinic_key, week in _run("SELECT DISTINCT clinic_id, week FROM sessions_app_unfolded"):
        weeks.setdefault(clinic_key, []).append(_day(week))
    ready = {(clinic_key, _day(since)) for clinic_key, since in ready}
    for clinic in Clinic.objects.order_by("pk"):
        key = as_key(clinic.pk)
        window = window_of(now, clinic.zone)
        _drop_other_windows(key, window)
        for since in (ALL_TIME, window):
            if (key, since) not in ready:
                _make_window(clinic, since)
            elif key in weeks:
                _mend_window(clinic, since)
        whole = (key, ALL_TIME) not in ready
        wanted = _all_weeks(clinic) if whole else sorted(weeks.get(key, ()))
        _make_weeks(clinic, wanted)


def forget() -> None:
    """Take away the marks that this snapshot sees, and no others."""
    _run("DELETE FROM sessions_app_unfolded")


def start_anew(clinic_id: uuid.UUID) -> None:
    """Drop all sums of a clinic, whose weeks begin at other instants from now on.

    In the caller's transaction, which changes the zone. Until the next fold the clinic is read
    from its rows. A folder at work has read the old zone, so it is waited for; the next one comes
    after the caller has committed.
    """
    if connection.vendor == "postgresql":
        _run("SELECT pg_advisory_xact_lock(%s)", _LOCK)
    for name in (*_OF_WINDOWS, *_OF_WEEKS):
        _run(f"DELETE FROM sessions_app_{name} WHERE clinic_id = %s", as_key(clinic_id))


def _drop_other_windows(key: Any, window: date) -> None:
    for name in _OF_WINDOWS:
        _run(
            f"DELETE FROM sessions_app_{name} WHERE clinic_id = %s AND since NOT IN (%s, %s)",
            key,
            as_day(ALL_TIME),
            as_day(window),
        )


def _make_window(clinic: Clinic, since: date) -> None:
    key, day = as_key(clinic.pk), as_day(since)
    sql = _TOTALS.format(since=_since(), source=_OF_ALL, sums=spelling.patient_sums())
    _run(sql, day, key, opens(since, clinic.zone))
    _run(_TALLIES, key, day)
    _run("INSERT INTO sessions_app_foldedwindow (clinic_id, since) VALUES (%s, %s)", key, day)


def _mend_window(clinic: Clinic, since: date) -> None:
    key, day = as_key(clinic.pk), as_day(since)
    where = f"WHERE clinic_id = %s AND since = %s AND patient_id IN ({_TOUCHED})"
    _run(f"DELETE FROM sessions_app_patienttotal {where}", key, day, key)
    sql = _TOTALS.format(since=_since(), source=_OF_TOUCHED, sums=spelling.patient_sums())
    limits = f"s.clinic_id = %s AND s.patient_id IN ({_TOUCHED}) AND c.clinic_id = %s"
    sql = sql.replace("c.clinic_id = %s", limits, 1)
    _run(sql, day, key, key, key, opens(since, clinic.zone))
    _run("DELETE FROM sessions_app_tally WHERE clinic_id = %s AND since = %s", key, day)
    _run(_TALLIES, key, day)


def _make_weeks(clinic: Clinic, weeks: list[date]) -> None:
    if not weeks:
        return
    key = as_key(clinic.pk)
    zone = clinic.zone
    rows = [(as_day(one), opens(one, zone), opens(one + WEEK, zone)) for one in weeks]
    values, said = table(rows)
    marks = ", ".join(["%s"] * len(rows))
    days = [row[0] for row in rows]
    for name in _OF_WEEKS:
        where = f"WHERE clinic_id = %s AND week IN ({marks})"
        _run(f"DELETE FROM sessions_app_{name} {where}", key, *days)
    for spelled in (_WEEKS_OF_SCORES, _WEEKS_OF_SESSIONS):
        _run(spelled.format(weeks=values, late=spelling.late()), *said, key)
    for name, grain in _PLANS.items():
        _run(_WEEKS_OF_PLANS.format(name=name, grain=grain, marks=marks), key, *days)


def _all_weeks(clinic: Clinic) -> list[date]:
    span = "SELECT min(performed_at), max(performed_at) FROM sessions_app_session"
    [(first, last)] = _run(f"{span} WHERE clinic_id = %s", as_key(clinic.pk))
    if first is None:
        return []
    bounds = (monday_of(_moment(one), clinic.zone) for one in (first, last))
    return list(mondays(*bounds))


def _since() -> str:
    return "CAST(%s AS date)" if connection.vendor == "postgresql" else "%s"


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


def _moment(value: Any) -> datetime:
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _run(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else []


@contextmanager
def _alone() -> Iterator[bool]:
    """Hold the folder's place, before any snapshot is taken; SQLite has one writer anyway."""
    if connection.vendor != "postgresql":
        yield True
        return
    [(mine,)] = _run("SELECT pg_try_advisory_lock(%s)", _LOCK)
    try:
        yield mine
    finally:
        if mine:
            _run("SELECT pg_advisory_unlock(%s)", _LOCK)
