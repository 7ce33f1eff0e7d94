"""What a reader can reckon of hidden figures who knows their sums, by a linear program."""

from collections.abc import Sequence


def least_and_most(
    place: int, sums: Sequence[Sequence[float]], told: Sequence[float], bounds: tuple[int, int]
) -> tuple[float, float]:
    """Return the least and the most that the figure at a place can be, with all sums as told."""
    from scipy.optimize import linprog  # a second to import: only where a test reckons

    wide = len(sums[0])
    want = [1.0 if at == place else 0.0 for at in range(wide)]
    least = linprog(want, A_eq=sums, b_eq=told, bounds=bounds).fun
    most = -linprog([-one for one in want], A_eq=sums, b_eq=told, bounds=bounds).fun
    return float(least), float(most)
