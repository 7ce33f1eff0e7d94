"""A real gunicorn: whatever it was asked to show is on record after it has ended in order."""

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]
PAGES = 60
MAKE = """
import django; django.setup()
from datetime import date
from django.test import Client
from django.conf import settings
from sessions_app.clinics import actions as clinics
from sessions_app.patients import actions as patients
from sessions_app.people import actions as people
from sessions_app.vocabulary.roles import Role
clinic = clinics.open_clinic(name="C", slug="c", time_zone="UTC", emergency_text="E",
    emergency_number="1")
user = people.add_person(email="a@b.example", display_name="A")
member = clinics.add_member(clinic=clinic, user=user, role=Role.THERAPIST)
patient = patients.register(chart_number="1", given_names="N", family_name="N",
    birth_date=date(1950, 1, 1), by=member)
browser, name = Client(), settings.SESSION_COOKIE_NAME; browser.force_login(user)
print(patient.pk, f"{name}={browser.cookies[name].value}")
"""
COUNT = """
import django; django.setup()
from sessions_app.reads.models import ChartRead
print(ChartRead.objects.count())
"""


class Served:
    """A gunicorn with two workers of four threads on a database of its own."""

    def __init__(self, folder: Path) -> None:
        self.environment = {
            **os.environ, "DJANGO_SETTINGS_MODULE": "clinic.settings", "STILLHAND_HTTPS": "0",
            "DATABASE_URL": f"sqlite:///{folder / 'x.sqlite3'}",
            "STILLHAND_SECRET_KEY": secrets.token_urlsafe(60),
            "STILLHAND_ALLOWED_HOSTS": "127.0.0.1", "STILLHAND_STATIC": str(folder),
        }  # fmt: skip
        self.run("manage.py", "migrate", "-v0")
        self.patient, self.cookie = self.run("-c", MAKE).split()
        door = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{door.getsockname()[1]}"
        command = ("-m", "gunicorn", "clinic.wsgi", "--workers", "2", "--threads", "4")
        self.process = subprocess.Popen(
            [sys.executable, *command, "--bind", f"fd://{door.fileno()}"], cwd=ROOT,
            env=self.environment, pass_fds=(door.fileno(),), stderr=subprocess.DEVNULL,
        )  # fmt: skip
        door.close()

    def run(self, *code: str) -> str:
        """Run Python on the server's database and return what it prints."""
        told = [sys.executable, *code]
        done = subprocess.run(
            told, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def chart(self, _: int = 0) -> int:
        """Open the chart, waiting for a server that is not there yet."""
        asked = Request(f"{self.address}/patients/{self.patient}/", headers={"Cookie": self.cookie})  # noqa: S310
        for _ in range(120):
            try:
                with urlopen(asked, timeout=60) as answer:  # noqa: S310 - our own
                    return int(answer.status)
            except (URLError, ConnectionError):
                time.sleep(0.25)
        raise AssertionError("the server does not answer")

    def open_charts(self, number: int) -> None:
        """Open the chart so often, several at a time."""
        with ThreadPoolExecutor(8) as readers:
            assert set(readers.map(self.chart, range(number))) == {200}

    def end(self) -> int:
        """Ask it to end and wait until it has."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=60)

    @property
    def kept(self) -> int:
        """How many readings are stored."""
        return int(self.run("-c", COUNT))


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """Give a running server; it has ended when the test has."""
    here = Served(tmp_path)
    yield here
    if here.process.poll() is None:
        here.process.kill()
        here.process.wait()


def test_none_is_lost_when_the_server_is_asked_to_end(served: Served) -> None:
    served.chart()
    served.open_charts(PAGES)
    assert served.end() == 0
    assert served.kept == PAGES + 1


def test_none_is_lost_when_the_workers_are_replaced(served: Served) -> None:
    served.open_charts(PAGES)
    served.process.send_signal(signal.SIGHUP)
    served.open_charts(PAGES)
    assert served.end() == 0
    assert served.kept == 2 * PAGES


def test_what_was_read_is_stored_while_the_server_goes_on(served: Served) -> None:
    served.open_charts(5)
    until = time.monotonic() + 30
    while served.kept < 5 and time.monotonic() < until:
        pass  # each look starts an interpreter, which is pause enough
    assert served.kept == 5
    served.end()
