"""The pages' means, shares and intervals, from whole sums, are statsmodels' to nine digits.

Ordinary least squares of the change on a constant with the patients as clusters, t with G − 1
degrees of freedom; and generalised estimating equations with independence between sessions, whose
sandwich lacks the factor G/(G − 1).
"""

import random
from collections import Counter
from math import sqrt

import pytest

from sessions_app.outcomes.shares import ShareSums, share
from sessions_app.outcomes.summary import Moments, PatientSums, mean_change

pytest.importorskip("statsmodels", reason="needs requirements-report.lock")
pytestmark = pytest.mark.slow  # the import alone takes seconds

Rows = list[list[int]]


def cohort(seed: int, patients: int, most: int, spread: float) -> Rows:
    """Changes of each patient's sessions; the sicker have fewer and change less."""
    chance = random.Random(seed)  # noqa: S311 - invented patients
    rows = []
    for _ in range(patients):
        n = chance.randint(1, most)
        bent = chance.gauss(0.3 * n, spread)
        rows.append([max(-10, min(10, round(chance.gauss(bent, 1.3)))) for _ in range(n)])
    return rows


COHORTS = [
    (seed, patients, most, spread)
    for seed, (patients, most, spread) in enumerate(
        [(10, 1, 0), (10, 6, 1), (11, 40, 3), (50, 6, 0), (151, 6, 1), (298, 6, 2), (2_000, 12, 1)]
    )
]


def flat(rows: Rows) -> tuple[list[float], list[int]]:
    changes = [float(change) for row in rows for change in row]
    return changes, [number for number, row in enumerate(rows) for _ in row]


@pytest.mark.parametrize(("seed", "patients", "most", "spread"), COHORTS)
def test_mean_and_interval_are_those_of_least_squares(
    seed: int, patients: int, most: int, spread: float
) -> None:
    from statsmodels.regression.linear_model import OLS

    rows = cohort(seed, patients, most, spread)
    changes, groups = flat(rows)
    fit = OLS(changes, [[1.0]] * len(changes)).fit(
        cov_type="cluster", cov_kwds={"groups": groups}, use_t=True
    )
    ours = mean_change(Moments.of(PatientSums.of(row) for row in rows))
    assert (ours.mean, ours.low, ours.high) == pytest.approx(
        (fit.params[0], *fit.conf_int(0.05)[0]), abs=1e-9
    )


@pytest.mark.parametrize(("seed", "patients", "most", "spread"), COHORTS)
def test_variance_is_that_of_estimating_equations(
    seed: int, patients: int, most: int, spread: float
) -> None:
    import numpy as np
    from statsmodels.genmod.generalized_estimating_equations import GEE

    rows = cohort(seed, patients, most, spread)
    changes, groups = flat(rows)
    fit = GEE(np.array(changes), np.ones((len(changes), 1)), np.array(groups)).fit()
    moments = Moments.of(PatientSums.of(row) for row in rows)
    without_factor = float(moments.variance_of_mean()) * (patients - 1) / patients
    assert float(moments.mean()) == pytest.approx(fit.params[0], abs=1e-9)
    assert sqrt(without_factor) == pytest.approx(fit.bse[0], abs=1e-9)


@pytest.mark.parametrize(("seed", "patients", "most", "spread"), COHORTS)
def test_share_and_interval_are_those_of_least_squares_on_ones_and_noughts(
    seed: int, patients: int, most: int, spread: float
) -> None:
    from statsmodels.regression.linear_model import OLS

    rows = [[int(d >= 2) for d in row] for row in cohort(seed, patients, most, spread)]
    flags, groups = flat(rows)
    fit = OLS(flags, [[1.0]] * len(flags)).fit(
        cov_type="cluster", cov_kwds={"groups": groups}, use_t=True
    )
    low, high = fit.conf_int(0.05)[0]
    ours = share(ShareSums.of(Counter((len(row), sum(row)) for row in rows)))
    assert (ours.share, ours.low, ours.high) == pytest.approx(
        (fit.params[0], max(0, low), min(1, high)), abs=1e-9
    )
