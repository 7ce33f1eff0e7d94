"""Several senders at once, with real commits: each letter goes once, and none is forgotten."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import transaction

from sessions_app.mail import actions, post
from sessions_app.mail.models import Letter
from sessions_app.mail.sending import send_due
from tests.mail.server import MailServer
from tests.sessions.test_at_the_same_time import together
from tests.universe import Universe

ROOT = Path(__file__).resolve().parents[2]
WRITE = """
import django; django.setup()
from sessions_app.mail import actions
for n in range(20): actions.write(to=f"p{n}@b.example", subject="S", body="B")
"""


@pytest.mark.postgres
def test_eight_senders_deliver_each_letter_once(committed: Universe, server: MailServer) -> None:
    server.slow = 0.01
    for n in range(20):
        with transaction.atomic():
            actions.write(to=f"p{n}@b.example", subject="S", body="B")
    rounds = together([send_due] * 8)
    assert sorted(server.to) == sorted({f"p{n}@b.example" for n in range(20)})
    assert not Letter.objects.waiting().exists()
    assert all(not isinstance(one, Exception) for one in rounds)


@pytest.mark.postgres
def test_a_letter_goes_by_itself_when_its_act_commits(
    committed: Universe, server: MailServer
) -> None:
    with transaction.atomic():
        letter = actions.write(to="eva@b.example", subject="S", body="B")
        assert not server.to
    for thread in _posts():
        thread.join(30)
    letter.refresh_from_db()
    assert (server.to, letter.body) == (["eva@b.example"], "")


@pytest.mark.postgres
def test_a_server_that_hangs_makes_nobody_wait(committed: Universe, server: MailServer) -> None:
    server.slow = 1.0
    with transaction.atomic():
        letter = actions.write(to="eva@b.example", subject="S", body="B")
    assert _posts(), "the request is over, the post is still at it"
    for thread in _posts():
        thread.join(30)
    letter.refresh_from_db()
    assert letter.sent_at is not None


def _posts() -> list[object]:
    import threading

    return [one for one in threading.enumerate() if one.name == post.THREAD]


@pytest.mark.slow
def test_two_processes_on_one_sqlite_file_deliver_each_letter_once(
    tmp_path: Path, server: MailServer
) -> None:
    """Two commands beside a process whose own post is at work: three senders."""
    environment = {
        **os.environ, "DATABASE_URL": f"sqlite:///{tmp_path / 'x.sqlite3'}",
        "STILLHAND_SMTP_HOST": "127.0.0.1", "STILLHAND_SMTP_PORT": str(server.port),
        "STILLHAND_SMTP_TLS": "off", "DJANGO_SETTINGS_MODULE": "clinic.settings",
    }  # fmt: skip
    run = {"cwd": ROOT, "env": environment, "check": True}
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], **run)  # type: ignore[call-overload]
    writer = subprocess.Popen([sys.executable, "-c", WRITE], cwd=ROOT, env=environment)
    senders = [
        subprocess.Popen([sys.executable, "manage.py", "send_mail"], cwd=ROOT, env=environment)
        for _ in range(2)
    ]
    assert [one.wait(120) for one in (writer, *senders)] == [0, 0, 0]
    subprocess.run([sys.executable, "manage.py", "send_mail"], **run)  # type: ignore[call-overload]
    assert sorted(server.to) == sorted({f"p{n}@b.example" for n in range(20)})
