"""Do two arms of a clinic's own data differ, once the score before is allowed for?

Analysis of covariance: after = a + b·before + c·arm, over sessions with both scores; c is the
difference between the arms at the same score before. Sessions of one patient resemble each other,
so its interval is cluster-robust by patient (t with G − 1 degrees of freedom). Allowing for the
score before is better than comparing changes (Vickers & Altman 2001, BMJ 323:1123-1124), but it
does not make an experiment of what was none: nobody drew lots for the arm.

The fit is statsmodels', imported where it is needed and nowhere else: it takes seconds and 175 MB,
and the app must start without it (the extra «report»; requirements-report.lock). A page lets
`apart` do it in another process.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sessions_app.outcomes.enough import too_few
from sessions_app.outcomes.spoken import UNCHANGED, as_sentence, counted, more_or_less
from sessions_app.vocabulary.scales import Scale

OBSERVATIONAL = (
    "Observational: patients were not put on an arm by chance here, unless your clinic drew lots. "
    "The difference may come from who is put on which, from who gives it, or from who asks."
)
WHY_IT_MISLEADS = (
    (
        "Who is put on which arm: the sicker may go to one of them, in ways the score before does "
        "not show."
    ),
    (
        "Who gives it: arms are given by different people, in the Kutner trial massage by "
        "therapists and simple touch by volunteers. Their share cannot be told from the arm's."
    ),
    (
        "Who asks: scores told to the person who gave the session may be kinder, and not to "
        "everyone alike."
    ),
    (
        "The score before is part of the course: what lasted from an earlier session of the arm "
        "changes it, and is then allowed for as if it had been there anyway."
    ),
    "Missing scores: sessions without both scores are left out, and they are not like the rest.",
    (
        "When: one arm may have been given mostly in other months, on other wards, beside other "
        "medicines."
    ),
    "A straight line is assumed between the score before and after; scores end at 0 and at 10.",
    (
        "Looking often: of twenty comparisons that find nothing, about one has an interval that "
        "leaves out 0."
    ),
)
"""Shown beside every comparison."""

INSTALL = (
    "The comparison of arms needs a statistics library that is not installed here; whoever looks "
    "after the server installs it with: pip install --require-hashes -r requirements-report.lock"
)
CONFIDENCE = 0.95


class LibraryMissing(Exception):
    """The report cannot be made here; the message says what to install."""


Fit = tuple[float, float, float]
"""The coefficient of the arm, in points of the score after, and the ends of its interval."""


@dataclass(frozen=True, slots=True)
class ScoredSession:
    """One session with both scores: whose, on which arm."""

    patient: str
    arm: str
    before: int
    after: int


@dataclass(frozen=True)
class ArmCount:
    """What stands behind one arm."""

    arm: str
    patients: int
    sessions: int


@dataclass(frozen=True)
class ArmDifference:
    """How much more ``arm`` improved than ``other`` at the same score before, in points.

    Improvement is positive, whichever way the scale goes. ``patients`` are those of both arms
    together; one who was on both counts once. Without figures the last field says why.
    """

    scale: Scale
    arm: ArmCount
    other: ArmCount
    patients: int
    difference: float | None = None
    low: float | None = None
    high: float | None = None
    hidden_because: str = ""

    @property
    def sessions(self) -> int:
        """Sessions of both arms."""
        return self.arm.sessions + self.other.sessions

    @property
    def words(self) -> str:
        """The answer in a sentence, and what kind of answer it is."""
        if self.difference is None or self.low is None or self.high is None:
            return as_sentence(self.hidden_because)
        name, (arm, other) = self.scale.label.lower(), (self.arm.arm, self.other.arm)
        than = f"{more_or_less(self.scale, self.difference)} after «{arm}» than after «{other}»"
        if than.startswith(UNCHANGED):
            than = f"the same after «{arm}» as after «{other}»"
        reach = f"{_beside(self.scale, self.low)} to {_beside(self.scale, self.high)}"
        return (
            f"At the same score before, {name} was {than} (95 % interval: {reach}; "
            f"{self._count(self.arm)}, {self._count(self.other)}). {OBSERVATIONAL}"
        )

    @staticmethod
    def _count(one: ArmCount) -> str:
        number, patients = counted(one.sessions, "session"), counted(one.patients, "patient")
        return f"«{one.arm}»: {number} from {patients}"


def compare_arms(
    scale: Scale,
    sessions: Sequence[ScoredSession],
    arm: str,
    other: str,
    *,
    fit: Callable[[Sequence[ScoredSession], str], Fit] | None = None,
) -> ArmDifference:
    """Compare two arms; sessions of further arms are left out.

    Needs ten patients on each. ``fit`` is `fitted` unless another way is named. Raises
    LibraryMissing where statsmodels is not installed, and ValueError for a scale without a better
    end.
    """
    if scale.higher_is_better is None:
        raise ValueError(f"{scale.label} has no better end, so a difference has no direction")
    both = [session for session in sessions if session.arm in (arm, other)]
    counts = _count(both, arm), _count(both, other)
    patients = len({session.patient for session in both})
    if reason := _why_not(both, counts):
        return ArmDifference(scale, *counts, patients, hidden_because=reason)
    figures = (fit or fitted)(both, arm)
    if not scale.higher_is_better:
        difference, low, high = figures
        figures = -difference, -high, -low
    return ArmDifference(scale, *counts, patients, *figures)


def counts_of(
    scale: Scale, sessions: Sequence[ScoredSession], arm: str, other: str
) -> ArmDifference:
    """Return what stands behind a comparison, without its figures."""
    both = [session for session in sessions if session.arm in (arm, other)]
    patients = len({session.patient for session in both})
    return ArmDifference(scale, _count(both, arm), _count(both, other), patients)


def _beside(scale: Scale, improvement: float) -> str:
    return more_or_less(scale, improvement).replace(UNCHANGED, "no difference")


def _count(sessions: Sequence[ScoredSession], arm: str) -> ArmCount:
    patients = [session.patient for session in sessions if session.arm == arm]
    return ArmCount(arm, len(set(patients)), len(patients))


def _why_not(sessions: Sequence[ScoredSession], counts: tuple[ArmCount, ArmCount]) -> str:
    """Why there is no figure, or nothing."""
    for count in counts:
        what = f"patients with both scores on «{count.arm}»"
        if reason := too_few(count.patients, what):
            return reason
    begun = {count.arm: {s.before for s in sessions if s.arm == count.arm} for count in counts}
    if all(len(befores) == 1 for befores in begun.values()):
        return "needs scores before that are not all alike: then nothing can be allowed for"
    return ""


def fitted(sessions: Sequence[ScoredSession], arm: str) -> Fit:
    """The coefficient of the arm and its interval, in points of the score after."""
    fit = _ols()(
        [float(session.after) for session in sessions],
        [[1.0, float(session.before), float(session.arm == arm)] for session in sessions],
    ).fit(
        cov_type="cluster",
        cov_kwds={"groups": numbered(session.patient for session in sessions)},
        use_t=True,
    )
    low, high = fit.conf_int(1 - CONFIDENCE)[2]
    return float(fit.params[2]), float(low), float(high)


def _ols() -> Any:
    """The library's ordinary least squares, imported now."""
    try:
        from statsmodels.regression.linear_model import OLS
    except ImportError as missing:
        raise LibraryMissing(INSTALL) from missing
    return OLS


def numbered(patients: Iterable[str]) -> list[int]:
    """A number for each row's patient: the library groups by numbers, and they name nobody."""
    numbers: dict[str, int] = {}
    return [numbers.setdefault(patient, len(numbers)) for patient in patients]
