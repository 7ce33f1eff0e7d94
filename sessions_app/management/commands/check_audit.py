"""Verify that the audit trail still says what was written."""

import uuid
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from sessions_app.audit import chain
from sessions_app.audit.models import AuditEvent
from sessions_app.clinics.models import Clinic
from sessions_app.identity import NETWORK

NETWORK_NAME = "network"


class Command(BaseCommand):
    """Walk every chain from its first row; exit 1 where one does not hold."""

    help = "Verify the hash chain of every clinic and name the first broken row of each."

    def add_arguments(self, parser: CommandParser) -> None:
        """Let one chain be chosen."""
        parser.add_argument(
            "--clinic", metavar="SLUG", help=f"one clinic, or «{NETWORK_NAME}» for people"
        )

    def handle(self, *args: Any, clinic: str | None, **options: Any) -> None:
        """Say how many events hold, or which row of which chain is the first that does not."""
        names = {NETWORK: NETWORK_NAME, **dict(Clinic.objects.values_list("pk", "slug"))}
        chains = _chosen(clinic, names) if clinic else _all_chains()
        faults = [fault for one in chains if (fault := chain.first_fault(one))]
        if faults:
            raise CommandError("\n".join(_told(fault, names) for fault in faults))
        events = AuditEvent.objects.filter(clinic_id__in=chains).count()
        self.stdout.write(f"{events} events in {len(chains)} chains: unbroken")


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
