"""Take what was written since into the stored sums of the network, or check them."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction
from django.utils import timezone

from sessions_app.rollups.checking import first_difference
from sessions_app.rollups.folding import fold


class Command(BaseCommand):
    """Fold once, again and again, or only compare; figures are right without it, and slower."""

    help = "Take what was written since into the stored sums over clinics; they stay exact anyway."

    def add_arguments(self, parser: CommandParser) -> None:
        """Let it go on, or only look."""
        parser.add_argument(
            "--loop", nargs="?", const=5.0, type=float, metavar="SECONDS",
            help="go on until stopped, with a pause between two turns (5)",
        )  # fmt: skip
        parser.add_argument("--check", action="store_true", help="compare with the rows instead")

    def handle(self, *args: Any, loop: float | None, check: bool, **options: Any) -> None:
        """Exit 1 where a stored sum is not that of its rows."""
        if check:
            self._check()
            return
        while True:
            mine = fold(timezone.now())
            if loop is None:
                self.stdout.write("folded" if mine else "somebody else folds just now")
                return
            time.sleep(loop)

    def _check(self) -> None:
        with transaction.atomic():
            if connection.vendor == "postgresql" and not connection.savepoint_ids:
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            difference = first_difference(timezone.now())
        if difference:
            raise CommandError(difference)
        self.stdout.write("the stored sums are those of the rows")
