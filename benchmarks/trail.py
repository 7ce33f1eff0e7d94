"""The audit trail's page over a million events: first page, a page deep down, filters, one check.

    python -m benchmarks.trail [--events 1000000]                       (SQLite)
    python -m tests.postgres -- python -m benchmarks.trail

Told as ratios to the same page over a thousand events.
"""

from argparse import ArgumentParser
from statistics import median
from time import perf_counter
from typing import Any

from benchmarks.small import small_world

FEW = 1000
# A row every minute, the newest just now. Their seals are not real: pages do not look at them.
_FILL = """
INSERT INTO sessions_app_auditevent (id, clinic_id, seq, at, actor_id, actor_name, action,
  subject_type, subject_id, old, new, request_id, previous, hash)
SELECT {id}, %s, n, {at}, %s, 'A', CASE WHEN n %% 5000 = 0 THEN 'order.ended' ELSE
  'session.logged' END, 'session', {id}, '{{}}', '{{"minutes": 30}}', '', '', '' FROM {numbers}
"""
_SPELLED = {
    "postgresql": {
        "id": "gen_random_uuid()",
        "at": "now() - (%s - n) * interval '1 minute'",
        "numbers": "generate_series(%s, %s) AS t(n)",
    },
    "sqlite": {
        "id": "lower(hex(randomblob(16)))",
        "at": "datetime('now', '-' || (%s - n) || ' minutes')",
        "numbers": "(WITH RECURSIVE t(n) AS (VALUES(%s) UNION ALL SELECT n + 1 FROM t "
        "WHERE n < %s) SELECT n FROM t)",
    },
}


def main() -> None:
    """Fill, look, fill more, look again."""
    parser = ArgumentParser()
    parser.add_argument("--events", type=int, default=1_000_000)
    events = parser.parse_args().events
    with small_world() as world:
        _measure(world, events)


def _measure(world: Any, events: int) -> None:
    from django.db import connection
    from django.test import Client

    browser = Client()
    browser.force_login(world.supervisor.user)
    _fill(world, 101, FEW, events)
    few = _look(browser, world)
    _fill(world, FEW + 1, events, events)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"{connection.vendor}, {events:,} events against {FEW:,}")
    for name, took in _look(browser, world).items():
        print(f"  {name:34} {took * 1000:7.1f} ms, {took / few[name]:6.2f} of a thousand")


def _fill(world: Any, first: int, last: int, newest: int) -> None:
    from django.db import connection

    clinic, actor = world.birchwood.pk, world.therapist.user_id
    if connection.vendor == "sqlite":
        clinic, actor = clinic.hex, actor.hex
    with connection.cursor() as cursor:
        sql = _FILL.format(**_SPELLED[connection.vendor])
        cursor.execute(sql, [clinic, newest, actor, first, last])


def _look(browser: Any, world: Any) -> dict[str, float]:
    from datetime import timedelta

    from django.utils import timezone

    from sessions_app.audit import chain

    long_ago, now = "2000-01-01", timezone.now()
    deep = f"{(now - timedelta(minutes=800_000)).isoformat()}~999999"
    asked = {
        "the last 30 days": {},
        "a page deep down": {"first": long_ago, "after": deep},
        "a rare kind, 30 days": {"kind": "order.ended"},
        "a rare kind, all days": {"kind": "order.ended", "first": long_ago},
        "somebody who did nothing, all days": {
            "person": str(world.supervisor.user_id), "first": long_ago,
        },
        "all about one patient": {"subject": str(world.ada.pk)},
    }  # fmt: skip
    told = {
        name: _timed(lambda one=one: browser.get("/audit/", one)) for name, one in asked.items()
    }
    told["10,000 links walked"] = _timed(
        lambda: [chain.seal("", chain.content(row)) for row in
                 chain._rows(world.birchwood.pk, 0)[:10_000].iterator(2000)]
    )  # fmt: skip
    return told


def _timed(call: Any) -> float:
    times = []
    for _ in range(5):
        begun = perf_counter()
        call()
        times.append(perf_counter() - begun)
    return median(times)


if __name__ == "__main__":
    main()
