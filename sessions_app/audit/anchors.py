"""Heads of the chains, written down where the database cannot reach them.

Who owns the database can drop its guards, rewrite a chain from any row on and set its head to
match: the chain then holds. An anchor is a head that was written to a file outside the database,
one line of JSON each, and signed with a key that the database does not know. Each signature covers
the one before it, so a line that was taken out or changed shows. A hash says all that is before
it, so an anchored link proves every row up to it. Keep the last mark elsewhere: it shows whether
the end of the file was cut off.
"""

import hmac
import json
import os
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from sessions_app.audit.chain import Fault
from sessions_app.audit.models import AuditEvent

SHORTEST_KEY = 32
AT_ONCE = 500


class AnchorsBroken(Exception):
    """The file of anchors is not what was written; the message says where."""


@dataclass(frozen=True)
class Anchor:
    """A head as it was at a moment. `mark` is its signature."""

    clinic_id: uuid.UUID
    seq: int
    hash: str
    at: datetime
    mark: str = ""

    def said(self) -> dict[str, object]:
        """Return what is signed."""
        at = self.at.astimezone(UTC).isoformat(timespec="seconds")
        return {"clinic": str(self.clinic_id), "seq": self.seq, "hash": self.hash, "at": at}


def read(path: Path, key: str) -> list[Anchor]:
    """Return the anchors of a file, oldest first; none where there is no file yet.

    Raises AnchorsBroken where a line is not signed with this key, or not in its place.
    """
    if not path.exists():
        return []
    found: list[Anchor] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        anchor = _read_line(line)
        previous = found[-1].mark if found else ""
        if anchor is None or not hmac.compare_digest(anchor.mark, _mark(key, previous, anchor)):
            raise AnchorsBroken(
                f"line {number} of {path.name} was changed, moved, or signed with another key"
            )
        found.append(anchor)
    return found


def append(path: Path, key: str, heads: Iterable[Anchor]) -> list[Anchor]:
    """Sign heads and write them to the end of the file; return them with their marks.

    Two at once would sign the same predecessor, so the second waits for the first.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        _wait_for_turn(file.fileno())
        there = read(path, key)
        mark, written = (there[-1].mark if there else ""), []
        for head in heads:
            mark = _mark(key, mark, head)
            file.write(_line({**head.said(), "mark": mark}) + "\n")
            written.append(Anchor(head.clinic_id, head.seq, head.hash, head.at, mark))
        file.flush()
        os.fsync(file.fileno())
    return written


def faults(anchors: Sequence[Anchor]) -> list[Fault]:
    """Return, for each clinic, the first anchored link that is not in the database as it was."""
    by_clinic: dict[uuid.UUID, dict[int, str]] = defaultdict(dict)
    found: dict[uuid.UUID, Fault] = {}
    for one in anchors:
        if by_clinic[one.clinic_id].setdefault(one.seq, one.hash) != one.hash:
            found[one.clinic_id] = Fault(one.clinic_id, one.seq, "it was anchored twice, unlike")
    for clinic_id, links in by_clinic.items():
        for seq, held in sorted(_held(clinic_id, sorted(links)).items()):
            if held != links[seq]:
                what = "it is not as it was anchored" if held else "the anchored row is missing"
                found.setdefault(clinic_id, Fault(clinic_id, seq, what))
                break
    return list(found.values())


def _held(clinic_id: uuid.UUID, links: list[int]) -> dict[int, str]:
    """Return the hash of each of these links as the database has it; empty where there is none."""
    held = dict.fromkeys(links, "")
    for start in range(0, len(links), AT_ONCE):
        rows = AuditEvent.objects.filter(
            clinic_id=clinic_id, seq__in=links[start : start + AT_ONCE]
        )
        held |= dict(rows.values_list("seq", "hash"))
    return held


def _mark(key: str, previous: str, anchor: Anchor) -> str:
    return hmac.new(key.encode(), (previous + _line(anchor.said())).encode(), sha256).hexdigest()


def _line(said: dict[str, object]) -> str:
    return json.dumps(said, sort_keys=True, separators=(",", ":"))


def _read_line(line: str) -> Anchor | None:
    try:
        said = json.loads(line)
        at = datetime.fromisoformat(said["at"])
        clinic_id, mark = uuid.UUID(said["clinic"]), str(said["mark"])
        return Anchor(clinic_id, int(said["seq"]), str(said["hash"]), at, mark)
    except (ValueError, KeyError, TypeError):
        return None


def _wait_for_turn(file: int) -> None:
    try:
        import fcntl
    except ImportError:  # a system without it: anchoring there is one command at a time
        return
    fcntl.flock(file, fcntl.LOCK_EX)
