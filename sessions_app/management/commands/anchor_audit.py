"""Write the heads of the audit trail down, outside the database."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from sessions_app.audit import anchors, chain
from sessions_app.audit.models import ChainHead
from sessions_app.management.anchoring import add_anchor_file, anchor_file, anchor_key


class Command(BaseCommand):
    """Check every chain, then sign its head into the file; exit 1 where something does not hold.

    A broken chain is never anchored: that would bless it.
    """

    help = "Sign the head of each chain into a file outside the database, and print it."

    def add_arguments(self, parser: CommandParser) -> None:
        """Let the file be named."""
        add_anchor_file(parser, "--file")

    def handle(self, *args: Any, file: str | None, **options: Any) -> None:
        """Print each new anchor, and the mark to keep elsewhere."""
        path, key = anchor_file(file), anchor_key()
        try:
            there = anchors.read(path, key)
        except anchors.AnchorsBroken as broken:
            raise CommandError(str(broken)) from None
        new = _moved_since(there)  # before the check: what is written during it was not checked
        wrong = anchors.faults([*there, *new])
        wrong += [fault for clinic in chain.clinics() if (fault := chain.first_fault(clinic))]
        if wrong:
            raise CommandError("nothing was anchored: " + "; ".join(map(str, wrong)))
        for one in anchors.append(path, key, new):
            self.stdout.write(f"clinic {one.clinic_id}: link {one.seq} {one.hash}")
            self.stdout.write(f"keep elsewhere: {one.mark}")
        if not new:
            self.stdout.write("nothing new since the last anchor")


def _moved_since(there: list[anchors.Anchor]) -> list[anchors.Anchor]:
    last = {one.clinic_id: one.seq for one in there}
    return [
        anchors.Anchor(head.clinic_id, head.seq, head.hash, timezone.now())
        for head in ChainHead.objects.order_by("clinic_id")
        if last.get(head.clinic_id) != head.seq
    ]
