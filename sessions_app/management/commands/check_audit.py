"""Verify that the audit trail still says what was written."""

import uuid
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from sessions_app.audit import anchors as anchoring
from sessions_app.audit import chain
from sessions_app.audit.models import AuditEvent
from sessions_app.clinics.models import Clinic
from sessions_app.identity import NETWORK
from sessions_app.management.anchoring import add_anchor_file, anchor_file, anchor_key

NETWORK_NAME = "network"


class Command(BaseCommand):
    """Walk every chain from its first row; exit 1 where one does not hold."""

    help = "Verify the hash chain of every clinic and name the first broken row of each."

    def add_arguments(self, parser: CommandParser) -> None:
        """Let one chain be chosen."""
        parser.add_argument(
            "--clinic", metavar="SLUG", help=f"one clinic, or «{NETWORK_NAME}» for people"
        )
        add_anchor_file(parser, "--anchors", nargs="?", const="")
        parser.add_argument("--mark", help="a mark that was kept elsewhere: it must be in the file")

    def handle(
        self, *args: Any, clinic: str | None, anchors: str | None, mark: str | None, **options: Any
    ) -> None:
        """Say how many events hold, or which row of which chain is the first that does not."""
        names = {NETWORK: NETWORK_NAME, **dict(Clinic.objects.values_list("pk", "slug"))}
        chains = _chosen(clinic, names) if clinic else _all_chains()
        faults = [fault for one in chains if (fault := chain.first_fault(one))]
        anchored = _anchored(anchors, mark) if anchors is not None or mark else None
        if anchored is not None:
            wanted = [one for one in anchored if not clinic or one.clinic_id in chains]
            faults += anchoring.faults(wanted)
        if faults:
            raise CommandError("\n".join(_told(fault, names) for fault in faults))
        events = AuditEvent.objects.filter(clinic_id__in=chains).count()
        proved = "" if anchored is None else f", as anchored {len(anchored)} times"
        self.stdout.write(f"{events} events in {len(chains)} chains: unbroken{proved}")


def _anchored(file: str | None, mark: str | None) -> list[anchoring.Anchor]:
    """Return the anchors of the file. Raises CommandError where it is not what was written."""
    path = anchor_file(file)
    try:
        found = anchoring.read(path, anchor_key())
    except anchoring.AnchorsBroken as broken:
        raise CommandError(str(broken)) from None
    if not found:
        raise CommandError(f"there is no anchor in {path}")
    if mark and mark not in {one.mark for one in found}:
        raise CommandError("the mark that was kept elsewhere is not in the file: its end was cut")
    return found


def _all_chains() -> list[uuid.UUID]:
    """Every chain there is, and that of every clinic: one that was wiped out is missed."""
    return sorted({*chain.clinics(), *Clinic.objects.values_list("pk", flat=True)})


def _chosen(slug: str, names: dict[uuid.UUID, str]) -> list[uuid.UUID]:
    found = [clinic_id for clinic_id, name in names.items() if name == slug]
    if not found:
        raise CommandError(f"there is no clinic «{slug}»")
    return found


def _told(fault: chain.Fault, names: dict[uuid.UUID, str]) -> str:
    name = names.get(fault.clinic_id, str(fault.clinic_id))
    return f"chain of {name} is broken at row {fault.seq}: {fault.what}"
