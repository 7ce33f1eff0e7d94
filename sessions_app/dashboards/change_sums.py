"""From rows to sums of the change from before to after: one statement, integer sums made in SQL.

What turns sums into a mean, an interval or a share is in `outcomes`; a test holds that both ways
of counting agree. Patients with the same number of sessions are folded into one row.
"""

import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sessions_app.dashboards.rows.folds import changes
from sessions_app.dashboards.rows.reading import Counted, in_rows
from sessions_app.dashboards.scope import Scope
from sessions_app.dashboards.statement import (
    Piece,
    all_days,
    as_uuid,
    ask,
    joined,
    marks,
    scores_of,
    sessions_of,
)
from sessions_app.outcomes.bands import ScorePairs
from sessions_app.outcomes.resampling import Pair
from sessions_app.outcomes.responders import ResponderSums, Threshold
from sessions_app.outcomes.summary import MeanChange, Moments, mean_change
from sessions_app.rollups.spelling import BEGAN_HIGH, FELL
from sessions_app.vocabulary.reasons import MissingReason
from sessions_app.vocabulary.scales import RATED, Scale

BOTH, RISE = "before IS NOT NULL AND after IS NOT NULL", "after - before"


@dataclass
class ScaleSums:
    """One scale: its moments, the sessions without both scores, and who had clearly less pain.

    A session that lacks both scores for two reasons stands under both. `alike` holds of the
    patients with so many sessions each: how many they are, Σ S_g and Σ S_g².
    """

    alike: dict[int, tuple[int, int, int]] = field(default_factory=dict)
    missing: int = 0
    missing_by_reason: Counter[MissingReason] = field(default_factory=Counter)
    hits: dict[Threshold, Counter[Pair]] = field(
        default_factory=lambda: {one: Counter() for one in Threshold}
    )

    @property
    def moments(self) -> Moments:
        """What the mean and its interval need; improvement is positive."""
        return sum((Moments.of_alike(n, *told) for n, told in self.alike.items()), Moments())

    @cached_property
    def change(self) -> MeanChange:
        """Mean change from before to after with its interval, once all patients are there."""
        return mean_change(self.moments)

    def responded(self, threshold: Threshold) -> ResponderSums:
        """How many patients have each (sessions, hits)."""
        return ResponderSums({pair: n for pair, n in self.hits[threshold].items() if pair[0]})

    def add_patients(self, scale: Scale, numbers: Iterable[int]) -> None:
        """Take patients along who have the same number of sessions, and of hits."""
        n, high, by_percent, by_points, patients, rise, squares = numbers
        total = rise if scale.higher_is_better else -rise
        old = self.alike.get(n, (0, 0, 0))
        self.alike[n] = (old[0] + patients, old[1] + total, old[2] + squares)
        if scale is Scale.PAIN:
            self.hits[Threshold.THIRTY_PERCENT][high, by_percent] += patients
            self.hits[Threshold.TWO_POINTS][high, by_points] += patients


@dataclass
class ChangeSums:
    """A scope's sums: of each arm, of all arms together, and of pain's pairs of scores.

    Sessions that another role gave than the protocol names are `left_out`, by arm.
    """

    arms: dict[uuid.UUID, dict[Scale, ScaleSums]] = field(default_factory=dict)
    whole: dict[Scale, ScaleSums] = field(default_factory=dict)
    pain: Counter[tuple[int, int]] = field(default_factory=Counter)
    left_out: Counter[uuid.UUID] = field(default_factory=Counter)

    @property
    def pain_pairs(self) -> ScorePairs:
        """Pain's scores before and after, over all arms."""
        return ScorePairs(Scale.PAIN, self.pain)


def change_sums(scope: Scope) -> ChangeSums:
    """Return the sums of a scope."""
    found = ChangeSums()
    for kind, arm, scale, *told in ask(Counted(changes, scope) if in_rows() else _statement(scope)):
        _TAKE[kind](found, as_uuid(arm) if arm else None, scale, told)
    return found


def _statement(scope: Scope) -> Piece:
    parts = (_BY_ARM, _OF_ALL, _LACKING, _PAIRS, _left_out(scope))
    return (
        Piece("WITH")
        + all_days(scope)
        + ", told AS ("
        + "SELECT c.arm_id AS arm, c.patient_id AS patient, c.scale, c.before, c.after,"
        + "c.before_missing, c.after_missing"
        + scores_of(scope)
        + "AND c.scale IN"
        + marks(scale.value for scale in RATED)
        + "),"
        + _PEOPLE
        + joined([Piece(part) if isinstance(part, str) else part for part in parts], "UNION ALL")
    )


_WHOLE = f"CASE WHEN {BOTH} THEN 1 ELSE 0 END"
_BY_PERCENT, _BY_POINTS = FELL[Threshold.THIRTY_PERCENT], FELL[Threshold.TWO_POINTS]
_PEOPLE = f"""
people AS (
    SELECT arm, scale, patient, before_missing, after_missing, {_WHOLE} AS whole, count(*) AS n,
        sum({RISE}) AS rise,
        sum(CASE WHEN {BEGAN_HIGH} THEN 1 ELSE 0 END) AS high,
        sum(CASE WHEN {BEGAN_HIGH} AND {_BY_PERCENT} THEN 1 ELSE 0 END) AS by_percent,
        sum(CASE WHEN {BEGAN_HIGH} AND {_BY_POINTS} THEN 1 ELSE 0 END) AS by_points
    FROM told GROUP BY arm, scale, patient, before_missing, after_missing, {_WHOLE}
), everybody AS (
    SELECT scale, patient, sum(n) AS n, sum(rise) AS rise, sum(high) AS high,
        sum(by_percent) AS by_percent, sum(by_points) AS by_points
    FROM people WHERE whole = 1 GROUP BY scale, patient
)
"""  # noqa: S608 - of this module's own words
_SAME = "scale, n, high, by_percent, by_points"
_FOLDED = "'', '', count(*), sum(rise), sum(rise * rise)"
_BY_ARM = f"SELECT 'arm', arm, {_SAME}, {_FOLDED} FROM people WHERE whole = 1 GROUP BY arm, {_SAME}"  # noqa: S608
_OF_ALL = f"""
SELECT 'all', CAST(NULL AS uuid), {_SAME}, {_FOLDED} FROM everybody GROUP BY {_SAME}
"""  # noqa: S608
_LACKING = """
SELECT 'lacking', arm, scale, 0, 0, 0, 0, before_missing, after_missing, sum(n), 0, 0
FROM people WHERE whole = 0 GROUP BY arm, scale, before_missing, after_missing
"""
_PAIRS = f"""
SELECT 'pair', CAST(NULL AS uuid), scale, before, after, 0, 0, '', '', count(*), 0, 0
FROM told WHERE scale = '{Scale.PAIN.value}' AND {BOTH} GROUP BY scale, before, after
"""  # noqa: S608


def _left_out(scope: Scope) -> Piece:
    """Count what was given by another role than its arm names."""
    return (
        Piece("SELECT 'left_out', s.arm_id, '', 0, 0, 0, 0, '', '', count(*), 0, 0")
        + sessions_of(scope)
        + "AND s.status = 'given' AND NOT s.counted GROUP BY s.arm_id"
    )


# What a row tells after its kind, arm and scale: n, high, by_percent, by_points, before_missing,
# after_missing, number, rise and squares.
Told = list[Any]


def _take_patients(found: ChangeSums, arm: uuid.UUID | None, of: str, told: Told) -> None:
    scale = Scale(of)
    scales = found.whole if arm is None else found.arms.setdefault(arm, {})
    if scale not in scales:
        scales[scale] = ScaleSums()
    scales[scale].add_patients(scale, map(int, (*told[:4], *told[6:])))


def _take_lacking(found: ChangeSums, arm: uuid.UUID | None, of: str, told: Told) -> None:
    scale, number = Scale(of), int(told[6])
    reasons = {MissingReason(one) for one in told[4:6] if one}
    for scales in (found.whole, found.arms.setdefault(arm, {}) if arm else {}):
        sums = scales.setdefault(scale, ScaleSums())
        sums.missing += number
        for reason in reasons:
            sums.missing_by_reason[reason] += number


def _take_pair(found: ChangeSums, arm: uuid.UUID | None, of: str, told: Told) -> None:
    found.pain[told[0], told[1]] += told[6]


def _take_left_out(found: ChangeSums, arm: uuid.UUID | None, of: str, told: Told) -> None:
    if arm:
        found.left_out[arm] += told[6]


_TAKE = {
    "arm": _take_patients,
    "all": _take_patients,
    "lacking": _take_lacking,
    "pair": _take_pair,
    "left_out": _take_left_out,
}
