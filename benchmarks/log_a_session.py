"""What it costs to log a session, as a share of a signed-in page that does nothing.

    python -m benchmarks.log_a_session

starts a throw-away PostgreSQL that waits for the disk, fills it, serves `clinic.wsgi` with two
gunicorn workers of four threads, as the README does, and sends from eight clients: «hello», a whole
session, an empty page, in turn, round after round. Only the ratios of one round are worth
comparing: the machine's own speed changes, which the calibration loop shows. Also prints what the
pages cost.
Exit code 1 with --check when the ratio or a page misses its mark.
"""

import argparse
import os
import shutil
import sys

from benchmarks.load import NO_WRK
from tests import postgres


def main(arguments: list[str]) -> int:
    """Measure on a fresh cluster; give the exit code."""
    options = _parser().parse_args(arguments)
    if not shutil.which("wrk"):
        print(NO_WRK)
    binaries = postgres.system_binaries() or postgres.wheel_binaries()
    if binaries is None:
        print(postgres.MISSING, file=sys.stderr)
        return 2
    with postgres.throwaway_cluster(binaries, durable=True) as url:
        missed = _measure_on(url, options)
    for name in missed:
        print(f"missed: {name}")
    return 1 if missed and options.check else 0


def _measure_on(url: str, options: argparse.Namespace) -> list[str]:
    os.environ |= {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "benchmarks.settings"}
    import django

    django.setup()
    from django.db import connections

    from benchmarks.session_cost import measure

    try:
        return measure(options)
    finally:
        connections.close_all()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.log_a_session")
    parser.add_argument("--check", action="store_true", help="exit 1 when a mark is missed")
    parser.add_argument("--mark", type=float, default=0.5, help="least log / hello (0.5)")
    parser.add_argument("--rounds", type=int, default=7, help="how many rounds (7)")
    parser.add_argument("--seconds", type=float, default=5, help="of each run in a round (5)")
    parser.add_argument("--threads", type=int, default=4, help="of each of the two workers (4)")
    parser.add_argument("--clients", type=int, default=8, help="that send at the same time (8)")
    parser.add_argument("--patients", type=int, default=5000, help="of the big clinic (5000)")
    parser.add_argument("--pages-only", action="store_true", help="no load, only the pages")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
