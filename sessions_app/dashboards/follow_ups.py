"""SQL of what was measured after the sessions of a scope."""

from sessions_app.dashboards.calendar_sql import instant, midnights, whole_weeks
from sessions_app.dashboards.scope import Scope
from sessions_app.dashboards.statement import Piece, all_days, sessions_of, where
from sessions_app.vocabulary.timepoints import TimePoint

LATER = (TimePoint.SOON_AFTER, TimePoint.NEXT_DAY)
"""Compared with the change right after the same sessions; a weekly measure stands by itself."""


def follow_ups(scope: Scope) -> Piece:
    """Return `followed`: what was measured later of the counted sessions of the scope."""
    counted = where("s.counted", "w.clinic_id")
    its = "JOIN sessions_app_followupscore f ON f.clinic_id = s.clinic_id AND f.session_id = s.id"
    return (
        Piece(
            "followed AS (SELECT s.clinic_id, s.enrolment_id, s.patient_id, f.session_id, f.scale,"
            " f.time_point, f.value, f.measured_at"
        )
        + sessions_of(scope, its)
        + f"AND {counted} AND f.value IS NOT NULL)"
    )


_OF_COURSES = """
    FROM followed f CROSS JOIN sessions_app_enrolment e CROSS JOIN midnights m
    WHERE e.clinic_id = f.clinic_id AND e.id = f.enrolment_id AND m.clinic_id = e.clinic_id
        AND e.starts_on >= m.first_day AND e.starts_on <= m.last_day
"""


def weekly() -> str:
    """Sum weekly measures by the week of the course; what was measured before it is left out."""
    begun, week = _week()
    return f"""
    SELECT 'weekly', f.scale, '', CAST(NULL AS uuid), {week}, count(DISTINCT f.patient_id),
        count(*), sum(f.value), 0, 0, 0, 0
    {_OF_COURSES} AND f.time_point = 'weekly' AND f.measured_at >= {begun}
    GROUP BY f.scale, {week}
    """


def measured(scope: Scope) -> Piece:
    """Ask for each of them: session, scale, time point, value, patient, week of a weekly one.

    What was measured before the course has no week.
    """
    begun, week = _week()
    of_course = f"CASE WHEN f.time_point = 'weekly' AND f.measured_at >= {begun} THEN {week} END"
    return (
        Piece("WITH")
        + all_days(scope)
        + ","
        + midnights(scope)
        + ","
        + follow_ups(scope)
        + f"SELECT f.session_id, f.scale, f.time_point, f.value, f.patient_id, {of_course}"
        + _OF_COURSES
    )


def _week() -> tuple[str, str]:
    """Return when a course began, and the week of it in which something was measured."""
    begun = instant("e.starts_on", "m.seconds")
    return begun, f"{whole_weeks(begun, 'f.measured_at')} + 1"
