"""Does the audit trail still say what was written? Walks each chain from its first row."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from sessions_app.audit.actions import GENESIS, content, seal
from sessions_app.audit.models import AuditEvent, ChainHead


@dataclass(frozen=True)
class Fault:
    """The first place where a clinic's chain does not hold."""

    clinic_id: uuid.UUID
    seq: int
    what: str

    def __str__(self) -> str:
        return f"clinic {self.clinic_id}: row {self.seq}: {self.what}"


def clinics() -> list[uuid.UUID]:
    """Return every clinic that has a chain, or rows that should have one."""
    heads = set(ChainHead.objects.values_list("clinic_id", flat=True))
    rows = set(AuditEvent.objects.values_list("clinic_id", flat=True).distinct())
    return sorted(heads | rows)


def first_fault(clinic_id: uuid.UUID) -> Fault | None:
    """Return the first broken row of a clinic's chain, or None where every row holds."""
    expected_seq, previous = 1, GENESIS
    for row in _rows(clinic_id):
        if row.seq != expected_seq:
            return Fault(clinic_id, expected_seq, "the row is missing")
        if row.previous != previous:
            return Fault(clinic_id, row.seq, "it does not follow from the row before it")
        if row.hash != seal(previous, content(row)):
            return Fault(clinic_id, row.seq, "its content was changed")
        expected_seq, previous = row.seq + 1, row.hash
    head = ChainHead.objects.filter(clinic_id=clinic_id).first()
    if head is None:
        return Fault(clinic_id, expected_seq - 1, "the head of the chain is missing")
    if head.seq >= expected_seq:
        return Fault(clinic_id, expected_seq, "the row is missing at the end of the chain")
    if (head.seq, head.hash) != (expected_seq - 1, previous):
        return Fault(clinic_id, head.seq, "the head of the chain is not its last row")
    return None


def _rows(clinic_id: uuid.UUID) -> Iterator[AuditEvent]:
    return AuditEvent.objects.filter(clinic_id=clinic_id).order_by("seq").iterator(2000)
