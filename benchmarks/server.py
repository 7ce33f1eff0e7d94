"""The product behind gunicorn, as in production, and the CPU that it takes."""

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

WORKERS = 2
ROOT = Path(__file__).resolve().parent.parent
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Cpu:
    """Seconds of CPU taken so far: by the workers, and by the database for them."""

    workers: float
    database: float

    def since(self, before: "Cpu") -> "Cpu":
        """What was taken between two readings."""
        return Cpu(self.workers - before.workers, self.database - before.database)


@dataclass(frozen=True)
class Server:
    """A running gunicorn."""

    port: int
    master: int

    def cpu(self) -> Cpu:
        """Read what workers and database have taken, from the kernel's own account."""
        children = Path(f"/proc/{self.master}/task/{self.master}/children").read_text()
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pid FROM pg_stat_activity"
                " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
            )
            backends = [pid for (pid,) in cursor.fetchall()]
        return Cpu(
            sum(_seconds(int(pid)) for pid in children.split()),
            sum(_seconds(pid) for pid in backends),
        )


def _seconds(pid: int) -> float:
    """User and system time of a process (man proc_pid_stat, fields 14 and 15)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


@contextlib.contextmanager
def running(threads: int = 1, settings: str = "benchmarks.settings") -> Iterator[Server]:
    """Serve `clinic.wsgi` with two workers on a free port of the loopback.

    One thread each is gunicorn's «sync» worker, more its «gthread», which the README starts.
    """
    port = _free_port()
    command = [
        sys.executable, "-m", "gunicorn", "clinic.wsgi", "--workers", str(WORKERS),
        "--threads", str(threads), "--bind", f"127.0.0.1:{port}", "--log-level", "warning",
    ]  # fmt: skip
    process = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, "DJANGO_SETTINGS_MODULE": settings}
    )
    try:
        _wait(port, process)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        process.wait(20)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    """Wait for an answer: the port is open before the workers are ready."""
    for _ in range(200):
        if process.poll() is not None:
            raise SystemExit("gunicorn did not start")
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1) as line:
            line.sendall(b"HEAD / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            if line.recv(1):
                return
        time.sleep(0.1)
    raise SystemExit("gunicorn does not answer")
