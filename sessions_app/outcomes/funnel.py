"""Do therapists or clinics differ by more than chance? A funnel, never a ranking.

Each patient counts once, with the mean of their changes. Around the mean θ of all patients, a unit
with G patients is expected within θ ± z·σ/√G in 95 % (z 1.96) or 99.8 % (z 3.09) of units that do
not differ (Spiegelhalter 2005, Stat Med 24:1185-1202, doi 10.1002/sim.1970). σ is the spread
of patients inside units, pooled, so that units that differ do not widen their own limits. Who
comes to whom is not chance: the mean score before stands beside each unit.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt
from statistics import NormalDist

from sessions_app.outcomes.enough import MINIMUM_PATIENTS
from sessions_app.outcomes.summary import PatientSums
from sessions_app.vocabulary.coded import Coded

LEAST_UNITS = 2
INNER, OUTER = (NormalDist().inv_cdf(p) for p in (0.975, 0.999))


@dataclass(frozen=True)
class UnitSums:
    """One therapist's or clinic's patients, each with the mean of their changes and befores.

    Exact and mergeable where no patient is in both. A patient seen by two therapists stands,
    with the sessions of each, at both.
    """

    patients: int = 0
    means: Fraction = Fraction(0)  # Σ m_g, m_g = S_g/n_g
    squares: Fraction = Fraction(0)  # Σ m_g²
    befores: Fraction = Fraction(0)  # Σ of each patient's mean score before

    @classmethod
    def of_patient(cls, changes: PatientSums, befores: int) -> "UnitSums":
        """One patient: the sums of the changes, and of the same sessions' scores before."""
        if not changes.n:
            return cls()
        return cls.of_alike(changes.n, 1, changes.total, changes.total**2, befores)

    @classmethod
    def of_alike(cls, n: int, patients: int, total: int, squares: int, befores: int) -> "UnitSums":
        """Many patients with ``n`` sessions each, from Σ S_g, Σ S_g² and the sum of the befores."""
        return cls(patients, Fraction(total, n), Fraction(squares, n * n), Fraction(befores, n))

    def __add__(self, other: "UnitSums") -> "UnitSums":
        """More patients of the same unit."""
        return UnitSums(
            self.patients + other.patients,
            self.means + other.means,
            self.squares + other.squares,
            self.befores + other.befores,
        )

    @property
    def spread(self) -> Fraction:
        """Σ (m_g − m̄)² inside the unit."""
        return self.squares - self.means**2 / self.patients if self.patients else Fraction(0)


class Place(Coded):
    """Where a unit stands in the funnel; a reason to look, never a verdict."""

    INSIDE = "inside", "Inside", "Where chance alone would keep 95 of 100."
    BEYOND_95 = "beyond_95", "Outside 95 %", "Where chance alone would put 1 of 20."
    BEYOND_99_8 = "beyond_99_8", "Outside 99.8 %", "Where chance alone would put 1 of 500."


@dataclass(frozen=True)
class Unit:
    """One unit's dot: mean change of its patients (improvement positive) and its case mix."""

    key: str
    patients: int
    mean: float
    mean_before: float
    place: Place


@dataclass(frozen=True)
class Funnel:
    """The dots in the order they were given, the middle line, and what the limits need.

    Units with fewer than ten patients are left out. Without a figure the last field says why.
    """

    units: tuple[Unit, ...]
    centre: float | None = None
    sigma: float | None = None
    hidden_because: str = ""

    def limits(self, patients: int, z: float = INNER) -> tuple[float, float]:
        """θ ± z·σ/√G for a unit of G patients. Only where the funnel is shown."""
        if self.centre is None or self.sigma is None:
            raise ValueError(self.hidden_because)
        half = z * self.sigma / sqrt(patients)
        return self.centre - half, self.centre + half

    @property
    def beyond(self) -> int:
        """Units outside the 95 % limits; by chance alone one in twenty is."""
        return sum(unit.place is not Place.INSIDE for unit in self.units)


def funnel(units: Mapping[str, UnitSums], noun: str = "therapists") -> Funnel:
    """The funnel of all units with enough patients, in the mapping's order."""
    shown = {key: sums for key, sums in units.items() if sums.patients >= MINIMUM_PATIENTS}
    if len(shown) < LEAST_UNITS:
        reason = (
            f"needs {LEAST_UNITS} {noun} with {MINIMUM_PATIENTS} patients each; "
            f"you have {len(shown) or 'none'}"
        )
        return Funnel((), hidden_because=reason)
    whole = sum(shown.values(), UnitSums())
    variance = sum((one.spread for one in shown.values()), Fraction(0)) / (
        whole.patients - len(shown)
    )
    empty = Funnel((), float(whole.means / whole.patients), sqrt(variance))
    dots = tuple(_unit(key, sums, empty) for key, sums in shown.items())
    return Funnel(dots, empty.centre, empty.sigma)


def _unit(key: str, sums: UnitSums, around: Funnel) -> Unit:
    mean = float(sums.means / sums.patients)
    before = float(sums.befores / sums.patients)
    return Unit(key, sums.patients, mean, before, _place(mean, sums.patients, around))


def _place(mean: float, patients: int, around: Funnel) -> Place:
    for z, place in ((OUTER, Place.BEYOND_99_8), (INNER, Place.BEYOND_95)):
        low, high = around.limits(patients, z)
        if not low <= mean <= high:
            return place
    return Place.INSIDE
