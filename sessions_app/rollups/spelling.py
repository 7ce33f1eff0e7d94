"""The sums in SQL, spelled once: what the folder stores is what a reader makes of raw rows."""

from django.db import connection

from sessions_app.outcomes.responders import LEAST_BEFORE, Threshold
from sessions_app.vocabulary.reasons import NotGivenReason
from sessions_app.vocabulary.records import SessionStatus
from sessions_app.vocabulary.scales import Scale

WHOLE = 360_360
"""Whatever divides it, as all numbers up to fifteen do, has shares that are whole parts of it."""

_BOTH = 'c."before" IS NOT NULL AND c."after" IS NOT NULL'
_OPEN = 'c."before" IS NOT NULL AND c."after" IS NULL'
_RISE = 'c."after" - c."before"'
BEGAN_HIGH = f"scale = '{Scale.PAIN}' AND \"before\" >= {LEAST_BEFORE}"
"""Of a pair of scores: it is of pain, and began high enough to be clearly less afterwards."""
FELL = {
    Threshold.THIRTY_PERCENT: '10 * ("before" - "after") >= 3 * "before"',
    Threshold.TWO_POINTS: '"before" - "after" >= 2',
}
"""Of a pair that began high: it reached the threshold, as `responders.responds` says."""
_HIGH = f"{_BOTH} AND {BEGAN_HIGH}"
_LATE = {
    "postgresql": "s.recorded_at > c.performed_at + interval '24 hours'",
    "sqlite": "django_timestamp_diff(s.recorded_at, c.performed_at) > 86400000000",
}

_PATIENT_SUMS = f"""
    sum(CASE WHEN {_BOTH} THEN 1 ELSE 0 END) AS n,
    sum(CASE WHEN {_BOTH} THEN {_RISE} ELSE 0 END) AS rise,
    sum(CASE WHEN {_BOTH} THEN ({_RISE}) * ({_RISE}) ELSE 0 END) AS squares,
    sum(CASE WHEN {_BOTH} THEN c."before" ELSE 0 END) AS befores,
    sum(CASE WHEN {_OPEN} THEN 1 ELSE 0 END) AS without_after,
    sum(CASE WHEN {_OPEN} THEN c."before" ELSE 0 END) AS their_befores,
    sum(CASE WHEN {_HIGH} THEN 1 ELSE 0 END) AS high,
    sum(CASE WHEN {_HIGH} AND {FELL[Threshold.THIRTY_PERCENT]} THEN 1 ELSE 0 END) AS by_percent,
    sum(CASE WHEN {_HIGH} AND {FELL[Threshold.TWO_POINTS]} THEN 1 ELSE 0 END) AS by_points,
    count(*) AS sessions, sum(CASE WHEN {{late}} THEN 1 ELSE 0 END) AS late
"""
PATIENT_COLUMNS = (
    "n, rise, squares, befores, without_after, their_befores, high, by_percent, by_points,"
    " sessions, late"
)
_SHARE = f"CASE WHEN n = 0 THEN 0 WHEN {WHOLE} / n * n = {WHOLE} THEN {WHOLE} / n ELSE 1 END"
ALIKE = f"CASE WHEN n = 0 THEN 0 WHEN {WHOLE} / n * n = {WHOLE} THEN 0 ELSE n END"
"""Which patients stand together in a tally: all whose n divides the whole, others by their n."""
_OF_PATIENT = {
    "patients": "CASE WHEN n > 0 THEN 1 ELSE 0 END",
    "complete": "n",
    "n_squares": "CAST(n AS bigint) * n",
    "rise": "rise",
    "n_rises": "CAST(n AS bigint) * rise",
    "rise_squares": "CAST(rise AS bigint) * rise",
    "means": f"CAST(rise AS bigint) * {_SHARE}",
    "mean_squares": f"CAST(rise AS bigint) * {_SHARE} * rise * {_SHARE}",
    "mean_befores": f"CAST(befores AS bigint) * {_SHARE}",
    "high_patients": "CASE WHEN high > 0 THEN 1 ELSE 0 END",
    "high": "high",
    "high_squares": "CAST(high AS bigint) * high",
    "by_percent": "by_percent",
    "high_by_percent": "CAST(high AS bigint) * by_percent",
    "by_percent_squares": "CAST(by_percent AS bigint) * by_percent",
    "by_points": "by_points",
    "high_by_points": "CAST(high AS bigint) * by_points",
    "by_points_squares": "CAST(by_points AS bigint) * by_points",
    "sessions": "sessions",
    "late": "late",
}
"""What one patient's total adds to its tally."""
TALLY_COLUMNS = ", ".join(_OF_PATIENT)
TALLY_SUMS = ", ".join(f"sum({one})" for one in _OF_PATIENT.values())
TALLY_TOTALS = ", ".join(f"sum({name})" for name in _OF_PATIENT)
WITH_PATIENT = ", ".join(_OF_PATIENT.values())
WITHOUT_PATIENT = ", ".join(f"-({one})" for one in _OF_PATIENT.values())
SCORE_SUMS = f"""
    CAST(count(*) AS integer) AS sessions,
    CAST(sum(CASE WHEN {_BOTH} THEN 1 ELSE 0 END) AS integer) AS n,
    CAST(sum(CASE WHEN {_BOTH} THEN {_RISE} ELSE 0 END) AS integer) AS rise,
    CAST(sum(CASE WHEN {_BOTH} THEN ({_RISE}) * ({_RISE}) ELSE 0 END) AS integer) AS squares
"""
"""Of a clinic's week: as wide as they are stored, lest PostgreSQL add them up digit by digit."""
SESSION_SUMS = """
    CAST(count(*) AS integer) AS sessions,
    CAST(sum(CASE WHEN s.counted THEN 1 ELSE 0 END) AS integer) AS counted,
    CAST(sum(coalesce(s.minutes, 0)) AS integer) AS minutes,
    CAST(sum(CASE WHEN s.limit_broken THEN 1 ELSE 0 END) AS integer) AS flagged
"""
_GIVEN = f"status = '{SessionStatus.GIVEN}'"
_NOT_GIVEN = f"status = '{SessionStatus.NOT_GIVEN}'"
_PLANS = {
    "given": _GIVEN,
    "not_given": _NOT_GIVEN,
    **{one: f"{_NOT_GIVEN} AND not_given_reason = '{one}'" for one in NotGivenReason.codes()},
}
PLAN_COLUMNS = tuple(_PLANS)

SCALES = "c.scale IN ('pain', 'mood')"
SCORES_BESIDE = """
    JOIN sessions_app_score c ON c.clinic_id = s.clinic_id AND c.session_id = s.id
"""
_ON_ITS_ID = "s.clinic_id = c.clinic_id AND s.id = c.session_id"
TO_SESSION = f"JOIN sessions_app_session s ON {_ON_ITS_ID}"
_ITS_SESSION = f"sessions_app_session s WHERE {_ON_ITS_ID}"


def patient_sums(*, joined: bool = True) -> str:
    """Return the sums of a patient's scores, with those written down late.

    Without the session joined it is looked up: where no row is to be read after all, PostgreSQL
    would still have made room for a join of them all.
    """
    said = late() if joined else f"(SELECT {late()} FROM {_ITS_SESSION})"
    return _PATIENT_SUMS.format(late=said)


def plan_sums(each: str) -> str:
    """Return what became of planned sessions; a row stands for ``each`` of them."""
    counted = (f"sum(CASE WHEN {what} THEN {each} ELSE 0 END)" for what in _PLANS.values())
    return ", ".join(f"CAST({one} AS integer)" for one in counted)


def late() -> str:
    """Say in the engine's words that a session was written down more than a day later."""
    return _LATE[connection.vendor]
