"""Several programs on one SQLite file of their own: each letter goes once."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.mail.server import MailServer

ROOT = Path(__file__).resolve().parents[2]
WRITE = """
import django; django.setup()
from sessions_app.mail import actions
for n in range(20): actions.write(to=f"p{n}@b.example", subject="S", body="B")
"""


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
