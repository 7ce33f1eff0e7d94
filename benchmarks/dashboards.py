"""The measurements of run.py; Django is set up by now."""

from argparse import Namespace
from collections.abc import Callable
from time import perf_counter

from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from benchmarks import clinic_page, crowd, memory, network_page, network_sums
from benchmarks.turns import speed_of_the_machine
from sessions_app.rollups.folding import fold
from sessions_app.sessions.models import Session

Misses = list[str]


def measure(sessions: int, options: Namespace) -> Misses:
    """Fill the database where it is empty, measure, print; return the marks that were missed."""
    call_command("migrate", verbosity=0)
    _fill(sessions, options.houses)
    fold(timezone.now())  # a week may have begun since
    print(f"\n{sessions:,} sessions on {connection.vendor}; loop {speed_of_the_machine():.0f} ms")
    parts: dict[str, Callable[[int], Misses]] = {"clinic": clinic_page.measure}
    if connection.vendor == "postgresql":
        parts |= {"network": network_sums.measure, "network_page": network_page.measure}
        parts |= {"memory": memory.measure}
    missed = []
    for name, part in parts.items():
        if options.only in ("", name):
            missed += part(options.rounds)
    for one in missed:
        print(f"missed: {one}")
    return missed


def _fill(sessions: int, in_a_file: int) -> None:
    if Session.objects.exists():
        return
    began = perf_counter()
    houses = crowd.open_houses(crowd.CLINICS if connection.vendor == "postgresql" else in_a_file)
    crowd.fill(houses, sessions)
    call_command("migrate", verbosity=0)
    print(f"filled in {perf_counter() - began:.0f} s")
    began = perf_counter()
    fold(timezone.now())
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    print(f"sums made in {perf_counter() - began:.0f} s")
