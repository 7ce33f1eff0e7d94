"""Published protocols at hand in process memory.

A published version never changes, so what was read once stays right for the life of the process.
"""

import uuid
from dataclasses import dataclass
from functools import cache

from sessions_app.protocols.definition import ArmDefinition, ProtocolDefinition, parse
from sessions_app.protocols.models import Arm, Protocol


@dataclass(frozen=True)
class Course:
    """An arm with the protocol it belongs to: all that a form or a clock needs to know."""

    arm_id: uuid.UUID
    protocol: ProtocolDefinition
    arm: ArmDefinition

    @property
    def name(self) -> str:
        """Protocol and arm in words; a protocol of one arm needs no second word."""
        if len(self.protocol.arms) == 1:
            return self.protocol.title
        return f"{self.protocol.title} · {self.arm.title}"


@cache
def course(arm_id: uuid.UUID) -> Course:
    """Return the arm's definition. Raises Arm.DoesNotExist for an unknown id."""
    row = Arm.objects.select_related("protocol").get(pk=arm_id)
    protocol = _definition(row.protocol_id)
    return Course(arm_id=arm_id, protocol=protocol, arm=protocol.arm(row.code))


def offered() -> list[Course]:
    """Return the arms of the newest version of every protocol, for a new enrolment."""
    newest: dict[str, Protocol] = {}
    for protocol in Protocol.objects.order_by("code", "version"):
        newest[protocol.code] = protocol
    arms = Arm.objects.filter(protocol__in=newest.values()).order_by("protocol__code", "id")
    return [course(arm_id) for arm_id in arms.values_list("pk", flat=True)]


@cache
def _definition(protocol_id: uuid.UUID) -> ProtocolDefinition:
    row = Protocol.objects.get(pk=protocol_id)
    return parse(row.text, f"{row.code} version {row.version}")
