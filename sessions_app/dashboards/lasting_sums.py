"""From rows to sums of what is left later: one statement, integer sums made in SQL.

The number of a session counts all that were given, or are being given, in its course: also those
before the days asked about. The next session may lie after them.
"""

import uuid
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sessions_app.dashboards.calendar_sql import midnights
from sessions_app.dashboards.change_sums import BOTH
from sessions_app.dashboards.follow_ups import LATER, follow_ups, measured, weekly
from sessions_app.dashboards.rows.lasting import lasting
from sessions_app.dashboards.rows.reading import Counted, in_rows
from sessions_app.dashboards.scope import Scope
from sessions_app.dashboards.statement import (
    Piece,
    Rows,
    all_days,
    as_uuid,
    ask,
    hours_after,
    indexed_by,
    joined,
    marks,
    scores_of,
    sessions_of,
    where,
)
from sessions_app.outcomes.durability import LONGEST_GAP, LastingSums, NumberSums
from sessions_app.outcomes.summary import Moments
from sessions_app.vocabulary.scales import RATED, Scale
from sessions_app.vocabulary.timepoints import TimePoint

Arm = uuid.UUID


@dataclass
class ScaleLasting:
    """One scale: its scores before by number, what is left at the next visit, and later ones.

    `pairs` counts sessions with both scores by arm; `measured` those with a later score as well.
    """

    numbers: dict[int, NumberSums] = field(default_factory=dict)
    weekly: dict[int, NumberSums] = field(default_factory=dict)
    still: LastingSums = field(default_factory=LastingSums)
    later: dict[TimePoint, Moments] = field(default_factory=lambda: defaultdict(Moments))
    at_once: dict[TimePoint, Moments] = field(default_factory=lambda: defaultdict(Moments))
    pairs: Counter[Arm] = field(default_factory=Counter)
    measured: dict[TimePoint, Counter[Arm]] = field(default_factory=lambda: defaultdict(Counter))


_COLUMNS = (
    "kind", "scale", "word", "arm", "n", "patients", "number", "one", "other", "ones", "products",
    "others",
)  # fmt: skip


def lasting_sums(scope: Scope) -> dict[Scale, ScaleLasting]:
    """Return the sums of each scale."""
    found: dict[Scale, ScaleLasting] = {}
    for told in ask(Counted(_counted, scope) if in_rows() else _statement(scope)):
        row = dict(zip(_COLUMNS, told, strict=True))
        numbers = {name: int(row[name]) for name in _COLUMNS[4:]}
        scale = Scale(row["scale"])
        _TAKE[row["kind"]](found.setdefault(scale, ScaleLasting()), scale, row, numbers)
    return {scale: found[scale] for scale in RATED if scale in found}


def _statement(scope: Scope) -> Piece:
    later = Piece(_LATER) + marks(one.value for one in LATER) + _LATER_ENDS
    parts = (Piece(_NUMBERS), Piece(_STILL), Piece(_PAIRS), Piece(_MEASURED), Piece(_AT_ONCE))
    return (
        Piece("WITH")
        + all_days(scope)
        + ","
        + midnights(scope)
        + ", courses AS (SELECT DISTINCT s.clinic_id, s.enrolment_id"
        + sessions_of(scope)
        + "),"
        + _held()
        + ", told AS (SELECT c.clinic_id, c.session_id, c.scale, c.arm_id AS arm,"
        + "c.patient_id AS patient, c.before, c.after, h.number, h.next_id"
        + scores_of(scope, "JOIN held h ON h.id = c.session_id")
        + "AND c.scale IN"
        + marks(scale.value for scale in RATED)
        + "),"
        + _next_visits()
        + follow_ups(scope)
        + ","
        + later
        + joined([*parts, Piece(weekly())], "UNION ALL")
    )


def _held() -> str:
    """Number the sessions of the courses, each with the next one if it is within 72 hours."""
    given = where("s.status IN ('given', 'in_progress')", "k.clinic_id")
    hours = str(int(LONGEST_GAP.total_seconds() // 3600))
    return f"""
    numbered AS (
        SELECT s.id, s.performed_at, row_number() OVER course AS number,
            lead(s.id) OVER course AS next_id, lead(s.performed_at) OVER course AS next_at
        FROM courses k CROSS JOIN sessions_app_session s {indexed_by("session_of_course")}
        WHERE s.clinic_id = k.clinic_id AND s.enrolment_id = k.enrolment_id AND {given}
        WINDOW course AS (PARTITION BY s.enrolment_id ORDER BY s.performed_at, s.id)
    ), held AS (
        SELECT id, number, CASE WHEN next_at > performed_at
            AND next_at <= {hours_after("performed_at", hours)} THEN next_id END AS next_id
        FROM numbered
    )
    """  # noqa: S608 - of this module's own words


def _next_visits() -> str:
    """Set each session beside the next of its course; one row a patient."""
    counted = where("x.counted", "t.clinic_id")
    return f"""
    visits AS (
        SELECT t.scale, t.patient, count(*) AS n, sum(t.after - t.before) AS fell,
            sum(x.before - t.before) AS kept
        FROM told t CROSS JOIN sessions_app_score x
        WHERE x.clinic_id = t.clinic_id AND x.session_id = t.next_id AND x.scale = t.scale
            AND t.after IS NOT NULL AND x.before - t.before IS NOT NULL AND {counted}
        GROUP BY t.scale, t.patient
    ),
    """  # noqa: S608 - of this module's own words


_LATER = """
later AS (
    SELECT t.scale, t.arm, t.patient, f.time_point, f.value - t.before AS later,
        t.after - t.before AS at_once
    FROM followed f CROSS JOIN told t
    WHERE t.session_id = f.session_id AND t.scale = f.scale
        AND t.before IS NOT NULL AND t.after IS NOT NULL AND f.time_point IN
"""
_LATER_ENDS = """
), people AS (
    SELECT scale, time_point, patient, count(*) AS n, sum(later) AS later,
        sum(at_once) AS at_once
    FROM later GROUP BY scale, time_point, patient
)
"""
_NUMBERS = """
SELECT 'number', scale, '', CAST(NULL AS uuid), number, count(DISTINCT patient), count(*),
    sum(before), 0, 0, 0, 0
FROM told WHERE before IS NOT NULL GROUP BY scale, number
"""
_STILL = """
SELECT 'still', scale, '', CAST(NULL AS uuid), 0, count(*), sum(n), sum(fell), sum(kept),
    sum(fell * fell), sum(fell * kept), sum(kept * kept)
FROM visits GROUP BY scale
"""
_PAIRS = f"""
SELECT 'pairs', scale, '', arm, 0, 0, count(*), 0, 0, 0, 0, 0
FROM told WHERE {BOTH} GROUP BY scale, arm
"""  # noqa: S608
_MEASURED = """
SELECT 'measured', scale, time_point, arm, 0, 0, count(*), 0, 0, 0, 0, 0
FROM later GROUP BY scale, time_point, arm
"""
_AT_ONCE = """
SELECT 'later', scale, time_point, CAST(NULL AS uuid), n, count(*), 0, sum(later), sum(at_once),
    sum(later * later), 0, sum(at_once * at_once)
FROM people GROUP BY scale, time_point, n
"""


def _counted(scope: Scope) -> Rows:
    """Return the rows of the statement, made of rows that were read before."""
    return lasting(scope, measured(scope).answer())


Row = Mapping[str, Any]
Numbers = Mapping[str, int]


def _take_number(sums: ScaleLasting, scale: Scale, row: Row, numbers: Numbers) -> None:
    told = NumberSums(numbers["patients"], numbers["number"], numbers["one"])
    (sums.weekly if row["kind"] == "weekly" else sums.numbers)[numbers["n"]] = told


def _take_still(sums: ScaleLasting, scale: Scale, row: Row, numbers: Numbers) -> None:
    way = 1 if scale.higher_is_better else -1
    sums.still = LastingSums(
        patients=numbers["patients"],
        pairs=numbers["number"],
        drop=way * numbers["one"],
        kept=way * numbers["other"],
        drop_squares=numbers["ones"],
        products=numbers["products"],
        kept_squares=numbers["others"],
    )


def _take_pairs(sums: ScaleLasting, scale: Scale, row: Row, numbers: Numbers) -> None:
    sums.pairs[as_uuid(row["arm"])] += numbers["number"]


def _take_measured(sums: ScaleLasting, scale: Scale, row: Row, numbers: Numbers) -> None:
    sums.measured[TimePoint(row["word"])][as_uuid(row["arm"])] += numbers["number"]


def _take_later(sums: ScaleLasting, scale: Scale, row: Row, numbers: Numbers) -> None:
    when, way = TimePoint(row["word"]), 1 if scale.higher_is_better else -1
    n, patients = numbers["n"], numbers["patients"]
    for found, total, squares in (
        (sums.later, numbers["one"], numbers["ones"]),
        (sums.at_once, numbers["other"], numbers["others"]),
    ):
        found[when] += Moments.of_alike(n, patients, way * total, squares)


_TAKE = {
    "number": _take_number,
    "weekly": _take_number,
    "still": _take_still,
    "pairs": _take_pairs,
    "measured": _take_measured,
    "later": _take_later,
}
