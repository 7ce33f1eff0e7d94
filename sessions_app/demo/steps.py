"""One session, step by step: begun, finished, typed in afterwards, not given, followed up."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from sessions_app.clinics.models import Membership
from sessions_app.demo.stories import ToldFollowUp, ToldSession
from sessions_app.enrolments.models import Enrolment
from sessions_app.patients.models import ClinicalFact, Patient
from sessions_app.sessions import actions, later_actions
from sessions_app.sessions.models import Session
from sessions_app.sessions.policies import must_answer, passes_limits
from sessions_app.sessions.record import Answers
from sessions_app.vocabulary.records import DateSource
from sessions_app.vocabulary.timepoints import TimePoint

QUICKEST, SLOWER = 20, 220
"""Seconds from the first showing of the reminders to the save: at least, and at most above that."""
_WHY_WORSE = (
    "Turned on the side halfway; it hurt from then on.",
    "",
    "The breakthrough dose was wearing off.",
    "A nurse had to move the leg in between.",
)
"""What is said where pain rose; nothing is said where nobody knows."""


@dataclass(frozen=True)
class Step:
    """One thing that somebody did, and when."""

    at: datetime
    do: Callable[[], object]


@dataclass
class Made:
    """The rows of one story, as far as they have been written."""

    patient: Patient = field(init=False)
    facts: dict[int, ClinicalFact] = field(default_factory=dict)
    enrolment: Enrolment = field(init=False)
    session: Session = field(init=False)


def session_steps(made: Made, told: ToldSession, by: Membership) -> Iterator[Step]:
    """Yield what was done for one offered session, by the colleague who gave it."""
    performed_at, recorded_at = as_utc(told.performed_at), as_utc(told.recorded_at)
    if told.not_given is not None:
        yield Step(recorded_at, lambda: _not_given(made, told, by))
    elif told.staged:
        yield Step(performed_at, lambda: _start(made, told, by))
        if not told.under_way:
            yield Step(recorded_at, lambda: _finish(made, told, by))
    else:
        yield Step(recorded_at, lambda: _log(made, told, by))
    for follow_up in told.follow_ups:
        yield _follow_up_step(made, follow_up, by)


def as_utc(moment: datetime) -> datetime:
    """Return the same moment in UTC, by which steps are put in order."""
    return moment.astimezone(UTC)


def _start(made: Made, told: ToldSession, by: Membership) -> None:
    at = as_utc(told.performed_at)
    made.session = actions.start(
        enrolment=made.enrolment,
        plan=told.care,
        before=told.before,
        answers=_answers(made, told, by, planning=True),
        client_key=told.key,
        digest=_digest(told),
        by=by,
        at=at,
    )


def _finish(made: Made, told: ToldSession, by: Membership) -> None:
    made.session = actions.finish(
        made.session,
        care=told.care,
        after=told.after,
        answers=_answers(made, told, by, planning=False),
        digest=_digest(told),
        by=by,
        at=as_utc(told.recorded_at),
    )


def _log(made: Made, told: ToldSession, by: Membership) -> None:
    made.session = actions.log(
        enrolment=made.enrolment,
        performed_at=as_utc(told.performed_at),
        care=told.care,
        before=told.before,
        after=told.after,
        answers=_answers(made, told, by, planning=False),
        client_key=told.key,
        digest=_digest(told),
        by=by,
        date_source=DateSource.TYPED,
        at=as_utc(told.recorded_at),
    )


def _not_given(made: Made, told: ToldSession, by: Membership) -> None:
    if told.not_given is not None:
        made.session = actions.not_given(
            enrolment=made.enrolment,
            reason=told.not_given,
            client_key=told.key,
            digest=_digest(told),
            by=by,
            performed_at=as_utc(told.performed_at),
            note=told.note,
            at=as_utc(told.recorded_at),
        )


def _follow_up_step(made: Made, told: ToldFollowUp, by: Membership) -> Step:
    measured_at = as_utc(told.measured_at)
    at = measured_at + timedelta(minutes=4)

    def add() -> None:
        later_actions.add_follow_up(
            made.session,
            scale=told.scale,
            time_point=TimePoint.NEXT_DAY,
            rating=told.rating,
            measured_at=measured_at,
            by=by,
            at=at,
        )

    return Step(at, add)


def _answers(made: Made, told: ToldSession, by: Membership, *, planning: bool) -> Answers:
    """Read the reminders as the form would show them, and answer those that ask for it."""
    when = as_utc(told.performed_at)
    after = {} if planning else told.after
    verdict = actions.verdict_of(
        made.enrolment, told.care, when, by,
        at=when, planning=planning, before=told.before, after=after,
    )  # fmt: skip
    why = _WHY_WORSE[told.key.int % len(_WHY_WORSE)]
    rose = Answers(what_happened=why, not_known=not why)
    if not must_answer(verdict):
        return rose
    reason = told.break_reason if passes_limits(verdict) else ""
    seconds = QUICKEST + told.key.int % SLOWER
    return replace(rose, shown=verdict.digest(), confirmed=True, reason=reason, seconds=seconds)


def _digest(told: ToldSession) -> str:
    """Return what stands for the form's content: one key, one content."""
    return hashlib.sha256(told.key.bytes).hexdigest()
