"""The sums in SQL, spelled once: what the folder stores is what a reader makes of raw rows."""

from django.db import connection

_BOTH = 'c."before" IS NOT NULL AND c."after" IS NOT NULL'
_OPEN = 'c."before" IS NOT NULL AND c."after" IS NULL'
_RISE = 'c."after" - c."before"'
_LATE = {
    "postgresql": "s.recorded_at > c.performed_at + interval '24 hours'",
    "sqlite": "django_timestamp_diff(s.recorded_at, c.performed_at) > 86400000000",
}

PATIENT_SUMS = f"""
    sum(CASE WHEN {_BOTH} THEN 1 ELSE 0 END) AS n,
    sum(CASE WHEN {_BOTH} THEN {_RISE} ELSE 0 END) AS rise,
    sum(CASE WHEN {_BOTH} THEN ({_RISE}) * ({_RISE}) ELSE 0 END) AS squares,
    sum(CASE WHEN {_BOTH} THEN c."before" ELSE 0 END) AS befores,
    sum(CASE WHEN {_OPEN} THEN 1 ELSE 0 END) AS without_after,
    sum(CASE WHEN {_OPEN} THEN c."before" ELSE 0 END) AS their_befores
"""
PATIENT_COLUMNS = "n, rise, squares, befores, without_after, their_befores"
TALLY_SUMS = """
    count(*) AS patients, sum(rise) AS rise, sum(CAST(rise AS bigint) * rise) AS rise_squares,
    sum(befores) AS befores
"""
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

SCALES = "c.scale IN ('pain', 'mood')"
SCORES_BESIDE = """
    JOIN sessions_app_score c ON c.clinic_id = s.clinic_id AND c.session_id = s.id
"""
TO_SESSION = "JOIN sessions_app_session s ON s.clinic_id = c.clinic_id AND s.id = c.session_id"


def late() -> str:
    """Say in the engine's words that a session was written down more than a day later."""
    return _LATE[connection.vendor]
