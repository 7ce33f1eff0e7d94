"""The comparison of two arms, against a second computation and against the trial it comes from."""

import random
import subprocess
import sys
from fractions import Fraction
from math import sqrt

import pytest

from sessions_app.outcomes.student_t import student_t_quantile
from sessions_app.reports import compare_arms as report
from sessions_app.reports.compare_arms import (
    OBSERVATIONAL,
    ArmDifference,
    LibraryMissing,
    ScoredSession,
    compare_arms,
)
from sessions_app.vocabulary.scales import Scale

pytest.importorskip("statsmodels", reason="needs requirements-report.lock")
pytestmark = pytest.mark.slow  # the import alone takes seconds


def cohort(seed: int, patients: int = 40, most: int = 6) -> list[ScoredSession]:
    """Two arms, patients with a bent of their own, scores inside 0 to 10."""
    chance = random.Random(seed)  # noqa: S311 - invented patients
    made = []
    for number in range(patients):
        arm, bent = ("massage", "touch")[number % 2], chance.gauss(0, 1)
        for _ in range(chance.randint(1, most)):
            before = chance.randint(2, 10)
            drop = chance.gauss(1.9 if arm == "massage" else 1.0, 1.5) + bent
            made.append(
                ScoredSession(f"p{number}", arm, before, min(10, max(0, round(before - drop))))
            )
    return made


def by_hand(sessions: list[ScoredSession], arm: str) -> tuple[float, float, float]:
    """Least squares and its cluster-robust variance in fractions, by the printed formulas.

    (X'X)⁻¹ (Σ_g u_g u_g') (X'X)⁻¹ · G/(G−1) · (N−1)/(N−3), u_g the sum of x·residual over g.
    """
    rows = [(1, s.before, int(s.arm == arm)) for s in sessions]
    bread = inverse(
        [[Fraction(sum(r[i] * r[j] for r in rows)) for j in range(3)] for i in range(3)]
    )
    right = [sum(r[i] * s.after for r, s in zip(rows, sessions, strict=True)) for i in range(3)]
    beta = [sum(bread[i][j] * right[j] for j in range(3)) for i in range(3)]
    sums: dict[str, list[Fraction]] = {}
    for row, session in zip(rows, sessions, strict=True):
        rest = session.after - sum(b * x for b, x in zip(beta, row, strict=True))
        known = sums.get(session.patient, [Fraction(0)] * 3)
        sums[session.patient] = [k + x * rest for k, x in zip(known, row, strict=True)]
    g, n = len(sums), len(sessions)
    arm_row = bread[2]
    spread = sum(
        sum(a * u for a, u in zip(arm_row, one, strict=True)) ** 2 for one in sums.values()
    )
    variance = spread * Fraction(g, g - 1) * Fraction(n - 1, n - 3)
    half = student_t_quantile(0.975, g - 1) * sqrt(variance)
    return float(beta[2]), float(beta[2]) - half, float(beta[2]) + half


def inverse(matrix: list[list[Fraction]]) -> list[list[Fraction]]:
    """Gauss-Jordan, exact."""
    size = len(matrix)
    work = [[*row, *(Fraction(i == j) for j in range(size))] for i, row in enumerate(matrix)]
    for i in range(size):
        pivot = next(r for r in range(i, size) if work[r][i])
        work[i], work[pivot] = work[pivot], work[i]
        work[i] = [value / work[i][i] for value in work[i]]
        for r in range(size):
            if r != i:
                work[r] = [a - work[r][i] * b for a, b in zip(work[r], work[i], strict=True)]
    return [row[size:] for row in work]


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("patients", [20, 61, 200])
def test_it_agrees_with_a_second_computation(seed: int, patients: int) -> None:
    sessions = cohort(seed, patients)
    found = compare_arms(Scale.PAIN, sessions, "massage", "touch")
    coefficient, low, high = by_hand(sessions, "massage")
    assert (found.difference, found.low, found.high) == pytest.approx(
        (-coefficient, -high, -low), abs=1e-9
    )
    assert found.sessions == len(sessions)


@pytest.mark.parametrize("seed", range(3))
def test_arms_changed_round_turn_the_difference_round(seed: int) -> None:
    sessions = cohort(seed)
    one = compare_arms(Scale.PAIN, sessions, "massage", "touch")
    other = compare_arms(Scale.PAIN, sessions, "touch", "massage")
    assert (one.difference, one.low, one.high) == pytest.approx(
        (-other.difference, -other.high, -other.low), abs=1e-9
    )
    assert (one.arm, one.other) == (other.other, other.arm)


def test_improvement_is_positive_whichever_way_the_scale_goes() -> None:
    sessions = cohort(1)
    turned = [ScoredSession(s.patient, s.arm, 10 - s.before, 10 - s.after) for s in sessions]
    pain = compare_arms(Scale.PAIN, sessions, "massage", "touch")
    mood = compare_arms(Scale.MOOD, turned, "massage", "touch")
    assert (mood.difference, mood.low, mood.high) == pytest.approx(
        (pain.difference, pain.low, pain.high), abs=1e-9
    )


def test_order_and_further_arms_change_nothing() -> None:
    sessions = cohort(2)
    other = [ScoredSession("x", "open", 9, 0)] * 5
    there = compare_arms(Scale.PAIN, [*other, *sessions[::-1]], "massage", "touch")
    here = compare_arms(Scale.PAIN, sessions, "massage", "touch")
    assert (there.difference, there.low) == pytest.approx((here.difference, here.low), abs=1e-9)
    assert (there.patients, there.sessions) == (40, here.sessions)


def test_a_patient_who_was_on_both_arms_counts_once() -> None:
    sessions = [*cohort(3), ScoredSession("p0", "touch", 5, 4)]
    found = compare_arms(Scale.PAIN, sessions, "massage", "touch")
    assert (found.patients, found.arm.patients, found.other.patients) == (40, 20, 21)


def test_no_difference_at_all_is_nought_with_no_width() -> None:
    sessions = [
        ScoredSession(f"{arm}{n}", arm, 4 + n % 3, 2 + n % 3) for arm in "ab" for n in range(12)
    ]
    found = compare_arms(Scale.PAIN, sessions, "a", "b")
    assert (found.difference, found.low, found.high) == pytest.approx((0, 0, 0), abs=1e-9)


def test_too_little_data_says_which_arm_wants_more() -> None:
    sessions = [s for s in cohort(4) if s.arm == "massage" or s.patient in ("p1", "p3")]
    found = compare_arms(Scale.PAIN, sessions, "massage", "touch")
    assert found.difference is None
    assert found.words == "Needs 10 patients with both scores on «touch»; you have 2."
    nobody = compare_arms(Scale.PAIN, [], "massage", "touch")
    assert nobody.words == "Needs 10 patients with both scores on «massage»; you have none."


def test_scores_before_that_are_all_alike_leave_nothing_to_allow_for() -> None:
    sessions = [ScoredSession(f"{arm}{n}", arm, 5, n % 4) for arm in "ab" for n in range(10)]
    found = compare_arms(Scale.PAIN, sessions, "a", "b")
    assert found.hidden_because.startswith("needs scores before that are not all alike")


def test_a_scale_without_a_better_end_is_refused() -> None:
    with pytest.raises(ValueError, match="no better end"):
        compare_arms(Scale.HEART_RATE, [], "a", "b")


def test_the_words_label_it_observational() -> None:
    found = compare_arms(Scale.PAIN, cohort(5), "massage", "touch")
    shown = ArmDifference(Scale.PAIN, found.arm, found.other, 40, 0.85, -0.1, 1.8)
    counts = (
        f"«massage»: {found.arm.sessions} sessions from 20 patients, "
        f"«touch»: {found.other.sessions} sessions from 20 patients"
    )
    assert shown.words == (
        "At the same score before, pain was 0.85 points lower after «massage» than after «touch» "
        f"(95 % interval: 0.10 points higher to 1.80 points lower; {counts}). {OBSERVATIONAL}"
    )
    alike = ArmDifference(Scale.MOOD, found.arm, found.other, 40, 0.001, -0.004, 0.5)
    assert alike.words == (
        "At the same score before, mood was the same after «massage» as after «touch» (95 % "
        f"interval: no difference to 0.50 points higher; {counts}). {OBSERVATIONAL}"
    )
    assert "effect" not in shown.words


def test_without_the_library_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "statsmodels.regression.linear_model", None)
    with pytest.raises(LibraryMissing, match=r"requirements-report\.lock"):
        compare_arms(Scale.PAIN, cohort(6), "massage", "touch")


def test_the_library_is_imported_by_nobody_who_does_not_ask() -> None:
    lines = f"import sys, {report.__name__}; print(sorted(set(sys.modules) & {{'numpy', 'scipy'}}))"
    told = subprocess.run([sys.executable, "-c", lines], capture_output=True, text=True, check=True)
    assert told.stdout == "[]\n"
