"""The only writer of the audit trail."""

import hashlib
import json
import uuid
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, Protocol

from django.db import connection, models

from sessions_app.audit.context import request_id
from sessions_app.audit.events import Event
from sessions_app.audit.models import AuditEvent
from sessions_app.identity import uuid7
from sessions_app.storing import Statement, send, values_of

GENESIS = ""

# One statement takes the chain's next link: the row lock queues the writers of one clinic, and
# under READ COMMITTED the second of them sees what the first one left.
_NEXT_LINK = """
INSERT INTO sessions_app_chainhead AS head (clinic_id, seq, previous, hash)
VALUES (%s, 1, '', {first})
ON CONFLICT (clinic_id) DO UPDATE
SET seq = head.seq + 1, previous = head.hash, hash = {next}
"""
_APPEND = """
INSERT INTO sessions_app_auditevent ({columns}, seq, previous, hash)
SELECT {values}, head.seq, head.previous, head.hash FROM {head}
"""
_HEAD_OF_CLINIC = "sessions_app_chainhead AS head WHERE head.clinic_id = %s"
_LINK = ("seq", "previous", "hash")
_SEAL = {"sqlite": "SHA256({0})", "postgresql": "encode(sha256(convert_to({0}, 'UTF8')), 'hex')"}


class Member(Protocol):
    """Who acts, and in which clinic: a membership."""

    @property
    def clinic_id(self) -> uuid.UUID:
        """The clinic in which they act."""

    @property
    def user(self) -> Any:
        """The person."""


def record_by(
    by: Member,
    event: Event,
    subject: models.Model,
    *,
    old: Mapping[str, Any] | None = None,
    new: Mapping[str, Any] | None = None,
    at: datetime,
) -> None:
    """Append what a member did to the chain of the clinic in which they act; see `record`."""
    record(event, subject, clinic_id=by.clinic_id, actor=by.user, old=old, new=new, at=at)


def record(
    event: Event,
    subject: models.Model,
    *,
    clinic_id: uuid.UUID,
    actor: Any = None,
    old: Mapping[str, Any] | None = None,
    new: Mapping[str, Any] | None = None,
    at: datetime,
) -> None:
    """Append one event to the clinic's chain, in the caller's transaction; see `entry`.

    Call it last in the transaction: from here on the clinic's other writers wait.
    """
    said = {"clinic_id": clinic_id, "actor": actor, "old": old, "new": new, "at": at}
    send(entry(event, subject, **said))


def entry(
    event: Event,
    subject: models.Model,
    *,
    clinic_id: uuid.UUID,
    actor: Any = None,
    old: Mapping[str, Any] | None = None,
    new: Mapping[str, Any] | None = None,
    at: datetime,
) -> list[Statement]:
    """Return what appends one event, for a write that sends all of its own at once.

    `actor` is a User, or None where a command acts. `old` and `new` hold the changed fields only.
    They come last in the transaction: from there on the clinic's other writers wait.
    """
    row = AuditEvent(
        id=uuid7(),
        clinic_id=clinic_id,
        at=at,
        actor_id=actor.pk if actor else None,
        actor_name=actor.display_name if actor else "",
        action=event.value,
        subject_type=subject._meta.model_name or "",
        subject_id=subject.pk,
        old=plain(old or {}),
        new=plain(new or {}),
        request_id=request_id(),
    )
    return _link(row)


def content(row: AuditEvent) -> str:
    """Return what the row says, as one canonical line of JSON (keys sorted, times in UTC)."""
    said = {
        "id": str(row.id),
        "clinic": str(row.clinic_id),
        "at": row.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": str(row.actor_id) if row.actor_id else None,
        "actor_name": row.actor_name,
        "action": row.action,
        "subject": [row.subject_type, str(row.subject_id)],
        "old": row.old,
        "new": row.new,
        "request": row.request_id,
    }
    return json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def seal(previous: str, said: str) -> str:
    """Return the hash of a link: SHA-256 over the previous hash and the row's content."""
    return hashlib.sha256((previous + said).encode()).hexdigest()


def plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Turn values into what JSON holds without loss: dates and decimals become text."""
    return {name: _plain(value) for name, value in values.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, (date, uuid.UUID, Decimal)):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        items = [_plain(item) for item in value]
        return sorted(items) if isinstance(value, (set, frozenset)) else items
    return value


def _link(row: AuditEvent) -> list[Statement]:
    """Move the head of the clinic's chain to a link that seals the row, and store the row with it.

    PostgreSQL does both in one statement: the row takes the link from what moved the head.
    """
    move, append, fields = _spelled(connection.vendor)
    said, clinic = content(row), _clinic_key(row.clinic_id)
    moved, values = Statement(move, [clinic, said, said]), values_of(row, fields)
    if connection.vendor == "postgresql":
        return [Statement(append, values, head=moved)]
    return [moved, Statement(append, [*values, clinic])]


@cache
def _spelled(vendor: str) -> tuple[str, str, list[Any]]:
    """Return how an engine moves the head and appends a row, with the fields of that row."""
    sha, at_once = _SEAL[vendor], vendor == "postgresql"
    move = _NEXT_LINK.format(first=sha.format("%s"), next=sha.format("head.hash || %s"))
    fields = [field for field in AuditEvent._meta.concrete_fields if field.name not in _LINK]
    append = _APPEND.format(
        columns=", ".join(str(field.column) for field in fields),
        values=", ".join(["%s"] * len(fields)),
        head="head" if at_once else _HEAD_OF_CLINIC,
    )
    return move + ("RETURNING seq, previous, hash" if at_once else ""), append, fields


def _clinic_key(clinic_id: uuid.UUID) -> Any:
    return AuditEvent._meta.get_field("clinic_id").get_db_prep_save(clinic_id, connection)
