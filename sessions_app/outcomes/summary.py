"""The mean change of many sessions, with an interval that knows sessions belong to patients.

Sessions of one patient resemble each other, so the patients are the clusters of the interval
(cluster-robust variance; reference: Schober & Vetter 2018, doi 10.1213/ANE.0000000000003511, on
why ignoring this misleads). All sums are whole numbers or fractions; the first rounding happens
when the result is turned into floats.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt
from operator import add
from typing import Self

from sessions_app.outcomes.enough import MINIMUM_PATIENTS, too_few
from sessions_app.outcomes.student_t import student_t_quantile

CONFIDENCE = 0.95


@dataclass(frozen=True)
class PatientSums:
    """One patient's sessions with both scores: how many, and the sum of their changes."""

    n: int
    total: int

    def __post_init__(self) -> None:
        """Refuse a count below 0, and a sum over no sessions that is not 0."""
        if self.n < 0 or (self.n == 0 and self.total != 0):
            raise ValueError(f"{self.n} sessions cannot sum to {self.total}")

    @classmethod
    def of(cls, changes: Iterable[int]) -> "PatientSums":
        """The sums of one patient's changes (improvement positive)."""
        values = tuple(changes)
        return cls(len(values), sum(values))

    def __add__(self, other: "PatientSums") -> "PatientSums":
        """More sessions of the same patient."""
        return PatientSums(self.n + other.n, self.total + other.total)


@dataclass(frozen=True)
class Clustered:
    """What a mean over sessions needs with its interval, exact: six sums over the patients.

    A patient g has n_g sessions, which sum to S_g.
    """

    patients: int = 0  # G, patients with at least one such session
    sessions: int = 0  # N = Σ n_g
    total: int = 0  # Σ S_g
    n_squares: int = 0  # Σ n_g²
    n_totals: int = 0  # Σ n_g·S_g
    total_squares: int = 0  # Σ S_g²

    def __add__(self, other: Self) -> Self:
        """Both groups of patients together, sum by sum."""
        return type(self)(*map(add, vars(self).values(), vars(other).values()))

    def mean(self) -> Fraction:
        """The mean of a session, m = Σ S_g / N. Needs at least one session."""
        return Fraction(self.total, self.sessions)

    def variance_of_mean(self) -> Fraction:
        """G/(G−1) · Σ_g (Σ_i (d_gi − m))² / N², the inner sum being S_g − m·n_g.

        Needs at least two patients. Never negative: it is exact until here.
        """
        m = self.mean()
        spread = self.total_squares - 2 * m * self.n_totals + m * m * self.n_squares
        return Fraction(self.patients, self.patients - 1) * spread / self.sessions**2

    def interval(self) -> tuple[float, float]:
        """The cluster-robust 95 % interval of the mean, t with G − 1 degrees of freedom."""
        mean = float(self.mean())
        t = student_t_quantile((1 + CONFIDENCE) / 2, self.patients - 1)
        half = t * sqrt(self.variance_of_mean())
        return mean - half, mean + half


@dataclass(frozen=True)
class Moments(Clustered):
    """All that the mean change and its interval need, exact, in seven numbers.

    Two Moments may be added when no patient is in both (two clinics, two shards); sessions of
    one patient are added before, as PatientSums.
    """

    patient_means: Fraction = Fraction(0)  # Σ S_g/n_g

    @classmethod
    def of(cls, sums: Iterable[PatientSums]) -> "Moments":
        """The moments of many patients; a patient without a session counts for nothing."""
        result = cls()
        for one in sums:
            if one.n:
                result += cls._of_one(one)
        return result

    @classmethod
    def of_alike(cls, n: int, patients: int, total: int, squares: int) -> "Moments":
        """The moments of many patients with ``n`` sessions each, from Σ S_g and Σ S_g²."""
        means = Fraction(total, n)
        return cls(patients, n * patients, total, n * n * patients, n * total, squares, means)

    @classmethod
    def _of_one(cls, one: PatientSums) -> "Moments":
        return cls.of_alike(one.n, 1, one.total, one.total**2)


@dataclass(frozen=True)
class MeanChange:
    """The change from before to after, improvement positive, in points of its scale.

    ``mean`` weighs every session alike, ``patient_mean`` every patient; they differ when the
    sickest have few sessions. ``low`` to ``high`` is the 95 % interval of ``mean``. With fewer
    than ten patients all four are None and ``hidden_because`` says why.
    """

    patients: int
    sessions: int
    mean: float | None = None
    low: float | None = None
    high: float | None = None
    patient_mean: float | None = None
    hidden_because: str = ""

    @property
    def is_shown(self) -> bool:
        """Whether there are enough patients for a figure."""
        return self.mean is not None


def mean_change(moments: Moments) -> MeanChange:
    """The mean change with its cluster-robust 95 % interval, t with G − 1 degrees of freedom."""
    g, n = moments.patients, moments.sessions
    if g < MINIMUM_PATIENTS:
        return MeanChange(g, n, hidden_because=too_few(g))
    each = float(moments.patient_means / g)
    return MeanChange(g, n, float(moments.mean()), *moments.interval(), each)
