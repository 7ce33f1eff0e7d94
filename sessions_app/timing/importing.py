"""Doses and treatments from another system's file: read line by line, told line by line.

A row is known by the system that it comes from and its key there: brought in a second time it is
the same row. Nothing is written unless every line can be.
"""

import csv
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo

from django.db import transaction

from sessions_app.clinics.models import Membership
from sessions_app.patients.models import Patient
from sessions_app.timing import actions
from sessions_app.timing.models import TimedCare
from sessions_app.vocabulary.timed import TimedKind, TimedSource

COLUMNS = ("external_key", "chart_number", "kind", "happens_at", "note")
LONGEST_NOTE = TimedCare._meta.get_field("note").max_length
_KEYS = uuid.UUID("5f0f1a0e-8f5b-4f0e-9a53-0d1f5d1f7c11")


class BadFile(ValueError):
    """The file, or lines of it, cannot be brought in; each sentence names its line."""

    def __init__(self, *sentences: str) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


@dataclass(frozen=True)
class Line:
    """One line that reads well."""

    number: int
    key: uuid.UUID
    patient: Patient
    kind: TimedKind
    happens_at: datetime
    note: str


@dataclass(frozen=True)
class Brought:
    """How many lines are new, and how many the record has already."""

    new: int
    known: int


def bring_in(rows: Iterable[str], system: str, by: Membership, *, dry: bool = False) -> Brought:
    """Record what is new in a file. Raises BadFile, which says every line that is amiss."""
    lines, amiss, new = [], [], 0
    for number, cells in _cells(rows):
        try:
            lines.append(_line(number, cells, system, by))
        except ValueError as problem:
            amiss.append(f"Line {number}: {problem}")
    amiss += _repeated(lines)
    with transaction.atomic():
        for line in lines:
            try:
                new += _bring(line, by, dry=dry or bool(amiss))
            except ValueError as problem:
                amiss.append(f"Line {line.number}: {problem}")
        if amiss:
            transaction.set_rollback(True)
            raise BadFile(*sorted(amiss, key=_number_of))
    return Brought(new, len(lines) - new)


def _number_of(sentence: str) -> int:
    return int(sentence.removeprefix("Line ").partition(":")[0])


def _cells(rows: Iterable[str]) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.DictReader(rows, restkey="", strict=True)
    try:
        if set(reader.fieldnames or ()) != set(COLUMNS):
            raise BadFile(f"Line 1: the columns are to be {', '.join(COLUMNS)}.")
        for cells in reader:
            yield reader.line_num, {key: cell or "" for key, cell in cells.items()}
    except csv.Error as problem:
        raise BadFile(f"Line {reader.line_num}: this is no CSV ({problem}).") from None


def _line(number: int, cells: dict[str, str], system: str, by: Membership) -> Line:
    if "" in cells:
        raise ValueError(f"more than {len(COLUMNS)} cells.")
    said = {name: cells[name].strip() for name in COLUMNS}
    if not said["external_key"]:
        raise ValueError("the external key is missing.")
    if said["kind"] not in TimedKind.codes():
        raise ValueError(f"no kind «{said['kind']}»; one of {', '.join(TimedKind.codes())}.")
    if len(said["note"]) > (LONGEST_NOTE or 0):
        raise ValueError(f"the note has more than {LONGEST_NOTE} characters.")
    mine = Patient.objects.filter(clinic_id=by.clinic_id, chart_number=said["chart_number"])
    patient = mine.first()
    if patient is None:
        raise ValueError(
            f"no patient of this clinic has the chart number «{said['chart_number']}»."
        )
    key = uuid.uuid5(_KEYS, f"{system}\n{said['external_key']}")
    when = _moment(said["happens_at"], by.clinic.zone)
    return Line(number, key, patient, TimedKind(said["kind"]), when, said["note"])


def _moment(typed: str, zone: tzinfo) -> datetime:
    """Read a moment; without an offset it is by the clinic's clock."""
    try:
        moment = datetime.fromisoformat(typed)
    except ValueError:
        raise ValueError(f"«{typed}» is no time; write 2026-11-21T14:00.") from None
    if len(typed) <= len("2026-11-21"):
        raise ValueError(f"«{typed}» has no hour.")
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _repeated(lines: list[Line]) -> list[str]:
    first: dict[uuid.UUID, int] = {}
    return [
        f"Line {line.number}: the external key stands in line {first[line.key]} too."
        for line in lines
        if first.setdefault(line.key, line.number) != line.number
    ]


def _bring(line: Line, by: Membership, *, dry: bool) -> bool:
    """Record a line; say whether it is new. Raises ValueError where its key stands for another."""
    mine = TimedCare.objects.filter(clinic_id=by.clinic_id)
    there = mine.filter(client_key=line.key).first()
    if there is not None:
        said = (there.patient_id, there.kind, there.happens_at, there.note)
        if said != (line.patient.pk, line.kind.value, line.happens_at, line.note):
            raise ValueError("its external key was brought in before, with other content.")
        return False
    same = mine.filter(patient_id=line.patient.pk, kind=line.kind.value, withdrawn_at=None)
    if same.filter(happens_at=line.happens_at).exists():
        return False
    if not dry:
        actions.record(
            patient=line.patient, kind=line.kind, happens_at=line.happens_at,
            client_key=line.key, note=line.note, source=TimedSource.IMPORT, by=by,
        )  # fmt: skip
    return True
