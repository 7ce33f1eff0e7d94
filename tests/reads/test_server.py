"""A real gunicorn: whatever it was asked to show is on record after it has ended in order."""

import os
import secrets
import shutil
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
    emergency_number="2222")
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


KEY = secrets.token_urlsafe(60)


def surroundings(folder: Path) -> dict[str, str]:
    """Return the environment of programs on the SQLite file of a folder."""
    return {
        **os.environ, "DJANGO_SETTINGS_MODULE": "clinic.settings", "STILLHAND_HTTPS": "0",
        "DATABASE_URL": f"sqlite:///{folder / 'x.sqlite3'}", "STILLHAND_SECRET_KEY": KEY,
        "STILLHAND_ALLOWED_HOSTS": "127.0.0.1", "STILLHAND_STATIC": str(folder),
    }  # fmt: skip


def ran(environment: dict[str, str], *code: str) -> str:
    """Run Python and return what it prints."""
    done = subprocess.run(
        [sys.executable, *code], cwd=ROOT, env=environment,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


class Served:
    """A gunicorn with two workers of four threads on a database of its own."""

    def __init__(self, folder: Path, patient: str, cookie: str) -> None:
        self.environment = surroundings(folder)
        self.patient, self.cookie = patient, cookie
        door = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{door.getsockname()[1]}"
        command = ("-m", "gunicorn", "clinic.wsgi", "--workers", "2", "--threads", "4")
        self.process = subprocess.Popen(
            [sys.executable, *command, "--bind", f"fd://{door.fileno()}"], cwd=ROOT,
            env=self.environment, pass_fds=(door.fileno(),), stderr=subprocess.DEVNULL,
        )  # fmt: skip
        door.close()

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
        return int(ran(self.environment, "-c", COUNT))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, str]:
    """Give a folder with a database, its patient, and who may read the chart."""
    folder = tmp_path_factory.mktemp("made")
    ran(surroundings(folder), "manage.py", "migrate", "-v0")
    patient, cookie = ran(surroundings(folder), "-c", MAKE).split()
    return folder, patient, cookie


@pytest.fixture
def served(made: tuple[Path, str, str], tmp_path: Path) -> Iterator[Served]:
    """Give a running server on a copy of what was made; it has ended when the test has."""
    folder, patient, cookie = made
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    here = Served(tmp_path, patient, cookie)
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
