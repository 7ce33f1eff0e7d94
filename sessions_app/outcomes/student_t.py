"""Quantiles of Student's t distribution, by the standard library alone.

The distribution is written with the regularised incomplete beta function I_x(a, b)
(Abramowitz & Stegun 26.7.1 and 26.5.27), which is computed by its continued fraction
(DLMF 8.17.22, A&S 26.5.8) with Lentz's method; the quantile is found by Newton steps
that are never allowed to leave a bracket. Relative error below 1e-9 for 1 to 1e6 degrees
of freedom.
"""

from collections.abc import Callable
from functools import lru_cache
from math import copysign, exp, gamma, log1p, pi, sqrt

_CLOSE = 4e-16  # two or so units in the last place of a double
_MAX_TERMS = 20_000  # about 700 are needed at 1e6 degrees of freedom


@lru_cache(maxsize=1024)
def student_t_quantile(p: float, df: int) -> float:
    """The t with P(T ≤ t) = ``p`` for ``df`` degrees of freedom.

    ``p`` lies strictly between 0 and 1, ``df`` is at least 1; otherwise ValueError.
    """
    if not 0 < p < 1:
        raise ValueError(f"p must lie between 0 and 1, not {p}")
    if df < 1:
        raise ValueError(f"there must be at least 1 degree of freedom, not {df}")
    if 0.1 < p < 0.9:
        return copysign(_from_centre(abs(2 * p - 1), df), p - 0.5)
    return copysign(_from_tail(min(p, 1 - p), df), p - 0.5)


def _from_centre(share: float, df: int) -> float:
    """The t for which P(−t < T < t) = ``share``; exact near the middle, where a tail is not."""
    if share == 0:
        return 0.0
    return _root(lambda t: share - _centre(t, df), df)


def _from_tail(tail: float, df: int) -> float:
    """The t for which P(T > t) = ``tail``; exact far out, where the centre is not."""
    return _root(lambda t: 2 * (_tail(t, df) - tail), df)


def _root(falling: Callable[[float], float], df: int) -> float:
    """The zero of a function of t whose slope is −2·density(t): Newton inside a bracket."""
    low, high = 0.0, 1.0
    while falling(high) > 0:
        low, high = high, 2 * high
    t = (low + high) / 2
    for _ in range(200):
        value = falling(t)
        low, high = (t, high) if value > 0 else (low, t)
        step = value / (2 * _density(t, df))
        nearer = t + step
        if abs(step) <= 1e-12 * t:  # the step just taken squares this error away
            return nearer
        t = nearer if low < nearer < high else (low + high) / 2
    return t


def _centre(t: float, df: int) -> float:
    """P(−t < T < t) = I_y(1/2, df/2) with y = t²/(df + t²)."""
    if t * t > 3:
        return 1 - 2 * _tail(t, df)
    y = t * t / (df + t * t)
    return 2 * t * _density(t, df) * _fraction(0.5, df / 2, y)


def _tail(t: float, df: int) -> float:
    """P(T > t) = ½·I_x(df/2, 1/2) with x = df/(df + t²)."""
    if t * t <= 3:
        return (1 - _centre(t, df)) / 2
    x = df / (df + t * t)
    return t * _density(t, df) * _fraction(df / 2, 0.5, x) / df


def _density(t: float, df: int) -> float:
    """The density of T at t (A&S 26.7.1)."""
    return _gamma_ratio(df / 2) / sqrt(pi * df) * exp(-(df + 1) / 2 * log1p(t * t / df))


def _gamma_ratio(a: float) -> float:
    """Γ(a + ½)/Γ(a); beyond a = 50 by its expansion (DLMF 5.11.13), to double precision."""
    if a < 50:
        return gamma(a + 0.5) / gamma(a)
    series = (1.0, -1 / 8, 1 / 128, 5 / 1024, -21 / 32768, -399 / 262144, 869 / 4194304)
    return sqrt(a) * sum(c / a**k for k, c in enumerate(series))


def _fraction(a: float, b: float, x: float) -> float:
    """The continued fraction of DLMF 8.17.22, without its factor x^a (1−x)^b / (a B(a, b)).

    Converges fast while x < (a+1)/(a+b+2), which the callers hold by splitting at t² = 3.
    """
    value = upper = 1.0
    lower = 0.0
    for m in range(_MAX_TERMS):
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        even = (m + 1) * (b - m - 1) * x / ((a + 2 * m + 1) * (a + 2 * m + 2))
        before = value
        for term in (odd, even):
            lower = 1 / (1 + term * lower)
            upper = 1 + term / upper
            value *= upper * lower
        if abs(value - before) <= _CLOSE * abs(value):
            break
    return 1 / value
