"""A clinic with invented patients, to try in the browser."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError, connection
from django.utils import timezone

from clinic import bootstrap
from sessions_app.clinics.models import Clinic
from sessions_app.demo import accounts, mark
from sessions_app.demo.places import ACCOUNTS
from sessions_app.demo.seed import seed
from sessions_app.demo.server import HOST, Server

USE = "start it as: python3 manage.py demo"


class Command(BaseCommand):
    """Prepare the database, fill it once, print how to sign in, and serve."""

    help = "Serve a demonstration with three invented clinics on this machine alone."
    # The tables may not be there yet; the server runs the guards' check when it starts.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the options that bootstrap.py has looked at already."""
        bootstrap.demo_arguments(parser)

    def handle(self, *args: Any, port: int, data: Path, reset: bool, **options: Any) -> None:
        """Take the port first, so that nothing is written where it cannot be served."""
        database = _database(data)
        try:
            with Server(port) as server:
                self._prepare(database, reset)
                password = accounts.demo_password(database.parent)
                self._fill(password)
                accounts.give_password(password)
                server.serve(lambda: self._greet(port, password))
        except mark.NotOurs as problem:
            raise CommandError(str(problem)) from None
        except OperationalError as problem:
            raise CommandError(f"the database in {data} cannot be used: {problem}") from None
        except OSError as problem:
            raise CommandError(bootstrap.port_problem(port) or str(problem)) from None
        except KeyboardInterrupt:
            self.stdout.write("")

    def _prepare(self, database: Path, reset: bool) -> None:
        """Refuse a foreign database; bring the demo's own to today's tables and protocols."""
        if reset:
            connection.close()
            mark.delete(database)
        database.parent.mkdir(parents=True, exist_ok=True)
        mark.check(database)
        mark.put(database)
        call_command("migrate", verbosity=0, interactive=False)
        call_command("load_protocols", verbosity=0)

    def _fill(self, password: str) -> None:
        """Make the clinics where there are none; it takes some seconds."""
        if not Clinic.objects.exists():
            self.stdout.write("Making three clinics with half a year of invented sessions ...")
            seed(now=timezone.now(), password=password)

    def _greet(self, port: int, password: str) -> None:
        """Print where the demo is and who can sign in."""
        lines = [
            f"Stillhand demo: http://{HOST}:{port}/",
            "All patients are invented. Sign in as one of",
            *(f"  {one.email:<25}{one.role.description}" for one in ACCOUNTS),
            f"with the password  {password}",
            "Ctrl-C ends the demo. Its data stay; --reset begins anew.",
        ]
        self.stdout.write("\n".join(lines))
        self.stdout.flush()


def _database(data: Path) -> Path:
    """Return the demo's SQLite file. Raises CommandError where the settings mean another one."""
    if not settings.DEMO:
        raise CommandError(f"the demo needs its own settings: {USE}")
    database = Path(str(connection.settings_dict["NAME"]))
    if connection.vendor != "sqlite" or database.parent.resolve() != data.resolve():
        raise CommandError(f"the settings name another database than the demo's in {data}: {USE}")
    return database
