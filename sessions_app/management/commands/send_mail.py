"""Send the letters of the outbox that are due."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from sessions_app.mail import configured
from sessions_app.mail.models import Letter
from sessions_app.mail.sending import send_due


class Command(BaseCommand):
    """Send once, or again and again; several may run at once, a letter goes once."""

    help = "Send the letters that wait; each failed try makes the next wait longer."

    def add_arguments(self, parser: CommandParser) -> None:
        """Let it go on."""
        parser.add_argument(
            "--loop", nargs="?", const=30.0, type=float, metavar="SECONDS",
            help="go on until stopped, with a pause between two turns (30)",
        )  # fmt: skip

    def handle(self, *args: Any, loop: float | None, **options: Any) -> None:
        """Say what was sent; exit 1 where no server is set."""
        if not configured():
            waiting = Letter.objects.waiting().count()
            raise CommandError(f"no mail server is set (STILLHAND_SMTP_HOST); {waiting} waiting")
        while True:
            done = send_due()
            if loop is None or done.sent or done.again or done.given_up:
                said = f"{done.sent} sent, {done.again} to try again, {done.given_up} given up"
                self.stdout.write(f"{said}, {Letter.objects.waiting().count()} waiting")
            if loop is None:
                return
            time.sleep(loop)
