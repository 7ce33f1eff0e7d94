"""How complete are the scores, who told them, and what if the missing ones were bad?

Asleep is probably a good outcome and is never made a 0: a missing score stays missing, with its
reason. The two lines of sensitivity only bound what the missing could do to the mean.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sessions_app.outcomes.adherence import in_utc
from sessions_app.outcomes.summary import MeanChange, Moments, PatientSums, mean_change
from sessions_app.vocabulary.coded import Coded
from sessions_app.vocabulary.reasons import MissingReason
from sessions_app.vocabulary.records import Reporter
from sessions_app.vocabulary.scales import Scale

LATE_AFTER = timedelta(hours=24)
"""An entry written later than this after its session is a late one."""

MUCH_MISSING = 0.2
"""Beyond this share without both scores the panel says so first."""


def is_late(performed_at: datetime, recorded_at: datetime) -> bool:
    """Whether a session was written down more than 24 hours after it began."""
    return in_utc(recorded_at) - in_utc(performed_at) > LATE_AFTER


class RatedBy(Coded):
    """Whose judgement both scores of a session are."""

    PATIENT = "patient", "The patient", "The patient said both."
    THERAPIST = "therapist", "The therapist", "The therapist judged both."
    PROXY = "proxy", "Family or carer", "Somebody else said both for the patient."
    MIXED = "mixed", "Not the same twice", "One person said the first, another the second."


Reasons = Mapping[MissingReason, int]


def rated_by(before_by: Reporter, after_by: Reporter) -> RatedBy:
    """Whose judgement a pair of scores is."""
    return RatedBy(before_by.value) if before_by is after_by else RatedBy.MIXED


def _together(one: Reasons, other: Reasons) -> Reasons:
    return Counter(one) + Counter(other) if one and other else one or other


@dataclass(frozen=True)
class Completeness:
    """Given sessions of one scale, counted; any two groups of sessions may be added.

    The reasons are kept apart for the score before and the score after, since a session may
    lack both.
    """

    sessions: int = 0
    complete: int = 0
    late: int = 0
    before_missing: Reasons = field(default_factory=dict)
    after_missing: Reasons = field(default_factory=dict)

    def __add__(self, other: "Completeness") -> "Completeness":
        """Both groups of sessions together."""
        return Completeness(
            self.sessions + other.sessions,
            self.complete + other.complete,
            self.late + other.late,
            _together(self.before_missing, other.before_missing),
            _together(self.after_missing, other.after_missing),
        )

    @property
    def incomplete(self) -> int:
        """Sessions without both scores."""
        return self.sessions - self.complete

    @property
    def share_missing(self) -> float | None:
        """The share without both scores, or None where no session was given."""
        return self.incomplete / self.sessions if self.sessions else None

    @property
    def much_is_missing(self) -> bool:
        """Whether more than a fifth lack a score: then the mean may be far from the truth."""
        return (self.share_missing or 0) > MUCH_MISSING


@dataclass(frozen=True)
class WithoutAfter:
    """One patient's sessions with a score before and none after: how many, and Σ before."""

    n: int = 0
    befores: int = 0

    def __post_init__(self) -> None:
        """Refuse a sum over no session that is not 0."""
        if self.n < 0 or (self.n == 0 and self.befores):
            raise ValueError(f"{self.n} scores cannot sum to {self.befores}")

    def __add__(self, other: "WithoutAfter") -> "WithoutAfter":
        """More sessions of the same patient."""
        return WithoutAfter(self.n + other.n, self.befores + other.befores)

    def worst(self, scale: Scale) -> int:
        """The sum of the changes, had each ended at the scale's worst score."""
        bad_end = scale.minimum if scale.higher_is_better else scale.maximum
        rise = self.n * bad_end - self.befores
        return rise if scale.higher_is_better else -rise


@dataclass(frozen=True)
class PowerSums:
    """Two totals of each patient, S and B, summed over patients: ΣS, ΣS², ΣB, ΣB², ΣS·B."""

    one: int
    ones: int
    other: int
    others: int
    products: int


@dataclass(frozen=True)
class SensitivitySums:
    """The same mean three times: as it is, and with the missing after-scores filled in two ways.

    Two may be added when no patient is in both. ``filled`` sessions had a score before and none
    after; a session without a score before stands in none of the three.
    """

    observed: Moments = field(default_factory=Moments)
    no_change: Moments = field(default_factory=Moments)
    worst_case: Moments = field(default_factory=Moments)
    filled: int = 0

    @classmethod
    def of(
        cls, scale: Scale, patients: Iterable[tuple[PatientSums, WithoutAfter]]
    ) -> "SensitivitySums":
        """The sums of many patients, each by what is there and what is missing."""
        both = list(patients)
        return cls(
            Moments.of(sums for sums, _ in both),
            Moments.of(sums + PatientSums(gap.n, 0) for sums, gap in both),
            Moments.of(sums + PatientSums(gap.n, gap.worst(scale)) for sums, gap in both),
            sum(gap.n for _, gap in both),
        )

    @classmethod
    def of_alike(
        cls, scale: Scale, n: int, gaps: int, patients: int, rises: PowerSums
    ) -> "SensitivitySums":
        """The sums of many patients with ``n`` whole sessions and ``gaps`` without an after-score.

        Had each of these ended at the worst score, a patient's rise S were S + gaps·worst − B,
        B being the sum of their befores.
        """
        way = 1 if scale.higher_is_better else -1
        bad = gaps * (scale.minimum if scale.higher_is_better else scale.maximum)
        total = rises.one + patients * bad - rises.other
        squares = rises.ones + patients * bad * bad + rises.others - 2 * rises.products
        squares += 2 * bad * (rises.one - rises.other)
        every = n + gaps
        return cls(
            Moments.of_alike(n, patients, way * rises.one, rises.ones) if n else Moments(),
            Moments.of_alike(every, patients, way * rises.one, rises.ones) if every else Moments(),
            Moments.of_alike(every, patients, way * total, squares) if every else Moments(),
            gaps * patients,
        )

    def __add__(self, other: "SensitivitySums") -> "SensitivitySums":
        """Both groups of patients together."""
        return SensitivitySums(
            self.observed + other.observed,
            self.no_change + other.no_change,
            self.worst_case + other.worst_case,
            self.filled + other.filled,
        )


@dataclass(frozen=True)
class Sensitivity:
    """The mean as observed, with «no change» for the missing, and with the worst score."""

    observed: MeanChange
    no_change: MeanChange
    worst_case: MeanChange
    filled: int


def sensitivity(sums: SensitivitySums) -> Sensitivity:
    """The three means with their intervals, each hidden below ten patients."""
    return Sensitivity(
        mean_change(sums.observed),
        mean_change(sums.no_change),
        mean_change(sums.worst_case),
        sums.filled,
    )


def by_rater(sums: Mapping[RatedBy, Moments]) -> dict[RatedBy, MeanChange]:
    """The mean change apart by who told the scores, in the order of ``RatedBy``.

    A patient may stand in several groups, so the groups' patients do not add up to the whole.
    """
    return {who: mean_change(sums[who]) for who in RatedBy if who in sums}
