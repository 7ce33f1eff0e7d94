"""Counting passwords that are tried: a try is reserved before its hash is reckoned.

One statement looks at all counters of a try and raises them; what comes at the same time waits
for its rows, so that fifty at once cannot spend fifty hashes. Its rows stand in the order of their
keys, so that two statements never wait for each other.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache

from django.db import connection, transaction
from django.db.models import F

from sessions_app.people.try_model import PasswordTry
from sessions_app.people.waits import ALL, BY_KIND, FORGOTTEN_AFTER, Waits

Counted = Mapping[str, Waits]
"""Keys of counters, each with its kind of waiting."""

AT_ONCE = 200
"""Old counters that one try takes away."""


class _Refused(Exception):
    """Not every counter of a try was free."""


def reserve(counted: Counted, *, at_ms: int) -> int:
    """Reserve a try and return 0; where it must wait, reserve nothing and return the seconds.

    Who must wait is told by one SELECT, which locks nothing.
    """
    waiting = _seconds_left(counted, at_ms)
    if waiting:
        return waiting
    rows = [(key, kind.kind, at_ms) for key, kind in sorted(counted.items())]
    with suppress(_Refused), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_spelled(len(rows)), [value for row in rows for value in row])
            if len(cursor.fetchall()) < len(rows):
                raise _Refused
        return 0
    return max(1, _seconds_left(counted, at_ms))


def give_back(counted: Counted, *, own: Sequence[str]) -> None:
    """Take a try that was right off its counters; `own` ones begin anew."""
    for key in sorted(counted):
        row = PasswordTry.objects.filter(key=key, tries__gt=0)
        row.update(tries=0 if key in own else F("tries") - 1)


def forget_old(*, at_ms: int) -> None:
    """Take away counters that nobody has touched for a day, a part at a time."""
    with transaction.atomic():
        old = PasswordTry.objects.filter(last_ms__lt=at_ms - FORGOTTEN_AFTER * 1000)
        old = old.order_by("key").select_for_update(skip_locked=True)
        keys = list(old.values_list("key", flat=True)[:AT_ONCE])
        if keys:
            PasswordTry.objects.filter(key__in=keys).delete()


def _seconds_left(counted: Counted, at_ms: int) -> int:
    held = PasswordTry.objects.filter(key__in=list(counted))
    waits = [
        row.last_ms + 1000 * BY_KIND[row.kind].after(row.tries) - at_ms
        for row in held
        if row.kind in BY_KIND
    ]
    return -(-max(0, *waits, 0) // 1000)


@cache
def _spelled(rows: int) -> str:
    """Return the statement that raises this many counters where each of them is free."""
    drains = " ".join(f"WHEN '{one.kind}' THEN {one.drains * 1000}" for one in ALL)
    waits = " ".join(f"WHEN '{one.kind}' THEN {_wait(one)}" for one in ALL)
    left = f"held.tries - (excluded.last_ms - held.last_ms) / CASE held.kind {drains} END"
    return f"""
        INSERT INTO sessions_app_passwordtry AS held (key, kind, tries, last_ms)
        VALUES {", ".join(["(%s, %s, 1, %s)"] * rows)}
        ON CONFLICT (key) DO UPDATE
        SET tries = 1 + CASE WHEN {left} > 0 THEN {left} ELSE 0 END, last_ms = excluded.last_ms
        WHERE held.last_ms + CASE held.kind {waits} END <= excluded.last_ms
        RETURNING key
    """  # noqa: S608 - our own words and numbers


def _wait(one: Waits) -> str:
    """Return a table of waiting as SQL, in milliseconds."""
    steps = sorted(one.steps, reverse=True)
    cases = " ".join(f"WHEN held.tries >= {begins} THEN {s * 1000}" for begins, s in steps)
    return f"CASE {cases} ELSE 0 END"
