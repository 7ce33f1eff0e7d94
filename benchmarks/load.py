"""Two HTTP clients that send forms as fast as they are answered: wrk, or threads of Python."""

import json
import os
import shutil
import socket
import subprocess
import tempfile
import threading
import time
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

SCRIPT = Path(__file__).with_name("load.lua")
CLIENTS = 2
NO_WRK = "wrk is missing (Debian: apt-get install wrk): Python sends, and takes CPU of its own."


@dataclass(frozen=True)
class Form:
    """One request: an empty body is a GET; `second` is posted to the session it redirects to."""

    path: str
    body: str = ""
    second: str = ""


@dataclass(frozen=True)
class Outcome:
    """What was answered: requests, seconds, failures, and latency in milliseconds."""

    requests: int
    seconds: float
    errors: int
    p50: float
    p99: float

    @property
    def rate(self) -> float:
        """Requests a second."""
        return self.requests / self.seconds


def send(
    forms: list[Form], port: int, cookie: str, seconds: float, clients: int = CLIENTS
) -> Outcome:
    """Send the forms in turn from so many clients, each waiting for its answer."""
    by = _by_wrk if shutil.which("wrk") else _by_threads
    return by(forms, port, cookie, seconds, clients)


def _fresh_prefix() -> str:
    """The first 18 characters of a UUID, new for every run: keys of two runs never meet."""
    return str(uuid.uuid4())[:18]


def _by_wrk(forms: list[Form], port: int, cookie: str, seconds: float, clients: int) -> Outcome:
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        for one in forms:
            file.write("\t".join([one.path, one.body, *([one.second] if one.second else [])]))
            file.write("\n")
        file.flush()
        follow = "1" if any(one.second for one in forms) else "0"
        command = [
            "wrk", f"-t{clients}", f"-c{clients}", f"-d{seconds:g}s", "--timeout", "20s",
            "-s", str(SCRIPT), f"http://127.0.0.1:{port}", "--", file.name, cookie,
            _fresh_prefix(),
        ]  # fmt: skip
        told = subprocess.run(
            command, capture_output=True, text=True, env={**os.environ, "LOAD_FOLLOW": follow}
        )
    line = next((x for x in told.stdout.splitlines() if x.startswith("RESULT ")), None)
    if line is None:
        raise SystemExit(f"wrk did not answer: {told.stdout} {told.stderr}")
    return Outcome(**json.loads(line.removeprefix("RESULT ")))


@dataclass
class _Client:
    """One thread of Python: sends, reads to the end, notes the time."""

    forms: list[Form]
    port: int
    cookie: str
    first: int
    until: float
    took: list[float] = field(default_factory=list)
    errors: int = 0

    def run(self) -> None:
        place, n = "", self.first * 37
        while time.perf_counter() < self.until:
            n += 1
            form = self.forms[n % len(self.forms)]
            place = self._ask(form.path, form.body)
            if form.second and place:
                self._ask(f"{place}finish/", form.second)

    def _ask(self, path: str, body: str) -> str:
        said = body.replace("~KEY~", str(uuid.uuid4())).encode()
        head = f"{'POST' if said else 'GET'} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n"
        head += f"Cookie: {self.cookie}\r\nContent-Length: {len(said)}\r\nConnection: close\r\n"
        head += "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
        began = time.perf_counter()
        with socket.create_connection(("127.0.0.1", self.port), timeout=20) as line:
            line.sendall(head.encode() + said)
            answer = b"".join(iter(lambda: line.recv(65536), b"")).decode("latin-1")
        self.took.append(time.perf_counter() - began)
        self.errors += answer[9:12] >= "400" or not answer
        found = [x[10:] for x in answer.split("\r\n") if x.lower().startswith("location: ")]
        return found[0] if found else ""


def _by_threads(forms: list[Form], port: int, cookie: str, seconds: float, number: int) -> Outcome:
    began = time.perf_counter()
    clients = [_Client(forms, port, cookie, i, began + seconds) for i in range(number)]
    threads = [threading.Thread(target=client.run) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    spent = time.perf_counter() - began
    took = [1e3 * each for client in clients for each in client.took]
    errors = sum(client.errors for client in clients)
    return Outcome(len(took), spent, errors, median(took), quantiles(took, n=100)[-1])
