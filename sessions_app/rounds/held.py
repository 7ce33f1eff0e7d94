"""The sessions of a course that count for its protocol, as the clock and the labels read them."""

import uuid
from collections.abc import Iterable
from datetime import tzinfo

from sessions_app.enrolments.models import Enrolment
from sessions_app.outcomes.adherence import GivenSession
from sessions_app.outcomes.labels import Label, labels
from sessions_app.protocols import registry
from sessions_app.sessions.models import Session
from sessions_app.vocabulary.body_sites import BodySite
from sessions_app.vocabulary.records import SessionStatus
from sessions_app.vocabulary.roles import Role
from sessions_app.vocabulary.techniques import Technique


def held_in(enrolment: Enrolment, sessions: Iterable[Session]) -> list[GivenSession]:
    """Return what the clock reads: the course's sessions that were given, or are being given."""
    return [_as_given(one) for one in _held(enrolment, sessions)]


def course_labels(
    enrolment: Enrolment, sessions: Iterable[Session], zone: tzinfo
) -> dict[uuid.UUID, tuple[Label, ...]]:
    """Return how each held session of a course stands to its protocol."""
    held = _held(enrolment, sessions)
    course = registry.course(enrolment.arm_id)
    found = labels(
        course.protocol.schedule,
        course.arm.techniques,
        course.arm.sites,
        enrolment.starts_on,
        [_as_given(one) for one in held],
        zone,
        roles=course.arm.roles,
        max_pressure=course.arm.max_pressure,
    )
    return dict(zip([one.pk for one in held], found, strict=True))


def _held(enrolment: Enrolment, sessions: Iterable[Session]) -> list[Session]:
    counted = (SessionStatus.GIVEN, SessionStatus.IN_PROGRESS)
    return [one for one in sessions if one.enrolment_id == enrolment.pk and one.status in counted]


def _as_given(session: Session) -> GivenSession:
    return GivenSession(
        performed_at=session.performed_at,
        minutes=session.minutes,
        techniques=frozenset(Technique(code) for code in session.techniques),
        sites=frozenset(BodySite(row.site) for row in session.sites.all()),
        role=Role(session.given_as),
        firmest=max((row.pressure for row in session.sites.all()), default=None),
    )
