"""Bring in doses, treatments and procedures with their hours from another system's file."""

from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError, CommandParser

from sessions_app.clinics.models import Clinic, Membership
from sessions_app.timing.importing import COLUMNS, BadFile, bring_in


class Command(BaseCommand):
    """Record each line of a CSV file that is new; what was brought in before stays as it is."""

    help = (
        f"Bring in a CSV file with the columns {', '.join(COLUMNS)}. A time without an offset is "
        "by the clinic's clock. With a mistake in any line nothing is written, and every mistake "
        "is told with its line. The same file a second time changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, the clinic, where the file comes from, and who answers for it."""
        parser.add_argument("file", type=Path, metavar="FILE.csv")
        parser.add_argument("--clinic", required=True, metavar="SLUG")
        parser.add_argument("--system", required=True, help="the system that the keys belong to")
        parser.add_argument("--by", required=True, metavar="E-MAIL", help="who answers for it")
        parser.add_argument(
            "--dry-run", action="store_true", help="write nothing, say what would be"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Bring the file in, in one transaction."""
        clinic = Clinic.objects.filter(slug=options["clinic"]).values("pk")
        members = Membership.objects.filter(clinic_id__in=clinic).in_force()
        by = (
            members.select_related("clinic", "user")
            .filter(user__email=options["by"].lower())
            .first()
        )
        if by is None:
            raise CommandError(f"nobody {options['by']} in a clinic «{options['clinic']}»")
        dry = options["dry_run"]
        try:
            with options["file"].open(encoding="utf-8-sig", newline="") as rows:
                brought = bring_in(rows, options["system"], by, dry=dry)
        except BadFile as refusal:
            told = "\n".join(refusal.sentences)
            raise CommandError(f"Nothing was brought in.\n{told}") from None
        except PermissionDenied as refusal:
            raise CommandError(f"{options['by']} may not record times: {refusal}") from None
        except (OSError, UnicodeDecodeError) as problem:
            raise CommandError(f"the file cannot be read: {problem}") from None
        verb = "would be brought in" if dry else "brought in"
        self.stdout.write(f"{brought.new} {verb}, {brought.known} there already.")
