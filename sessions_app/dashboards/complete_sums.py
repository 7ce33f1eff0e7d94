"""From rows to sums of how complete the scores are: one statement, integer sums made in SQL."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sessions_app.dashboards.change_sums import BOTH, RISE
from sessions_app.dashboards.rows.folds import complete
from sessions_app.dashboards.rows.reading import Counted, in_rows
from sessions_app.dashboards.scope import Scope
from sessions_app.dashboards.statement import (
    RATED_BY,
    Piece,
    all_days,
    ask,
    hours_after,
    joined,
    marks,
    scores_of,
    sessions_of,
)
from sessions_app.outcomes.completeness import (
    LATE_AFTER,
    Completeness,
    PowerSums,
    RatedBy,
    SensitivitySums,
)
from sessions_app.outcomes.summary import Moments
from sessions_app.vocabulary.reasons import MissingReason
from sessions_app.vocabulary.scales import RATED, Scale


@dataclass
class ScaleComplete:
    """One scale: its sessions with and without scores, what if, and who told them."""

    found: Completeness = field(default_factory=Completeness)
    what_if: SensitivitySums = field(default_factory=SensitivitySums)
    raters: dict[RatedBy, Moments] = field(default_factory=dict)


_COLUMNS = (
    "kind", "scale", "word", "other_word", "n", "gaps", "number", "one", "ones", "other", "others",
    "products",
)  # fmt: skip


def complete_sums(scope: Scope) -> dict[Scale, ScaleComplete]:
    """Return the sums of each scale that was asked for in given sessions, in one statement."""
    found: dict[Scale, ScaleComplete] = {}
    for told in ask(Counted(complete, scope) if in_rows() else _statement(scope)):
        row = dict(zip(_COLUMNS, told, strict=True))
        numbers = {name: int(row[name]) for name in _COLUMNS[4:]}
        scale = Scale(row["scale"])
        _TAKE[row["kind"]](found.setdefault(scale, ScaleComplete()), scale, row, numbers)
    return {scale: found[scale] for scale in RATED if scale in found}


def _statement(scope: Scope) -> Piece:
    late = hours_after("s.performed_at", str(int(LATE_AFTER.total_seconds() // 3600)))
    rated = marks(scale.value for scale in RATED)
    return (
        Piece("WITH")  # noqa: S608 - of this module's own words
        + all_days(scope)
        + ", told AS (SELECT c.scale, c.patient_id AS patient, c.before, c.after,"
        + f"c.before_missing, c.after_missing, {RATED_BY} AS who"
        + scores_of(scope)
        + "AND c.scale IN"
        + rated
        + "), late AS (SELECT s.id"
        + sessions_of(scope)
        + f"AND s.counted AND s.recorded_at > {late}), late_told AS (SELECT c.scale"
        + scores_of(scope)
        + "AND c.session_id IN (SELECT id FROM late) AND c.scale IN"
        + rated
        + "),"
        + _PEOPLE
        + joined([Piece(part) for part in (_REASONS, _LATE, _WHAT_IF, _RATERS)], "UNION ALL")
    )


_GAP = "before IS NOT NULL AND after IS NULL"
_PEOPLE = f"""
folded AS (
    SELECT scale, patient, who, before_missing, after_missing, count(*) AS sessions,
        sum(CASE WHEN {BOTH} THEN 1 ELSE 0 END) AS n,
        sum(CASE WHEN {_GAP} THEN 1 ELSE 0 END) AS gaps,
        sum(CASE WHEN {BOTH} THEN {RISE} ELSE 0 END) AS rise,
        sum(CASE WHEN {_GAP} THEN before ELSE 0 END) AS befores
    FROM told GROUP BY scale, patient, who, before_missing, after_missing
), people AS (
    SELECT scale, patient, sum(n) AS n, sum(gaps) AS gaps, sum(rise) AS rise,
        sum(befores) AS befores
    FROM folded GROUP BY scale, patient
), raters AS (
    SELECT scale, who, patient, sum(n) AS n, sum(rise) AS rise
    FROM folded WHERE n > 0 GROUP BY scale, who, patient
)
"""  # noqa: S608 - of this module's own words
_REASONS = """
SELECT 'reason', scale, before_missing, after_missing, 0, 0, sum(sessions), 0, 0, 0, 0, 0
FROM folded GROUP BY scale, before_missing, after_missing
"""
_LATE = """
SELECT 'late', scale, '', '', 0, 0, count(*), 0, 0, 0, 0, 0 FROM late_told GROUP BY scale
"""
_WHAT_IF = """
SELECT 'what_if', scale, '', '', n, gaps, count(*), sum(rise), sum(rise * rise), sum(befores),
    sum(befores * befores), sum(rise * befores)
FROM people GROUP BY scale, n, gaps
"""
_RATERS = """
SELECT 'rater', scale, who, '', n, 0, count(*), sum(rise), sum(rise * rise), 0, 0, 0
FROM raters GROUP BY scale, who, n
"""


def _take_reason(
    sums: ScaleComplete, scale: Scale, row: Mapping[str, Any], numbers: Mapping[str, int]
) -> None:
    number, before, after = numbers["number"], row["word"], row["other_word"]
    sums.found += Completeness(
        sessions=number,
        complete=0 if before or after else number,
        before_missing={MissingReason(before): number} if before else {},
        after_missing={MissingReason(after): number} if after else {},
    )


def _take_late(
    sums: ScaleComplete, scale: Scale, row: Mapping[str, Any], numbers: Mapping[str, int]
) -> None:
    sums.found += Completeness(late=numbers["number"])


def _take_what_if(
    sums: ScaleComplete, scale: Scale, row: Mapping[str, Any], numbers: Mapping[str, int]
) -> None:
    powers = PowerSums(*(numbers[name] for name in _COLUMNS[-5:]))
    sums.what_if += SensitivitySums.of_alike(
        scale, numbers["n"], numbers["gaps"], numbers["number"], powers
    )


def _take_rater(
    sums: ScaleComplete, scale: Scale, row: Mapping[str, Any], numbers: Mapping[str, int]
) -> None:
    who, rise = RatedBy(row["word"]), numbers["one"]
    total = rise if scale.higher_is_better else -rise
    new = Moments.of_alike(numbers["n"], numbers["number"], total, numbers["ones"])
    sums.raters[who] = sums.raters.get(who, Moments()) + new


_TAKE = {
    "reason": _take_reason,
    "late": _take_late,
    "what_if": _take_what_if,
    "rater": _take_rater,
}


def reasons_of(sums: Mapping[Scale, ScaleComplete]) -> list[MissingReason]:
    """Return the reasons that were given for any missing score, in their usual order."""
    told: Counter[MissingReason] = Counter()
    for one in sums.values():
        told += Counter(one.found.before_missing) + Counter(one.found.after_missing)
    return [reason for reason in MissingReason if told[reason]]
