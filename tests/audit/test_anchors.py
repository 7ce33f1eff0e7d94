"""A database superuser at work with raw SQL: whatever they change is found.

The guards are dropped first, as the owner of a database can. Where the chain is made to hold again
with its head, only the anchors outside the database can tell.
"""

import io
import json
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from sessions_app import guards
from sessions_app.audit import anchors, chain
from sessions_app.audit.actions import content, seal
from sessions_app.audit.models import AuditEvent
from sessions_app.patients import actions as patients
from tests.guards.dropping import drop
from tests.universe import Universe

KEY = "a key that the database does not know"
EVENTS, HEADS = "sessions_app_auditevent", "sessions_app_chainhead"
ROW = 5


@pytest.fixture
def anchored(universe: Universe, tmp_path: Path, settings: Any) -> Universe:
    """Give the world with its heads anchored, and then without the database's guards."""
    settings.AUDIT_ANCHOR_KEY = KEY
    settings.AUDIT_ANCHORS = tmp_path / "elsewhere" / "anchors.jsonl"
    run("anchor_audit")
    for guard in guards.guards_for(connection.vendor):
        if guard.name.startswith("audit_"):
            drop(guard)
    return universe


def run(*command: str) -> str:
    out = io.StringIO()
    call_command(*command, stdout=out)
    return out.getvalue()


def sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement.format(events=EVENTS, heads=HEADS), values)


def pk_of(value: uuid.UUID) -> object:
    return value if connection.vendor == "postgresql" else value.hex


def last_of(clinic: object) -> int:
    return AuditEvent.objects.filter(clinic_id=clinic).order_by("-seq")[0].seq


def edit(world: Universe, clinic: object) -> None:
    sql("UPDATE {events} SET actor_name = 'X' WHERE clinic_id = %s AND seq = %s", clinic, ROW)


def edit_json(world: Universe, clinic: object) -> None:
    sql("UPDATE {events} SET new = '{{}}' WHERE clinic_id = %s AND seq = %s", clinic, ROW)


def edit_time(world: Universe, clinic: object) -> None:
    sql(
        "UPDATE {events} SET at = '2020-01-01 00:00:00+00:00' WHERE clinic_id = %s AND seq = %s",
        clinic, ROW,
    )  # fmt: skip


def delete(world: Universe, clinic: object) -> None:
    sql("DELETE FROM {events} WHERE clinic_id = %s AND seq = %s", clinic, ROW)


def delete_the_first(world: Universe, clinic: object) -> None:
    sql("DELETE FROM {events} WHERE clinic_id = %s AND seq = 1", clinic)


def reorder(world: Universe, clinic: object) -> None:
    for old, new in ((ROW, -1), (ROW + 1, ROW), (-1, ROW + 1)):
        sql("UPDATE {events} SET seq = %s WHERE clinic_id = %s AND seq = %s", new, clinic, old)


def cut_the_tail(world: Universe, clinic: object) -> None:
    sql("DELETE FROM {events} WHERE clinic_id = %s AND seq > %s", clinic, ROW)


def cut_the_tail_with_the_head(world: Universe, clinic: object) -> None:
    cut_the_tail(world, clinic)
    sql(
        "UPDATE {heads} SET seq = e.seq, previous = e.previous, hash = e.hash FROM {events} e "
        "WHERE e.clinic_id = {heads}.clinic_id AND {heads}.clinic_id = %s AND e.seq = %s",
        clinic, ROW,
    )  # fmt: skip


def reseal(world: Universe, clinic: object) -> None:
    """Make the chain hold again, with its head: nothing inside can tell."""
    rows = AuditEvent.objects.filter(clinic_id=world.birchwood.pk).order_by("seq")
    previous = ""
    for place, row in enumerate(rows, 1):
        made = seal(previous, content(row))
        sql(
            "UPDATE {events} SET seq = %s, previous = %s, hash = %s WHERE id = %s",
            place, previous, made, pk_of(row.pk),
        )  # fmt: skip
        last = (place, previous, made)
        previous = made
    sql("UPDATE {heads} SET seq = %s, previous = %s, hash = %s WHERE clinic_id = %s", *last, clinic)


def and_resealed(tamper: Callable[[Universe, object], None]) -> Callable[[Universe, object], None]:
    def both(world: Universe, clinic: object) -> None:
        tamper(world, clinic)
        reseal(world, clinic)

    return both


def wipe_out(world: Universe, clinic: object) -> None:
    sql("DELETE FROM {events} WHERE clinic_id = %s", clinic)
    sql("DELETE FROM {heads} WHERE clinic_id = %s", clinic)


def move_to_another_clinic(world: Universe, clinic: object) -> None:
    sql(
        "UPDATE {events} SET clinic_id = %s, seq = 9999 WHERE clinic_id = %s AND seq = %s",
        pk_of(world.harbour.pk), clinic, ROW,
    )  # fmt: skip


OPEN = {
    "edited": edit, "values edited": edit_json, "time edited": edit_time, "deleted": delete,
    "first deleted": delete_the_first, "reordered": reorder, "tail cut off": cut_the_tail,
    "wiped out": wipe_out, "moved to another clinic": move_to_another_clinic,
}  # fmt: skip
"""What the chain itself shows."""
HIDDEN = {
    "tail cut off with the head": cut_the_tail_with_the_head,
    "edited, whole chain rewritten": and_resealed(edit),
    "deleted, whole chain rewritten": and_resealed(delete),
    "reordered, whole chain rewritten": and_resealed(reorder),
}
"""What only an anchor shows."""


@pytest.mark.parametrize("name", [*OPEN, *HIDDEN])
def test_every_change_of_a_superuser_is_found(anchored: Universe, name: str) -> None:
    {**OPEN, **HIDDEN}[name](anchored, pk_of(anchored.birchwood.pk))
    with pytest.raises(CommandError, match=r"chain of birchwood is broken at row \d+"):
        run("check_audit", "--anchors")


@pytest.mark.parametrize("name", HIDDEN)
def test_what_only_an_anchor_shows_is_invisible_without_one(anchored: Universe, name: str) -> None:
    """The negative control: it is the anchor that finds it."""
    HIDDEN[name](anchored, pk_of(anchored.birchwood.pk))
    assert "unbroken" in run("check_audit")


@pytest.mark.slow
def test_every_single_row_up_to_the_anchor_is_proved(anchored: Universe) -> None:
    clinic = pk_of(anchored.birchwood.pk)
    for seq in range(1, last_of(anchored.birchwood.pk) + 1):
        name = AuditEvent.objects.get(clinic_id=anchored.birchwood.pk, seq=seq).actor_name
        change = "UPDATE {events} SET actor_name = %s WHERE clinic_id = %s AND seq = %s"
        sql(change, "Somebody", clinic, seq)
        fault = chain.first_fault(anchored.birchwood.pk)
        assert fault is not None
        assert fault.seq == seq
        sql(change, name, clinic, seq)
    assert "unbroken, as anchored 3 times" in run("check_audit", "--anchors")


def test_what_is_written_later_is_anchored_in_its_turn(anchored: Universe) -> None:
    assert run("anchor_audit") == "nothing new since the last anchor\n"
    patients.amend(anchored.ada, ward="Oak", by=anchored.therapist)
    said = run("anchor_audit")
    assert said.count("keep elsewhere:") == 1
    assert str(anchored.birchwood.pk) in said
    assert "as anchored 4 times" in run("check_audit", "--anchors")


def test_a_broken_chain_is_never_anchored(anchored: Universe, settings: Any) -> None:
    before = settings.AUDIT_ANCHORS.read_text()
    reseal(anchored, pk_of(anchored.birchwood.pk))
    patients.amend(anchored.ada, ward="Oak", by=anchored.therapist)
    edit(anchored, pk_of(anchored.birchwood.pk))
    reseal(anchored, pk_of(anchored.birchwood.pk))
    with pytest.raises(CommandError, match=r"nothing was anchored: .* not as it was anchored"):
        run("anchor_audit")
    assert settings.AUDIT_ANCHORS.read_text() == before


def lines_of(settings: Any) -> list[str]:
    return list(settings.AUDIT_ANCHORS.read_text().splitlines())


@pytest.mark.parametrize("spoil", ["changed", "removed", "swapped", "not JSON", "another key"])
def test_a_file_of_anchors_that_was_changed_is_refused(
    anchored: Universe, settings: Any, spoil: str
) -> None:
    lines = lines_of(settings)
    if spoil == "changed":
        lines[1] = json.dumps({**json.loads(lines[1]), "seq": 1})
    elif spoil == "removed":
        del lines[0]
    elif spoil == "swapped":
        lines[0], lines[1] = lines[1], lines[0]
    elif spoil == "not JSON":
        lines[2] = "x"
    else:
        settings.AUDIT_ANCHOR_KEY = "another key, of the same length, as long"
    settings.AUDIT_ANCHORS.write_text("\n".join(lines) + "\n")
    with pytest.raises(CommandError, match=r"line \d of anchors.jsonl was changed"):
        run("check_audit", "--anchors")


def test_a_file_whose_end_was_cut_off_is_found_by_the_mark_kept_elsewhere(
    anchored: Universe, settings: Any
) -> None:
    lines = lines_of(settings)
    mark = json.loads(lines[-1])["mark"]
    assert "unbroken" in run("check_audit", "--mark", mark)
    settings.AUDIT_ANCHORS.write_text("\n".join(lines[:-1]) + "\n")
    with pytest.raises(CommandError, match="its end was cut"):
        run("check_audit", "--mark", mark)


def test_no_anchor_and_no_key_are_said_and_pass_for_nothing(
    anchored: Universe, settings: Any
) -> None:
    settings.AUDIT_ANCHORS.unlink()
    with pytest.raises(CommandError, match="there is no anchor in"):
        run("check_audit", "--anchors")
    settings.AUDIT_ANCHOR_KEY = "short"
    for command in (("check_audit", "--anchors"), ("anchor_audit",)):
        with pytest.raises(CommandError, match="STILLHAND_ANCHOR_KEY is not set"):
            run(*command)


def test_the_key_is_nowhere_in_the_file(anchored: Universe, settings: Any) -> None:
    assert KEY not in settings.AUDIT_ANCHORS.read_text()
    assert len(anchors.read(settings.AUDIT_ANCHORS, KEY)) == 3


def test_what_is_written_while_the_chains_are_checked_is_not_anchored(
    anchored: Universe, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    anchored.start(anchored.bruno_course)
    checked, first_fault = last_of(anchored.birchwood.pk), chain.first_fault

    def and_somebody_writes(clinic_id: uuid.UUID) -> chain.Fault | None:
        found = first_fault(clinic_id)
        if clinic_id == anchored.birchwood.pk:
            anchored.start(anchored.ada_course)
        return found

    monkeypatch.setattr(chain, "first_fault", and_somebody_writes)
    run("anchor_audit")
    there = anchors.read(settings.AUDIT_ANCHORS, KEY)
    assert max(one.seq for one in there if one.clinic_id == anchored.birchwood.pk) == checked
    assert anchors.faults(there) == []


def test_a_head_that_is_not_its_row_is_not_anchored_though_rows_follow(
    anchored: Universe, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = settings.AUDIT_ANCHORS.read_text()
    anchored.start(anchored.bruno_course)
    sql("UPDATE {heads} SET hash = %s WHERE seq > %s", "0" * 64, 1)
    monkeypatch.setattr(chain, "first_fault", lambda clinic_id: None)
    with pytest.raises(CommandError, match="not as it was anchored"):
        run("anchor_audit")
    assert settings.AUDIT_ANCHORS.read_text() == before


def test_a_walk_goes_on_where_the_last_one_ended(universe: Universe) -> None:
    clinic, last = universe.birchwood.pk, chain.START
    for _ in range(200):
        last, fault = chain.walk(clinic, last, most=3)
        assert fault is None
        if last.seq == last_of(clinic):
            break
    assert chain.fault_at_the_end(clinic, last) is None
    changed = chain.Link(last.seq, "0" * 64)
    assert "checked before" in str(chain.walk(clinic, changed)[1])
