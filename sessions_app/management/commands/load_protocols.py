"""Publish the protocols that are shipped as files: each version once."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from sessions_app.protocols import actions
from sessions_app.protocols.definition import DEFINITIONS, DefinitionError, load_all
from sessions_app.protocols.models import Protocol


class Command(BaseCommand):
    """Read every definition, then publish what the database does not have yet."""

    help = "Publish the shipped protocols. Running it again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        """Offer a dry run, and definitions from elsewhere."""
        parser.add_argument(
            "--check",
            action="store_true",
            help="write nothing; exit 1 if a file is wrong or not published yet",
        )
        parser.add_argument(
            "--folder", type=Path, default=DEFINITIONS, help="where the .toml files are"
        )

    def handle(self, *args: Any, check: bool, folder: Path, **options: Any) -> None:
        """Publish, or only say what would be published."""
        try:
            definitions = load_all(folder)
            if not definitions:
                raise CommandError(f"{folder} holds no protocol (*.toml)")
            with transaction.atomic():
                new = actions.publish(definitions)
                transaction.set_rollback(check)
        except (DefinitionError, actions.PublishedContentChanged) as problem:
            raise CommandError(str(problem)) from None
        if check and new:
            raise CommandError(f"not published yet: {_named(new)}")
        if options["verbosity"]:
            told = f"published {_named(new)}" if new else "all are published already"
            self.stdout.write(f"{len(definitions)} protocols read; {told}.")


def _named(protocols: list[Protocol]) -> str:
    return ", ".join(f"{one.code} version {one.version}" for one in protocols)
