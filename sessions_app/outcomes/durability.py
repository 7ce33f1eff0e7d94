"""Does it last? Three looks, none of which can show why.

- the score before, by the number of the session in its course (and weekly measures, by week);
- the share of the drop that is still there at the next visit, where that is within 72 hours;
- a measure of the next day, beside the same sessions' change from before to after.

Deaths and discharges thin the right side of any course: whoever is still there at session 6 is not
like all who began. What the literature leads one to expect: nothing over three weeks against still
touch (Kutner 2008).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from math import sqrt

from sessions_app.outcomes.enough import MINIMUM_PATIENTS, too_few
from sessions_app.outcomes.student_t import student_t_quantile
from sessions_app.outcomes.summary import CONFIDENCE, MeanChange, Moments, mean_change

LONGEST_GAP = timedelta(hours=72)
"""Beyond this nothing is said about what is left of a drop."""


@dataclass(frozen=True)
class NumberSums:
    """The scores at one number (of the session, of the week): exact, mergeable by patients."""

    patients: int = 0
    n: int = 0
    total: int = 0

    def __add__(self, other: "NumberSums") -> "NumberSums":
        """Other patients' scores at the same number."""
        return NumberSums(
            self.patients + other.patients, self.n + other.n, self.total + other.total
        )


@dataclass(frozen=True)
class AtNumber:
    """The mean score at one number; None below ten patients, who are still counted."""

    number: int
    patients: int
    n: int
    mean: float | None


def by_number(sums: Mapping[int, NumberSums]) -> tuple[AtNumber, ...]:
    """The means in the order of their numbers; a number without a score is left out."""
    return tuple(
        AtNumber(
            number,
            one.patients,
            one.n,
            one.total / one.n if one.patients >= MINIMUM_PATIENTS else None,
        )
        for number, one in sorted(sums.items())
        if one.n
    )


@dataclass(frozen=True)
class StillThere:
    """One patient's pairs of neighbouring sessions with three scores and a gap within 72 hours.

    ``drop`` sums the changes from before to after of the first sessions, ``kept`` those from
    before the first to before the next; improvement is positive in both.
    """

    pairs: int = 0
    drop: int = 0
    kept: int = 0

    def __add__(self, other: "StillThere") -> "StillThere":
        """More pairs of the same patient."""
        return StillThere(self.pairs + other.pairs, self.drop + other.drop, self.kept + other.kept)


@dataclass(frozen=True)
class LastingSums:
    """All that the share and its interval need, whole numbers.

    Two may be added when no patient is in both.
    """

    patients: int = 0
    pairs: int = 0
    drop: int = 0
    kept: int = 0
    drop_squares: int = 0
    products: int = 0
    kept_squares: int = 0

    @classmethod
    def of(cls, patients: Iterable[StillThere]) -> "LastingSums":
        """The sums of many patients; one without a pair counts for nothing."""
        result = cls()
        for one in patients:
            if one.pairs:
                d, k = one.drop, one.kept
                result += cls(1, one.pairs, d, k, d * d, d * k, k * k)
        return result

    def __add__(self, other: "LastingSums") -> "LastingSums":
        """Both groups of patients together."""
        return LastingSums(
            self.patients + other.patients,
            self.pairs + other.pairs,
            self.drop + other.drop,
            self.kept + other.kept,
            self.drop_squares + other.drop_squares,
            self.products + other.products,
            self.kept_squares + other.kept_squares,
        )

    def covariance(self, products: int, one: int, other: int) -> Fraction:
        """G/(G−1)·(Σ x_g·y_g − Σx·Σy/G): of two totals over patients. Needs two patients."""
        g = self.patients
        return Fraction(g, g - 1) * (products - Fraction(one * other, g))


@dataclass(frozen=True)
class Lasting:
    """The share of the drop still there, Σ kept / Σ drop, with its 95 % interval.

    May lie below 0 (worse than before the first session) or above 1 (fell further). Where the
    data cannot show it the three are None and ``hidden_because`` says why.
    """

    patients: int
    pairs: int
    share: float | None = None
    low: float | None = None
    high: float | None = None
    hidden_because: str = ""


NO_DROP = (
    "the scores did not clearly improve from before to after these sessions, so there is no drop "
    "of which a part could be left"
)
LASTING_CANNOT_SHOW = (
    "The next score before a session moves for other reasons too: medicines, the illness, and high "
    "scores that fall by themselves. Those who came again within 72 hours are not like the others."
)
"""Stands under the share wherever it is shown."""


def lasting(sums: LastingSums) -> Lasting:
    """The share with Fieller's interval, patients as clusters (Fieller 1954, JRSS B 16:175-185).

    The interval holds every ρ with (K − ρD)² ≤ t²·Var(K − ρD), t with G − 1 degrees of freedom;
    it is bounded only where the drop D itself is clearly above 0, and only then is it shown.
    """
    g = sums.patients
    what = "patients who came again within 72 hours, with the scores before and after"
    if reason := too_few(g, what):
        return Lasting(g, sums.pairs, hidden_because=reason)
    t2 = Fraction(student_t_quantile((1 + CONFIDENCE) / 2, g - 1)) ** 2
    d, k = sums.drop, sums.kept
    a = d * d - t2 * sums.covariance(sums.drop_squares, d, d)
    b = d * k - t2 * sums.covariance(sums.products, d, k)
    c = k * k - t2 * sums.covariance(sums.kept_squares, k, k)
    if d <= 0 or a <= 0:
        return Lasting(g, sums.pairs, hidden_because=NO_DROP)
    half = sqrt(max(b * b - a * c, Fraction(0)))
    return Lasting(g, sums.pairs, k / d, (float(b) - half) / float(a), (float(b) + half) / float(a))


@dataclass(frozen=True)
class Later:
    """A later measure beside the same sessions' change from before to after.

    Both are counted from the score before, over sessions that have all three scores; ``missing``
    sessions have no later score.
    """

    later: MeanChange
    at_once: MeanChange
    missing: int


def later_measure(later: Moments, at_once: Moments, missing: int) -> Later:
    """Both means, of the same sessions and patients; ValueError when they are not."""
    if (later.patients, later.sessions) != (at_once.patients, at_once.sessions):
        raise ValueError("the later scores and the scores after are not of the same sessions")
    return Later(mean_change(later), mean_change(at_once), missing)
