"""Publishing protocols: from the shipped files into the database, once for each version."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from sessions_app.audit import actions as audit
from sessions_app.audit.events import Event
from sessions_app.identity import NETWORK
from sessions_app.protocols.definition import ProtocolDefinition, content_hash
from sessions_app.protocols.models import Arm, Protocol


class PublishedContentChanged(Exception):
    """A published version's content differs from the file; patients are on it."""


def publish(
    definitions: Iterable[ProtocolDefinition], *, at: datetime | None = None
) -> list[Protocol]:
    """Publish every version that is not yet in the database; return the new ones.

    A version that is there with the same content is left alone; with other content
    PublishedContentChanged is raised and nothing is written: a change needs a new version number.
    """
    at = at or timezone.now()
    with transaction.atomic():
        new = [_publish(one, at) for one in definitions]
    return [protocol for protocol in new if protocol is not None]


def _publish(one: ProtocolDefinition, at: datetime) -> Protocol | None:
    sealed = content_hash(one)
    there = Protocol.objects.filter(code=one.code, version=one.version).first()
    if there is not None:
        if there.content_hash != sealed:
            raise PublishedContentChanged(
                f"{one.code} version {one.version} is published with other content. "
                f"Give the changed file version {one.version + 1}."
            )
        return None
    protocol = Protocol.objects.create(
        code=one.code,
        version=one.version,
        title=one.title,
        text=one.text,
        content_hash=sealed,
        loaded_at=at,
    )
    Arm.objects.bulk_create(
        Arm(protocol=protocol, code=arm.code, title=arm.title) for arm in one.arms
    )
    audit.record(
        Event.PROTOCOL_LOADED,
        protocol,
        clinic_id=NETWORK,
        new={"code": one.code, "version": one.version, "content_hash": sealed},
        at=at,
    )
    return protocol
