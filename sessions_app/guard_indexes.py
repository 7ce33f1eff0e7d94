"""What Django's INCLUDE says of covering indexes, as plain columns, for SQLite.

A partial index, and one of more keys, takes the place of Django's own of that name.
"""

_COUNTS = (
    "(clinic_id, performed_at, patient_id, arm_id, given_by_id, counted, status, not_given_reason,"
    " minutes, recorded_at, limit_broken, enrolment_id, outside, id)"
)
_COURSES = "(clinic_id, enrolment_id, performed_at, id, status, counted, minutes, outside)"
_CHANGES = (
    "(clinic_id, performed_at, scale, arm_id, patient_id, given_by_id, session_id,"
    ' "before", "after", before_missing, after_missing, before_by, after_by, counted) WHERE counted'
)
_KEYS = ("arm_id", "counted")
COVERING = (
    ("session_by_time_covering", "sessions_app_session", _COUNTS, (*_KEYS, "outside")),
    ("session_of_course", "sessions_app_session", _COURSES, (*_KEYS, "outside")),
    ("score_counted_by_time", "sessions_app_score", _CHANGES, _KEYS),
)
"""Name, table, columns, and those of them that came later than the table."""
