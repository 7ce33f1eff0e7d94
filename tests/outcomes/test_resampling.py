"""Drawing patients again: the same numbers everywhere, and the right ones."""

import random
from collections import Counter
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions_app.outcomes.resampling import MOST_DRAWN, Pair, cluster_interval

pairs = st.integers(1, 8).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n)))
GOLDEN = (0.4276729559748428, 0.5394736842105263)
"""The interval of the patients below with the built-in seed; it never changes."""

patients = st.dictionaries(pairs, st.integers(1, 9), min_size=1, max_size=8)


def drawn(number: int, seed: int, most: int = 6) -> Counter[Pair]:
    """Patients with 1 to ``most`` sessions, each with a chance of their own."""
    chance = random.Random(seed)  # noqa: S311 - invented patients
    found: Counter[Pair] = Counter()
    for _ in range(number):
        n, p = chance.randint(1, most), chance.betavariate(2, 3)
        found[n, sum(chance.random() < p for _ in range(n))] += 1
    return found


def share(found: Counter[Pair]) -> float:
    return sum(h * k for (_, h), k in found.items()) / sum(n * k for (n, _), k in found.items())


def test_one_seed_gives_one_interval_on_every_machine() -> None:
    known = {(3, 2): 20, (2, 0): 15, (6, 3): 12, (1, 1): 5}
    assert cluster_interval(known) == GOLDEN
    assert cluster_interval(known, seed=1) != GOLDEN


@given(known=patients, chance=st.randoms())
def test_the_order_in_which_patients_came_does_not_matter(
    known: dict[Pair, int], chance: random.Random
) -> None:
    shuffled = list(known.items())
    chance.shuffle(shuffled)
    assert cluster_interval(known, 39) == cluster_interval(dict(shuffled), 39)


@given(known=patients)
def test_an_interval_lies_between_the_least_and_the_most_of_any_patient(
    known: dict[Pair, int],
) -> None:
    each = [hits / n for n, hits in known]
    low, high = cluster_interval(known, 79)
    assert min(each) <= low <= high <= max(each)


@pytest.mark.parametrize(("n", "hits"), [(1, 0), (4, 4), (3, 1)])
def test_patients_who_are_all_alike_leave_nothing_open(n: int, hits: int) -> None:
    assert cluster_interval({(n, hits): 12}) == (hits / n, hits / n)


def test_hits_turned_round_turn_the_interval_round() -> None:
    """The same draws cannot be asked for (the row is sorted), so this holds to the draws' noise."""
    known = drawn(400, 7)
    low, high = cluster_interval(known)
    other = cluster_interval({(n, n - hits): number for (n, hits), number in known.items()})
    assert (1 - other[1], 1 - other[0]) == pytest.approx((low, high), abs=0.01)


@pytest.mark.parametrize("number", [60, 298, 3_000])
def test_width_is_that_of_the_cluster_robust_variance(number: int) -> None:
    known = drawn(number, 11)
    p, sessions = share(known), sum(n * k for (n, _), k in known.items())
    variance = sum(k * (h - p * n) ** 2 for (n, h), k in known.items()) / sessions**2
    low, high = cluster_interval(known)
    assert high - low == pytest.approx(2 * 1.96 * sqrt(variance), rel=0.12)
    assert (low + high) / 2 == pytest.approx(p, abs=0.2 * (high - low))


def test_it_is_wider_than_one_that_takes_sessions_for_people() -> None:
    """Ten patients with ten like sessions each tell less than a hundred people."""
    low, high = cluster_interval({(10, 10): 5, (10, 0): 5})
    assert high - low > 2 * 1.96 * sqrt(0.25 / 100) * 2


@pytest.mark.parametrize(
    ("known", "resamples", "words"),
    [
        ({}, 39, "not 0"),
        ({(1, 1): MOST_DRAWN + 1}, 39, f"not {MOST_DRAWN + 1}"),
        ({(1, 1): 5}, 1_000, "cannot be cut"),
        ({(2, 3): 5}, 39, "3 of 2 sessions"),
        ({(0, 0): 5}, 39, "0 of 0 sessions"),
        ({(100_000, 0): 5}, 39, "0 of 100000 sessions"),
    ],
)
def test_what_cannot_be_drawn_is_refused(
    known: dict[Pair, int], resamples: int, words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        cluster_interval(known, resamples)
