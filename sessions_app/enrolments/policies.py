"""What a course's state says: criteria met or not, and where its clock stands."""

from collections.abc import Iterable, Mapping
from datetime import datetime, tzinfo

from sessions_app.enrolments.models import Enrolment
from sessions_app.outcomes.adherence import Clock, GivenSession, clock
from sessions_app.protocols import registry
from sessions_app.protocols.definition import ProtocolDefinition, Question

ANSWERS = (("yes", "Yes"), ("no", "No"), ("unknown", "Not known"))


def criteria(protocol: ProtocolDefinition) -> tuple[Question, ...]:
    """Return the checklist's questions: who the trial took, then whom it left out."""
    return (*protocol.eligibility, *protocol.exclusions)


def meets_criteria(protocol: ProtocolDefinition, checklist: Mapping[str, str]) -> bool:
    """Say whether every question has the answer that the trial asked for; unknown is not."""
    wanted = {one.code: "yes" if one.expected else "no" for one in criteria(protocol)}
    return all(checklist.get(code) == answer for code, answer in wanted.items())


def clock_of(
    enrolment: Enrolment, sessions: Iterable[GivenSession], now: datetime, zone: tzinfo
) -> Clock:
    """Return the protocol clock of a course: the one truth of «session 4 of 6»."""
    course = registry.course(enrolment.arm_id)
    return clock(course.protocol.schedule, enrolment.starts_on, tuple(sessions), now, zone)
