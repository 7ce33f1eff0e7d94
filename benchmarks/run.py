"""What the dashboards cost, from a hundred thousand sessions to ten million.

    python -m benchmarks.run --scale 100k,1m --data DIR

Each scale has a PostgreSQL of its own in a folder below DIR, which is filled once and kept. Every
figure is a ratio of runs that took turns; only those are worth comparing, since the machine's own
speed changes. Exit code 1 with --check when a mark is missed.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests import postgres

SCALES = {"100k": 100_000, "1m": 1_000_000, "10m": 10_000_000}
SETTINGS = """
shared_buffers = 2GB
work_mem = 64MB
maintenance_work_mem = 512MB
max_wal_size = 8GB
autovacuum_vacuum_insert_scale_factor = 0.02
"""


def main(arguments: list[str]) -> int:
    """Measure each scale in a process of its own; give the exit code."""
    options = _parser().parse_args(arguments)
    if options.one:
        return _inside(options)
    binaries = postgres.system_binaries() or postgres.wheel_binaries()
    if binaries is None:
        print(postgres.MISSING, file=sys.stderr)
        return 2
    kept = Path(options.data) if options.data else Path(tempfile.mkdtemp(prefix="crowd-"))
    missed = 0
    for name in options.scale.split(","):
        with postgres.kept_cluster(binaries, kept / name, SETTINGS) as url:
            missed |= _measure(url, name, options)
    if options.sqlite:
        file = kept / f"crowd-{options.houses}.sqlite3"
        missed |= _measure(f"sqlite:///{file}", "100k", options)
    return missed if options.check else 0


def _measure(url: str, name: str, options: argparse.Namespace) -> int:
    command = [sys.executable, "-m", "benchmarks.run", "--one", name, "--rounds"]
    command += [str(options.rounds), "--houses", str(options.houses)]
    command += ["--only", options.only] if options.only else []
    return subprocess.call(command, env={**os.environ, "DATABASE_URL": url})


def _inside(options: argparse.Namespace) -> int:
    """Fill what is not filled yet, then measure; 1 where a mark was missed."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.settings")
    import logging

    import django

    django.setup()
    logging.disable(logging.WARNING)
    from benchmarks.dashboards import measure

    return 1 if measure(SCALES[options.one], options) else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run")
    parser.add_argument("--scale", default="100k", help="of 100k, 1m, 10m, joined by commas")
    parser.add_argument("--data", metavar="DIR", help="where the databases are kept")
    parser.add_argument("--rounds", type=int, default=7, help="how many turns (7)")
    parser.add_argument("--only", default="", help="clinic, network, network_page or memory")
    parser.add_argument("--sqlite", action="store_true", help="also 100k in an SQLite file")
    parser.add_argument("--houses", type=int, default=1, help="clinics of the SQLite file (1)")
    parser.add_argument("--check", action="store_true", help="exit 1 when a mark is missed")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
