"""From what a person says of a session to the rows that are stored."""

import json
import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sessions_app.clinics.models import Membership
from sessions_app.enrolments.models import Enrolment
from sessions_app.outcomes import labels
from sessions_app.outcomes.adherence import GivenSession
from sessions_app.protocols import registry
from sessions_app.safety.findings import Finding
from sessions_app.safety.receipt import Answered, receipt_of, serialise
from sessions_app.safety.situation import PlannedSession
from sessions_app.safety.verdict import Verdict
from sessions_app.sessions import score_rows
from sessions_app.sessions.models import (
    ReminderShown,
    Score,
    Session,
    SessionReceipt,
    SiteTreated,
)
from sessions_app.sessions.record import Answers, Care
from sessions_app.vocabulary.records import Phase, SessionStatus
from sessions_app.vocabulary.roles import Role
from sessions_app.vocabulary.severity import Level

FINISHED = (
    "status", "counted", "completed_at", "finish_digest", "limit_broken", "break_reason",
    "pain_rise", "pain_rise_text", "minutes_since_opioid", "outside",
)  # fmt: skip
"""The columns that finishing sets, beside those of the care."""


def opened(
    enrolment: Enrolment,
    by: Membership,
    client_key: uuid.UUID,
    digest: str,
    *,
    performed_at: datetime,
    recorded_at: datetime,
) -> Session:
    """A session of a course, given by the member, with the key of the form it came from."""
    return Session.of_columns(
        clinic_id=by.clinic_id,
        patient_id=enrolment.patient_id,
        enrolment_id=enrolment.pk,
        arm_id=enrolment.arm_id,
        given_by_id=by.user_id,
        given_as=by.role,
        performed_at=performed_at,
        recorded_at=recorded_at,
        client_key=client_key,
        digest=digest,
    )


def put_care(
    session: Session, care: Care, told: PlannedSession, verdict: Verdict, answers: Answers
) -> None:
    """Set what was done, and whether a limit was passed or a stop not heeded, and why."""
    for name, value in care.columns().items():
        setattr(session, name, value)
    session.minutes_since_opioid = told.minutes_since_opioid
    session.outside = _outside(session, care)
    flag(session, verdict, answers)


def _outside(session: Session, care: Care) -> str:
    """Say what of the care its arm does not list; a published arm never changes."""
    done = GivenSession(
        session.performed_at,
        techniques=care.techniques,
        sites=frozenset(care.pressures),
        firmest=max(care.pressures.values(), default=None),
    )
    arm = registry.course(session.arm_id).arm
    found = labels.outside(done, arm.techniques, arm.sites, arm.max_pressure)
    return " ".join(label.value for label in found)


def flag(session: Session, verdict: Verdict, answers: Answers) -> None:
    """Mark a session that supervisors are to see; what was marked at its start stays marked."""
    if verdict.breaks or verdict.stops:
        session.limit_broken = True
        session.break_reason = answers.reason or session.break_reason


def give(session: Session, at: datetime, finish_digest: str = "") -> None:
    """Set that it was given to the end; it counts for its arm in a role that the arm names."""
    session.status, session.completed_at = SessionStatus.GIVEN.value, at
    session.counted = Role(session.given_as) in registry.course(session.arm_id).arm.roles
    session.finish_digest = finish_digest


def pressures(care: Care) -> dict[str, int]:
    """Return site codes with their pressure, in the order of the codes."""
    return {site.value: care.pressures[site] for site in sorted(care.pressures)}


def sites(session: Session, care: Care) -> list[SiteTreated]:
    """One row for each site that hands were on."""
    return [
        SiteTreated.of_columns(
            clinic_id=session.clinic_id, session_id=session.pk, site=code, pressure=pressure
        )
        for code, pressure in pressures(care).items()
    ]


def told(
    session: Session,
    verdict: Verdict,
    answers: Answers,
    phase: Phase,
    at: datetime,
    before: Iterable[ReminderShown] = (),
) -> list[ReminderShown | SessionReceipt]:
    """What the rules said in a phase: a row for each finding, and the receipt of all of it.

    A reminder that the session was shown and told `before`, word for word, has its row already.
    """
    known = {_as_shown(one) for one in before}
    broken = {rule for each in verdict.breaks for rule in each.rules}
    overridden = broken | {finding.rule for finding in verdict.stops}
    reminders = [
        _reminder(session, finding, answers, at, overridden=finding.rule in overridden)
        for finding in verdict.findings
    ]
    new = [one for one in reminders if _as_shown(one) not in known]
    return [*new, _receipt(session, verdict, answers, phase, at)]


def account(session: Session, care: Care, pairs: Iterable[Score]) -> dict[str, Any]:
    """Return the whole record of a given session for the audit trail."""
    return {
        "performed_at": session.performed_at,
        **care.columns(),
        "sites": pressures(care),
        "scores": score_rows.said(pairs),
        "limit_broken": session.limit_broken,
        "break_reason": session.break_reason,
        "pain_rise": session.pain_rise,
        "pain_rise_text": session.pain_rise_text,
        "minutes_since_opioid": session.minutes_since_opioid,
    }


def _receipt(
    session: Session, verdict: Verdict, answers: Answers, phase: Phase, at: datetime
) -> SessionReceipt:
    made = receipt_of(verdict, Answered(answers.confirmed, answers.reason, answers.seconds))
    return SessionReceipt.of_columns(
        clinic_id=session.clinic_id,
        session_id=session.pk,
        phase=phase.value,
        edition=made.edition,
        written=json.dumps(serialise(made), separators=(",", ":"), ensure_ascii=False),
        made_at=at,
    )


def _as_shown(one: ReminderShown) -> tuple[str, int, str, bool, str, bool]:
    told = one.rule, one.rule_version, one.message
    return *told, one.confirmed, one.answer, bool(one.overridden)


def _reminder(
    session: Session, finding: Finding, answers: Answers, at: datetime, *, overridden: bool
) -> ReminderShown:
    asks = finding.level.rank >= Level.CONFIRM.rank
    return ReminderShown.of_columns(
        clinic_id=session.clinic_id,
        session_id=session.pk,
        rule=finding.rule,
        rule_version=finding.version,
        level=finding.level.value,
        message=" ".join([finding.message, *(f"{order}." for order in finding.ordered)])[:500],
        sites=sorted(site.value for site in finding.sites),
        facts=[fact.id for fact in finding.facts],
        confirmed=asks and answers.confirmed,
        answer=answers.reason if asks else "",
        answer_seconds=answers.seconds if asks or overridden else None,
        overridden=overridden,
        shown_at=at,
    )
