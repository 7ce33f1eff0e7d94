"""Does the audit trail still say what was written? Walks each chain from its first row."""

import uuid
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import QuerySet

from sessions_app.audit.actions import GENESIS, content, seal
from sessions_app.audit.models import AuditEvent, ChainHead


class Link(NamedTuple):
    """A row's place in its chain, and its seal."""

    seq: int
    hash: str


START = Link(0, GENESIS)


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
    last, fault = walk(clinic_id)
    return fault or fault_at_the_end(clinic_id, last)


def walk(
    clinic_id: uuid.UUID, since: Link = START, most: int | None = None
) -> tuple[Link, Fault | None]:
    """Follow a chain from a link that held before; return the last that holds, and what broke.

    At most so many rows: a page looks at as many as it has time for, a command at all.
    """
    last = since
    if last.seq and not _rows(clinic_id, last.seq - 1).filter(**last._asdict()).exists():
        return last, Fault(clinic_id, last.seq, "it was checked before and is another now")
    for row in _rows(clinic_id, last.seq)[:most].iterator(2000):
        if row.seq != last.seq + 1:
            return last, Fault(clinic_id, last.seq + 1, "the row is missing")
        if row.previous != last.hash:
            return last, Fault(clinic_id, row.seq, "it does not follow from the row before it")
        if row.hash != seal(last.hash, content(row)):
            return last, Fault(clinic_id, row.seq, "its content was changed")
        last = Link(row.seq, row.hash)
    return last, None


def fault_at_the_end(clinic_id: uuid.UUID, last: Link) -> Fault | None:
    """Say what is wrong between the last row that holds and the head of the chain.

    Rows that a walk stopped before, or that were written since it, are for the next one: asked
    for after the head, they are there if the head is.
    """
    head = ChainHead.objects.filter(clinic_id=clinic_id).first()
    if head is None:
        return Fault(clinic_id, last.seq, "the head of the chain is missing")
    if head.seq > last.seq:
        if _rows(clinic_id, last.seq).exists():
            return None
        return Fault(clinic_id, last.seq + 1, "the row is missing at the end of the chain")
    if (head.seq, head.hash) != last:
        return Fault(clinic_id, head.seq, "the head of the chain is not its last row")
    return None


def _rows(clinic_id: uuid.UUID, after: int) -> QuerySet[AuditEvent]:
    return AuditEvent.objects.filter(clinic_id=clinic_id, seq__gt=after).order_by("seq")
