"""A share of sessions, with an interval that knows sessions belong to patients.

The share p = Σ h_g / Σ m_g has two sums over the patients in it, since nobody decides beforehand
how many sessions a patient has. So its variance is that of the ratio made linear, with the
patients as clusters (Cochran 1977, Sampling Techniques, 3rd ed., §3.12, proportions in cluster
sampling):

    Var(p) = G/(G−1) · Σ_g (h_g − p·m_g)² / (Σ m_g)²
           = G/(G−1) · (Σh² − 2p·Σmh + p²·Σm²) / (Σm)²,   p ± t(0.975; G−1) · √Var(p)

This is the cluster-robust variance of the mean of a 1 or 0, as the mean change has it. All sums
are whole numbers: they can be stored, added and taken away.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sessions_app.outcomes.enough import too_few
from sessions_app.outcomes.resampling import Pair
from sessions_app.outcomes.summary import Clustered


@dataclass(frozen=True)
class ShareSums(Clustered):
    """A patient's n_g are the sessions that can be a hit (m_g), and S_g their hits (h_g).

    Two may be added when no patient is in both. No share needs ``hit_patients``; whether the hits
    may be told where small numbers may not, hangs on how many patients had them.
    """

    hit_patients: int = 0  # patients with at least one hit

    @classmethod
    def of(cls, patients_with: Mapping[Pair, int]) -> "ShareSums":
        """The sums of so many patients with each (n, hits); one with none counts for nothing."""
        return sum((cls._of_alike(*pair, k) for pair, k in patients_with.items()), cls())

    @classmethod
    def _of_alike(cls, n: int, hits: int, patients: int) -> "ShareSums":
        if not n:
            return cls()
        each = (1, n, hits, n * n, n * hits, hits * hits, int(hits > 0))
        return cls(*(one * patients for one in each))

    @property
    def hits(self) -> int:
        """Sessions that are one."""
        return self.total

    def interval(self) -> tuple[float, float]:
        """The 95 % interval, cut where no share can be: at 0 and at 1. Needs two patients."""
        low, high = super().interval()
        return max(0.0, low), min(1.0, high)


@dataclass(frozen=True)
class Share:
    """A share of sessions, 0 to 1: ``hits`` of ``sessions``; hidden below ten patients."""

    patients: int
    sessions: int
    hits: int
    share: float | None = None
    low: float | None = None
    high: float | None = None
    hidden_because: str = ""


def share(sums: ShareSums, what: str = "patients") -> Share:
    """The share with its interval, or how many patients it needs, and ``what`` they have."""
    counts = (sums.patients, sums.sessions, sums.hits)
    if reason := too_few(sums.patients, what):
        return Share(*counts, hidden_because=reason)
    return Share(*counts, float(sums.mean()), *sums.interval())
