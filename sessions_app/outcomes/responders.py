"""Who had clearly less pain afterwards: two thresholds, kept apart, with what they are counted of.

A session counts when it began at 4 or more: below that a drop of 2 points is hard or impossible.
Of those, two shares: a drop of at least 30 %, and a drop of at least 2 points (Farrar 2001, Pain
94:149-158: from ten drug trials, over weeks and not minutes). Sessions of one patient resemble
each other, so the headline gives every patient one vote, and the share of sessions has an interval
from drawing whole patients. For mood, relaxation and sleep no threshold was published.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from sessions_app.outcomes.change import change
from sessions_app.outcomes.enough import too_few
from sessions_app.outcomes.resampling import MOST_DRAWN, Pair, cluster_interval
from sessions_app.outcomes.shares import ShareSums
from sessions_app.vocabulary.coded import Coded
from sessions_app.vocabulary.scales import Scale

LEAST_BEFORE = 4
"""The lowest before-score that counts, unless another is asked for; always printed."""


class Threshold(Coded):
    """What counts as clearly less pain."""

    THIRTY_PERCENT = "30pct", "30 % or more", "At least 30 % less pain than before the session."
    TWO_POINTS = "2pt", "2 points or more", "At least 2 points less pain than before the session."


def responds(threshold: Threshold, before: int, after: int) -> bool:
    """Whether pain fell by the threshold, reckoned in whole numbers: 10 → 7 is 30 %.

    From 0 nothing can fall, so 0 → 0 is not a response. ValueError outside the scale's range.
    """
    drop = change(Scale.PAIN, before, after)
    if threshold is Threshold.TWO_POINTS:
        return drop >= 2
    return drop > 0 and 10 * drop >= 3 * before


def hits(
    threshold: Threshold, pairs: Iterable[tuple[int, int]], least_before: int = LEAST_BEFORE
) -> Pair:
    """One patient's (n, hits) from their (before, after) scores: n began high enough."""
    counted = [pair for pair in pairs if pair[0] >= least_before]
    return len(counted), sum(responds(threshold, *pair) for pair in counted)


@dataclass(frozen=True)
class ResponderSums:
    """How many patients have each (n, hits); all that both shares and the interval need.

    Two may be added when no patient is in both.
    """

    patients_with: Mapping[Pair, int] = field(default_factory=dict)

    @classmethod
    def of(cls, patients: Iterable[Pair]) -> "ResponderSums":
        """The sums of many patients; one without a counted session counts for nothing."""
        return cls(Counter(pair for pair in patients if pair[0]))

    def __add__(self, other: "ResponderSums") -> "ResponderSums":
        """Both groups of patients together."""
        return ResponderSums(Counter(self.patients_with) + Counter(other.patients_with))

    @property
    def patients(self) -> int:
        """Patients with at least one counted session."""
        return sum(self.patients_with.values())

    @property
    def sessions(self) -> int:
        """Counted sessions."""
        return sum(n * number for (n, _), number in self.patients_with.items())

    @property
    def session_hits(self) -> int:
        """Counted sessions that reached the threshold."""
        return sum(hit * number for (_, hit), number in self.patients_with.items())

    @property
    def patient_votes(self) -> int:
        """Patients who reached it in more than half of their counted sessions; a tie is a no."""
        return sum(number for (n, hit), number in self.patients_with.items() if 2 * hit > n)

    def shares(self) -> ShareSums:
        """What is left of them when only the share of sessions is asked for."""
        return ShareSums.of(self.patients_with)


@dataclass(frozen=True)
class Responders:
    """The shares, 0 to 1, with their denominators; hidden below ten patients.

    ``patient_share`` is the headline: ``votes`` of ``patients``. ``low`` to ``high`` belongs to
    ``session_share``: ``hits`` of ``sessions``.
    """

    threshold: Threshold
    patients: int
    sessions: int
    votes: int
    hits: int
    patient_share: float | None = None
    session_share: float | None = None
    low: float | None = None
    high: float | None = None
    hidden_because: str = ""


def who_counts() -> str:
    """Whose sessions a share is of."""
    return f"patients with a session that began at {LEAST_BEFORE} or more and has both scores"


def responders(threshold: Threshold, sums: ResponderSums) -> Responders:
    """Both shares with the interval of the second, or the reason why they are not shown."""
    counts = (sums.patients, sums.sessions, sums.patient_votes, sums.session_hits)
    if reason := too_few(sums.patients, who_counts()):
        return Responders(threshold, *counts, hidden_because=reason)
    low, high = interval(sums)
    shares = (sums.patient_votes / sums.patients, sums.session_hits / sums.sessions)
    return Responders(threshold, *counts, *shares, low, high)


def interval(sums: ResponderSums) -> tuple[float, float]:
    """The 95 % interval of the share of sessions, knowing which belong to one patient.

    Up to ``MOST_DRAWN`` patients by drawing patients again; above, where the two agree to three
    decimals, by the cluster-robust variance (shares.py). Never outside 0 to 1.
    """
    if sums.patients <= MOST_DRAWN:
        return _drawn_again(tuple(sorted(sums.patients_with.items())))
    return sums.shares().interval()


@lru_cache(maxsize=256)
def _drawn_again(patients_with: tuple[tuple[Pair, int], ...]) -> tuple[float, float]:
    """The same patients have the same interval, so it is kept: drawing is slow."""
    return cluster_interval(dict(patients_with))
