"""Tries at the same moment (PostgreSQL, real commits): no more hashes than one after the other."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from sessions_app.people import try_actions
from sessions_app.people.try_model import PasswordTry
from sessions_app.people.waits import ACCOUNT, ADDRESS, PLACE
from tests.universe import Universe

pytestmark = pytest.mark.postgres
AT = 1_800_000_000_000
THREADS = 25


def at_once(tries: list[Callable[[], int]]) -> list[int]:
    """Try all at one moment, each on its own connection."""
    gate = Barrier(len(tries), timeout=30)

    def one(attempt: Callable[[], int]) -> int:
        try:
            connection.ensure_connection()
            gate.wait()
            return attempt()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(tries)) as pool:
        return list(pool.map(one, tries))


def test_many_tries_at_once_reserve_as_many_as_one_after_the_other(committed: Universe) -> None:
    counted = {"place": PLACE, "account": ACCOUNT, "address": ADDRESS}
    waits = at_once([lambda: try_actions.reserve(counted, at_ms=AT)] * THREADS)
    assert sorted(waits) == [0] * 4 + [60] * (THREADS - 4)
    assert set(PasswordTry.objects.values_list("tries", flat=True)) == {4}


def test_tries_from_many_addresses_at_once_share_the_account(committed: Universe) -> None:
    def attempt(n: int) -> Callable[[], int]:
        counted = {f"{n:02} place": PLACE, "account": ACCOUNT, f"{n:02}": ADDRESS}
        return lambda: try_actions.reserve(counted, at_ms=AT)

    waits = at_once([attempt(n) for n in range(THREADS)])
    assert waits.count(0) == 5
    assert PasswordTry.objects.count() == 1 + 2 * 5


def test_giving_back_cleaning_up_and_reserving_wait_for_each_other(committed: Universe) -> None:
    counted = {"z": PLACE, "a": ADDRESS, "m": ACCOUNT}
    try_actions.reserve(counted, at_ms=AT - 2 * 24 * 3600 * 1000)

    def give_back() -> int:
        try_actions.give_back(counted, own=["z"])
        return 0

    def forget() -> int:
        try_actions.forget_old(at_ms=AT)
        return 0

    mixed = [lambda: try_actions.reserve(counted, at_ms=AT), give_back, forget] * 8
    assert max(at_once(mixed)) <= 60
