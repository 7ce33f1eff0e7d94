"""The limits of a funnel plot: how far a unit of so many patients lies from the mean by chance.

Spiegelhalter DJ. Funnel plots for comparing institutional performance. Stat Med 2005;24:1185-1202,
doi 10.1002/sim.1970: target ± z_p · standard error at that number, here with the normal
approximation; z is 1.96 for 95 % and 3.09 for 99.8 %.
"""

from dataclasses import dataclass
from math import isfinite, sqrt
from statistics import NormalDist

from sessions_app.charts.figures import PERCENT

INNER, OUTER = 0.95, 0.998


@dataclass(frozen=True, slots=True)
class Limits:
    """The mean of all, and the spread of one patient around it."""

    centre: float
    deviation: float

    def __post_init__(self) -> None:
        """Refuse what no data can have given."""
        if not isfinite(self.centre) or not isfinite(self.deviation) or self.deviation < 0:
            raise ValueError("A funnel needs a mean and a spread that are numbers.")

    def at(self, patients: float, within: float) -> tuple[float, float]:
        """Return the limits that a part ``within`` of units of this size keeps by chance."""
        z = NormalDist().inv_cdf((1 + within) / 2)
        away = z * self.deviation / sqrt(patients)
        return self.centre - away, self.centre + away

    def place_of(self, value: float, patients: int) -> str:
        """Say in words where a unit lies, without a judgement."""
        for within, words in (
            (INNER, "inside both limits"),
            (OUTER, f"outside the 95{PERCENT} limits"),
        ):
            low, high = self.at(patients, within)
            if low <= value <= high:
                return words
        return f"outside the 99.8{PERCENT} limits"
