"""Patients drawn again, with replacement: the bootstrap over clusters, in whole numbers.

The interval of a share of sessions must know that sessions belong to patients, so whole patients
are drawn (Davison & Hinkley 1997, Bootstrap Methods and their Application, §3.8). All that counts
of a patient is (n, hits), and both sums travel in one whole number, hits in its low bits.

The patients stand in a row of 65,536 places, each in as many as all of them can have:

    | first | first | second | second | … | last | last | empty |

Sixteen random bits are a place. Who meets an empty place is drawn again, so every patient is
drawn with exactly the same chance. Only whole numbers and the Mersenne twister are used, whose
bits are the same everywhere, and the row is sorted: one seed gives one interval on every machine,
in whichever order the patients came.
"""

import sys
from array import array
from collections.abc import Mapping
from random import Random

Pair = tuple[int, int]
"""One patient's sessions, and how many of them are hits."""

MOST_DRAWN = 10_000
"""Patients that are drawn from; 999 resamples of so many take about half a second."""

RESAMPLES = 999
"""So that 2.5 % and 97.5 % fall on the 25th smallest and the 25th largest."""

SEED = 2008
_PLACES = 1 << 16
_SHIFT = 26  # hits, then n, then empty places; a larger sum would be slower, so it is refused
_LOW = (1 << _SHIFT) - 1


def cluster_interval(
    patients: Mapping[Pair, int], resamples: int = RESAMPLES, seed: int = SEED
) -> tuple[float, float]:
    """The 95 % percentile interval of Σ hits / Σ n over patients drawn with replacement.

    ``patients`` tells how many patients have each pair (n, hits), n being at least 1; there are
    1 to ``MOST_DRAWN`` of them. ``resamples`` + 1 must be a multiple of 40. Else ValueError.
    """
    total = sum(patients.values())
    if not 1 <= total <= MOST_DRAWN:
        raise ValueError(f"1 to {MOST_DRAWN} patients can be drawn from, not {total}")
    if (resamples + 1) % 40:
        raise ValueError(f"{resamples} resamples cannot be cut at 2.5 %")
    row = _row(patients, _PLACES // total)
    random = Random(seed)  # noqa: S311 - resampling, not a secret
    shares = sorted(_share(random, row, total) for _ in range(resamples))
    edge = (resamples + 1) // 40
    return shares[edge - 1], shares[-edge]


def _row(patients: Mapping[Pair, int], each: int) -> list[int]:
    """The places: ``each`` of them for every patient, then the empty ones."""
    row: list[int] = []
    for (n, hits), number in sorted(patients.items()):
        if not 0 <= hits <= n or not 1 <= n <= _LOW // MOST_DRAWN:
            raise ValueError(f"a patient cannot have {hits} of {n} sessions")
        row += [n << _SHIFT | hits] * (number * each)
    return row + [1 << 2 * _SHIFT] * (_PLACES - len(row))


def _share(random: Random, row: list[int], total: int) -> float:
    """Σ hits / Σ n of ``total`` patients drawn; a quotient of whole numbers, rounded once."""
    drawn, missing = 0, total
    while missing:
        drawn += sum(map(row.__getitem__, _places(random, missing)))
        missing, drawn = drawn >> 2 * _SHIFT, drawn & ((1 << 2 * _SHIFT) - 1)
    return (drawn & _LOW) / (drawn >> _SHIFT)


def _places(random: Random, number: int) -> "array[int]":
    """So many random places, from the same bits on every machine."""
    places = array("H", random.randbytes(2 * number))
    if sys.byteorder == "big":
        places.byteswap()
    return places
