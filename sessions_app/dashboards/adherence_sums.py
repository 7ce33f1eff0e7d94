"""How given sessions stand to their protocol, and what dose each course had: sums made in SQL.

The labels are those of `outcomes.labels`: what was outside the arm is stored with the session, the
others follow from the times of all sessions of its course, also before the days asked about.
"""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import connection

from sessions_app.dashboards.calendar_sql import day_after, instant, midnights
from sessions_app.dashboards.rows.courses import labels
from sessions_app.dashboards.rows.reading import Counted, in_rows
from sessions_app.dashboards.scope import Scope
from sessions_app.dashboards.statement import (
    Piece,
    Rows,
    all_days,
    as_uuid,
    ask,
    hours_after,
    in_scope,
    indexed_by,
    marks,
    sessions_of,
    ward_of,
    where,
)
from sessions_app.outcomes.labels import OUTSIDE, Label
from sessions_app.protocols import registry


@dataclass(frozen=True)
class Dose:
    """Courses with the same number of given sessions, how many still run, and their minutes."""

    courses: int
    minutes: int
    running: int


@dataclass
class ArmAdherence:
    """One arm: its given sessions by label, and the courses that began in the days asked about.

    `enrolled` are the patients of these courses, `patients` those of them with a given session.
    """

    given: int = 0
    labels: dict[Label, int] = field(default_factory=dict)
    doses: dict[int, Dose] = field(default_factory=dict)
    enrolled: int = 0
    patients: int = 0

    @property
    def courses(self) -> int:
        """How many courses began."""
        return sum(dose.courses for dose in self.doses.values())


def adherence_sums(scope: Scope, arms: Sequence[uuid.UUID]) -> dict[uuid.UUID, ArmAdherence]:
    """Return the sums of each arm in one statement; ``arms`` are all that sessions may be of."""
    found: dict[uuid.UUID, ArmAdherence] = {}
    for kind, arm_id, *told in _rows(scope, arms):
        arm = found.setdefault(as_uuid(arm_id), ArmAdherence())
        numbers = [int(one) for one in told]
        if kind == "labels":
            arm.given, counts = numbers[0], numbers[1 : len(Label) + 1]
            arm.labels = dict(zip(Label, counts, strict=True))
        elif kind == "dose":
            arm.doses[numbers[0]] = Dose(*numbers[1:4])
        else:
            arm.enrolled, arm.patients = numbers[:2]
    return found


def with_label(scope: Scope, arms: Sequence[uuid.UUID], label: Label) -> Piece:
    """Return a SELECT of the ids of a scope's given sessions that have a label."""
    return labelled(scope, arms) + "SELECT id FROM labelled WHERE" + f"{label.value} = 1"  # noqa: S608 - of this module's own words


def _rows(scope: Scope, arms: Sequence[uuid.UUID]) -> Rows:
    if not in_rows():
        return ask(_statement(scope, arms))
    doses = Piece("WITH") + all_days(scope) + "," + _begun(scope) + _DOSES_SUMMED
    return [*ask(Counted(labels, scope)), *ask(doses)]


def _statement(scope: Scope, arms: Sequence[uuid.UUID]) -> Piece:
    counts = ", ".join(["count(*)", *(f"sum({label.value})" for label in Label)])
    return (
        labelled(scope, arms)
        + ","
        + _begun(scope)
        + "SELECT 'labels', arm_id,"
        + counts
        + "FROM labelled GROUP BY arm_id"
        + "UNION ALL"
        + _DOSES_SUMMED
    )


def labelled(scope: Scope, arms: Sequence[uuid.UUID]) -> Piece:
    """Return WITH … labelled: each given session of the scope, a column of 0 or 1 for a label."""
    return (
        Piece("WITH")  # noqa: S608 - of this module's own words
        + all_days(scope)
        + ","
        + midnights(scope)
        + ","
        + _rules(arms)
        + ", courses AS (SELECT DISTINCT s.clinic_id, s.enrolment_id"
        + sessions_of(scope)
        + "AND s.status = 'given'),"
        + _bounds()
        + _held(scope)
        + f", labelled AS (SELECT id, arm_id, {_columns()} FROM timed)"  # noqa: S608 - of this module's own words
    )


def _rules(arms: Iterable[uuid.UUID]) -> Piece:
    """Return `rules`: the limits of each arm's protocol, none where it sets none."""
    whole = ("CAST(%s AS integer)",) * 5 if connection.vendor == "postgresql" else ("%s",) * 5
    first = "CAST(%s AS uuid)" if connection.vendor == "postgresql" else "%s"
    values: list[object] = []
    for arm_id in arms or (uuid.UUID(int=0),):
        plan = registry.course(arm_id).protocol.schedule if arms else None
        limits = ("max_sessions", "window_days", "gap_hours", "minutes_low", "minutes_high")
        values += [arm_id, *(getattr(plan, name, None) for name in limits)]
    row = f"({', '.join((first, *whole))})"
    rows = ", ".join([row] * (len(values) // 6))
    names = "arm_id, max_sessions, window_days, gap_hours, minutes_low, minutes_high"
    return Piece(f"rules ({names}) AS (VALUES {rows})", tuple(values))


def _bounds() -> str:
    """Set each course beside its arm's limits: when its window begins and ends, and its gap.

    They are reckoned once for a course, not for each of its sessions.
    """
    ends_on = day_after("e.starts_on", "r.window_days")
    once = "AS MATERIALIZED" if connection.vendor == "postgresql" else "AS"
    return f"""
    bounds {once} (
        SELECT k.clinic_id, k.enrolment_id, e.arm_id, r.max_sessions, r.gap_hours, r.minutes_low,
            r.minutes_high, {instant("e.starts_on", "a.seconds")} AS opens,
            {instant(ends_on, "z.seconds")} AS closes
        FROM courses k CROSS JOIN sessions_app_enrolment e CROSS JOIN rules r
        CROSS JOIN midnights a LEFT JOIN midnights z ON z.clinic_id = e.clinic_id
            AND {ends_on} >= z.first_day AND {ends_on} <= z.last_day
        WHERE e.clinic_id = k.clinic_id AND e.id = k.enrolment_id AND r.arm_id = e.arm_id
            AND a.clinic_id = e.clinic_id
            AND e.starts_on >= a.first_day AND e.starts_on <= a.last_day
    ),
    """  # noqa: S608 - of this module's own words


def _held(scope: Scope) -> Piece:
    """Number all sessions of the courses, each with the one before, and keep those asked about.

    `asked` says which they are; the others only stand before them.
    """
    early = f"performed_at < opens OR performed_at < {hours_after('prior_at', 'gap_hours')}"
    return (
        Piece("held AS (SELECT CASE WHEN s.status = 'given' AND")  # noqa: S608 - of this module's own words
        + in_scope(scope)
        + _NUMBERED
        + _of_courses(ward_of(scope, "s").sql)
        + f"timed AS (SELECT held.*, CASE WHEN {early} THEN 1 ELSE 0 END AS is_early,"
        + "CASE WHEN performed_at >= closes THEN 1 ELSE 0 END AS is_late FROM held WHERE asked = 1)"
    )


_NUMBERED = """
    THEN 1 ELSE 0 END AS asked, s.id, b.arm_id, b.max_sessions, b.gap_hours, b.minutes_low,
        b.minutes_high, b.opens, b.closes, s.performed_at, s.minutes, s.counted, s.outside,
        row_number() OVER course AS number, lag(s.performed_at) OVER course AS prior_at
"""


def _of_courses(patients: str) -> str:
    given = where("s.status IN ('given', 'in_progress')", "b.clinic_id")
    return f"""
    FROM bounds b CROSS JOIN weeks w CROSS JOIN sessions_app_session s
        {indexed_by("session_of_course")} {patients}
    WHERE w.clinic_id = b.clinic_id AND s.clinic_id = b.clinic_id
        AND s.enrolment_id = b.enrolment_id AND {given}
    WINDOW course AS (PARTITION BY s.enrolment_id ORDER BY s.performed_at, s.id)
),
"""


def _columns() -> str:
    """Return one column for each label, in their order."""
    said = {
        Label.IN_WINDOW: "is_early + is_late = 0",
        Label.EARLY: "is_early = 1",
        Label.LATE: "is_late = 1",
        Label.SHORT: "minutes < minutes_low",
        Label.LONG: "minutes > minutes_high",
        Label.BEYOND_NUMBER: "number > max_sessions",
        Label.ROLE_OUTSIDE: "NOT counted",
        # A mark of the driver is doubled. Hardly ever is anything said there.
        **{label: f"outside <> '' AND outside LIKE '%%{label.value}%%'" for label in OUTSIDE},
    }
    return ", ".join(f"CASE WHEN {said[one]} THEN 1 ELSE 0 END AS {one.value}" for one in Label)


def _begun(scope: Scope) -> Piece:
    """Return `doses`: each course that began in these days, with all sessions given in it since."""
    begun = Piece(
        "begun AS (SELECT e.clinic_id, e.id, e.patient_id, e.arm_id, e.ended_on"
        " FROM weeks w JOIN sessions_app_enrolment e ON e.clinic_id = w.clinic_id"
        " AND e.starts_on >= %s AND e.starts_on <= %s",
        (scope.first, scope.last),
    )
    if scope.ward:
        begun += Piece(
            "JOIN sessions_app_patient p ON p.clinic_id = e.clinic_id AND p.id = e.patient_id"
            " AND p.ward = %s",
            (scope.ward,),
        )
    if scope.courses:
        begun += Piece("WHERE e.arm_id IN") + marks(one.arm_id for one in scope.courses)
    elif scope.protocol or scope.arm:
        begun += "WHERE 1 = 0"
    return begun + _DOSES.format(given=where("s.status = 'given'", "b.clinic_id"))


_DOSES = """
), doses AS (
    SELECT b.arm_id, b.patient_id, b.id, count(s.id) AS n, coalesce(sum(s.minutes), 0) AS minutes,
        CASE WHEN b.ended_on IS NULL THEN 1 ELSE 0 END AS running
    FROM begun b LEFT JOIN sessions_app_session s
        ON s.clinic_id = b.clinic_id AND s.enrolment_id = b.id AND {given}
    GROUP BY b.arm_id, b.patient_id, b.id, b.ended_on
)
"""
_NONE = ", 0" * (len(Label) - 3)
_DOSES_SUMMED = f"""
SELECT 'dose', arm_id, n, count(*), sum(minutes), sum(running){_NONE}
FROM doses GROUP BY arm_id, n
UNION ALL SELECT 'people', arm_id, count(DISTINCT patient_id),
    count(DISTINCT CASE WHEN n > 0 THEN patient_id END), 0, 0{_NONE}
FROM doses GROUP BY arm_id
"""  # noqa: S608 - of this module's own words
