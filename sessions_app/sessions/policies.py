"""What state and role allow of a session. Limits act on planning; what happened is recordable."""

import uuid
from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import PermissionDenied

from sessions_app.clinics.models import Membership
from sessions_app.clinics.permissions import Permission, can
from sessions_app.safety.findings import Finding
from sessions_app.safety.verdict import Verdict
from sessions_app.sessions.incidents import asks_what_happened
from sessions_app.sessions.models import ReminderShown, Session
from sessions_app.sessions.record import Answers, Care
from sessions_app.vocabulary.records import SessionStatus
from sessions_app.vocabulary.severity import Level
from sessions_app.vocabulary.techniques import SIMPLE_TOUCH


class NeedsAnswer(Exception):
    """The reminders have not been answered yet, or are not the ones that were shown."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__("the reminders want an answer")
        self.verdict = verdict


class StartRefused(Exception):
    """A stop forbids starting; the session, if it happened all the same, can be recorded."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__("a stop forbids starting")
        self.verdict = verdict


class KeyReused(Exception):
    """The form's key already belongs to a session that says something else."""

    def __init__(self, session: Session) -> None:
        super().__init__("the same form was sent before with other content")
        self.session = session


class StillInProgress(Exception):
    """An earlier session of the course has begun and waits for its after-scores."""

    def __init__(self, session: Session) -> None:
        super().__init__("a session of this course is in progress")
        self.session = session


class NotInProgress(Exception):
    """The session has been finished or called off; it can be called off no more."""

    def __init__(self, session: Session) -> None:
        super().__init__("the session is not in progress")
        self.session = session


class AlreadyThere(NeedsAnswer):
    """Another session of the patient, begun at `began`, lies in the same time: is this one more?"""

    def __init__(self, verdict: Verdict, began: datetime) -> None:
        super().__init__(verdict)
        self.began = began


class NotGiven(Exception):
    """A session that did not happen has no later score."""

    def __init__(self, session: Session) -> None:
        super().__init__("the session was not given")
        self.session = session


def check_simple_touch(by: Membership, care: Care) -> None:
    """Hold a volunteer to simple touch: hands kept still, resting weight, nothing else."""
    if can(by, Permission.GIVE_MASSAGE):
        return
    if care.techniques - SIMPLE_TOUCH or any(care.pressures.values()):
        raise PermissionDenied("Volunteers give simple touch only: hands kept still, no pressure.")


def check_may_start(by: Membership, verdict: Verdict, answers: Answers) -> None:
    """Refuse to start where a stop stands, save for a supervisor who gives a reason.

    An emergency is no matter of rank: nobody starts.
    """
    if not verdict.stops:
        return
    may = can(by, Permission.START_DESPITE_STOP) and verdict.level is not Level.EMERGENCY
    if not may:
        raise StartRefused(verdict)
    if not answers.reason:
        raise NeedsAnswer(verdict)


def check_answered(
    verdict: Verdict,
    answers: Answers,
    before: frozenset[str] = frozenset(),
    *,
    rise: int = 0,
    overlapped: datetime | None = None,
) -> None:
    """Hold that reminders which ask for it were confirmed, and a broken limit has a reason.

    `before` are the seals of reminders already confirmed with this session: one tick is enough.
    `rise` is by how much pain rose in the session: it asks what happened.
    `overlapped` is when another session began that lies in the same time: asked, never refused.
    """
    if overlapped is not None and not answers.is_another:
        raise AlreadyThere(verdict, overlapped)
    if lacks_what_happened(answers, rise):
        raise NeedsAnswer(verdict)
    if not must_answer(verdict, before):
        return
    if answers.shown != verdict.digest() or not answers.confirmed:
        raise NeedsAnswer(verdict)
    if passes_limits(verdict, before) and not answers.reason:
        raise NeedsAnswer(verdict)


def lacks_what_happened(answers: Answers, rise: int) -> bool:
    """Say whether pain rose and nobody has said why, nor that it is not known."""
    return asks_what_happened(rise) and not (answers.what_happened or answers.not_known)


def passes_limits(verdict: Verdict, before: frozenset[str] = frozenset()) -> bool:
    """Say whether a session went past a limit, or was held against a stop: both want a reason.

    A stop among those `before` has had its reason already.
    """
    return bool(verdict.breaks or {seal_of(one) for one in verdict.stops} - before)


def must_answer(verdict: Verdict, before: frozenset[str] = frozenset()) -> bool:
    """Say whether the reminders ask for a tick that they do not have yet."""
    asking = {seal_of(one) for one in (*verdict.stops, *verdict.confirms)}
    return bool(verdict.breaks or asking - before)


def seal_of(finding: Finding) -> str:
    """Return what makes a reminder the same reminder: rule, version, the facts behind it."""
    return seal(finding.rule, finding.version, [fact.id for fact in finding.facts])


def confirmed_before(reminders: Iterable[ReminderShown]) -> frozenset[str]:
    """Return the seals of the reminders that were confirmed with a session."""
    return frozenset(
        seal(one.rule, one.rule_version, one.facts) for one in reminders if one.confirmed
    )


def seal(rule: str, version: int, fact_ids: Iterable[str]) -> str:
    """Spell a reminder's identity out as text."""
    return f"{rule}.{version}:{','.join(sorted(fact_ids))}"


def may_be_finished(session: Session) -> bool:
    """Say whether the after-scores are still to come."""
    return session.status == SessionStatus.IN_PROGRESS


def may_end(giver_id: uuid.UUID, by: Membership) -> bool:
    """Say whether somebody ends a session that is under way: who gives it, or may give massage.

    A volunteer has not seen what another one's hands did.
    """
    return giver_id == by.user_id or can(by, Permission.GIVE_MASSAGE)


def check_may_end(session: Session, by: Membership) -> None:
    """Leave the end of a session, or calling it off, to those who may."""
    if not may_end(session.given_by_id, by):
        raise PermissionDenied(
            "Somebody else gives this session: they end it, or a therapist or supervisor does."
        )


def check_may_finish(session: Session, by: Membership, care: Care) -> None:
    """Leave the finish to those who end this session, and hold a volunteer to simple touch."""
    check_may_end(session, by)
    check_simple_touch(by, care)


def may_have_incident(session: Session) -> bool:
    """Say whether something can have gone wrong with it: it took place, or is taking place."""
    return session.status != SessionStatus.NOT_GIVEN
