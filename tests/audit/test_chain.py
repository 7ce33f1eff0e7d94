"""The chain of a clinic: what was tampered with is found and named."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.db.models import QuerySet

from sessions_app import guards
from sessions_app.audit import chain
from sessions_app.audit.actions import content, seal
from sessions_app.audit.models import AuditEvent, ChainHead
from sessions_app.identity import NETWORK
from tests.guards.dropping import drop
from tests.universe import Universe

ROW = 5


@pytest.fixture
def unguarded(universe: Universe) -> Universe:
    """Give the world without the database's guards: the tamperer has the owner's rights."""
    for guard in guards.guards_for(connection.vendor):
        if guard.name.startswith("audit_"):
            drop(guard)
    return universe


def rows(universe: Universe) -> QuerySet[AuditEvent]:
    return AuditEvent.objects.filter(clinic_id=universe.birchwood.pk)


def change(**columns: object) -> Callable[[Universe], None]:
    return lambda universe: rows(universe).filter(seq=ROW).update(**columns)


def remove(universe: Universe) -> None:
    rows(universe).filter(seq=ROW).delete()


def cut_the_end(universe: Universe) -> None:
    last = rows(universe).order_by("-seq")[:2].values_list("pk", flat=True)
    AuditEvent.objects.filter(pk__in=list(last)).delete()


def swap(universe: Universe) -> None:
    for old, new in ((ROW, -1), (ROW + 1, ROW), (-1, ROW + 1)):
        rows(universe).filter(seq=old).update(seq=new)


def close_the_gap(universe: Universe) -> None:
    """Remove a row and number the later ones anew, as if it had never been."""
    rows(universe).filter(seq=ROW).delete()
    for seq in sorted(rows(universe).filter(seq__gt=ROW).values_list("seq", flat=True)):
        rows(universe).filter(seq=seq).update(seq=seq - 1)


def remove_the_head(universe: Universe) -> None:
    ChainHead.objects.filter(clinic_id=universe.birchwood.pk).delete()


TAMPERINGS = {
    "another actor": (change(actor_name="Somebody Else"), ROW, "content was changed"),
    "another time": (change(at="2020-01-01T00:00:00Z"), ROW, "content was changed"),
    "another deed": (change(action="patient.amended"), ROW, "content was changed"),
    "another value": (change(new={"chart_number": "C-other"}), ROW, "content was changed"),
    "another old value": (change(old={"ward": "Oak"}), ROW, "content was changed"),
    "another request": (change(request_id="f" * 32), ROW, "content was changed"),
    "another hash": (change(hash="0" * 64), ROW, "content was changed"),
    "another predecessor": (change(previous="0" * 64), ROW, "does not follow"),
    "a row removed": (remove, ROW, "row is missing"),
    "a row removed, the rest renumbered": (close_the_gap, ROW, "does not follow"),
    "two rows swapped": (swap, ROW, "does not follow"),
    "the end cut off": (cut_the_end, None, "missing at the end"),
    "the head removed": (remove_the_head, None, "head of the chain is missing"),
}


def test_every_chain_of_the_world_holds(universe: Universe) -> None:
    clinics = chain.clinics()
    assert set(clinics) == {NETWORK, universe.birchwood.pk, universe.harbour.pk}
    assert [chain.first_fault(clinic) for clinic in clinics] == [None, None, None]


@pytest.mark.parametrize("name", TAMPERINGS)
def test_tampering_is_found_and_the_first_broken_row_named(unguarded: Universe, name: str) -> None:
    tamper, seq, what = TAMPERINGS[name]
    last = rows(unguarded).count()
    tamper(unguarded)
    fault = chain.first_fault(unguarded.birchwood.pk)
    assert fault is not None
    assert what in fault.what
    if seq is not None:
        assert fault.seq == seq
    if name == "the end cut off":
        assert fault.seq == last - 1
    assert chain.first_fault(unguarded.harbour.pk) is None


def test_a_row_that_is_written_while_the_chain_is_read_is_no_fault(
    universe: Universe, monkeypatch: pytest.MonkeyPatch
) -> None:
    walk = chain.walk

    def and_somebody_writes(clinic_id: UUID, *since: Any) -> Any:
        found = walk(clinic_id, *since)
        universe.start(universe.bruno_course)
        return found

    monkeypatch.setattr(chain, "walk", and_somebody_writes)
    assert chain.first_fault(universe.birchwood.pk) is None


@pytest.mark.parametrize("column", ["id", "clinic_id", "subject_type", "subject_id", "actor_id"])
def test_every_other_column_is_sealed_too(universe: Universe, column: str) -> None:
    row = rows(universe).get(seq=ROW)
    assert row.hash == seal(row.previous, content(row))
    setattr(row, column, "user" if column == "subject_type" else universe.ada.pk)
    if column == "subject_id":
        row.subject_id = universe.wanda.pk
    assert row.hash != seal(row.previous, content(row))


def test_a_fault_reads_as_a_sentence(universe: Universe) -> None:
    fault = chain.Fault(NETWORK, 7, "its content was changed")
    assert str(fault) == f"clinic {NETWORK}: row 7: its content was changed"
