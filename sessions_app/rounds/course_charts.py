"""A course's sessions as charts: one for each scale, before and after on one line a session."""

from collections import Counter
from collections.abc import Sequence
from datetime import tzinfo

from django.urls import reverse

from sessions_app.charts.course import Course as CourseChart
from sessions_app.charts.course import Given, Window
from sessions_app.enrolments.models import Enrolment
from sessions_app.outcomes.spoken import counted
from sessions_app.protocols.definition import ProtocolDefinition
from sessions_app.protocols.registry import Course
from sessions_app.sessions.models import Score, Session
from sessions_app.vocabulary.reasons import MissingReason
from sessions_app.vocabulary.records import SessionStatus
from sessions_app.vocabulary.scales import RATED, Scale
from sessions_app.vocabulary.timepoints import TimePoint

_PAIR = (TimePoint.BEFORE, TimePoint.AFTER)
_NOT_TOLD = "in progress"
"""The scores before a session are told once those after it are in, so that they lead no answer."""
_NO_ENTRY = "no entry"


def charts_of(
    enrolment: Enrolment, course: Course, sessions: Sequence[Session], zone: tzinfo
) -> tuple[CourseChart, ...]:
    """Return a chart for each scale that the protocol asks for, or that a session has."""
    windows = _windows(enrolment, course.protocol, zone)
    found = {scale: [_given(one, scale, zone) for one in sessions] for scale in RATED}
    return tuple(
        _chart(scale, found[scale], windows, course.protocol)
        for scale in RATED
        if _is_asked(course.protocol, scale) or any(one.scores for one in found[scale])
    )


def _chart(
    scale: Scale, given: list[Given], windows: tuple[Window, ...], protocol: ProtocolDefinition
) -> CourseChart:
    name = scale.label
    paired = _has_pair(protocol, scale) or any(one.after is not None for one in given)
    title = f"{name} before and after each session" if paired else f"{name}, the day after"
    return CourseChart(
        title=title,
        scale=scale.value,
        axis_words=f"{name}, {scale.minimum} {scale.low_word} to {scale.maximum} {scale.high_word}",
        summary="" if paired else _said_later(given),
        counted=" ".join(part for part in (_pairs(given) if paired else "", _later(given)) if part),
        sessions=tuple(given),
        windows=windows,
    )


def _windows(
    enrolment: Enrolment, protocol: ProtocolDefinition, zone: tzinfo
) -> tuple[Window, ...]:
    schedule = protocol.schedule
    if (end := schedule.ends_at(enrolment.starts_on, zone)) is None:
        return ()
    start = schedule.starts_at(enrolment.starts_on, zone)
    return (Window(start.astimezone(zone), end.astimezone(zone), "The protocol's days"),)


def _is_asked(protocol: ProtocolDefinition, scale: Scale) -> bool:
    return any(one.scale is scale and one.required for one in protocol.measures)


def _has_pair(protocol: ProtocolDefinition, scale: Scale) -> bool:
    asked = [one for one in protocol.measures if one.scale is scale]
    return any(point in one.time_points for one in asked for point in _PAIR)


def _given(session: Session, scale: Scale, zone: tzinfo) -> Given:
    at, href = session.performed_at.astimezone(zone), reverse("sessions:session", args=[session.pk])
    if session.status == SessionStatus.IN_PROGRESS:
        return Given(at, before_missing=_NOT_TOLD, after_missing=_NOT_TOLD, href=href)
    pair = next((row for row in session.scores.all() if row.scale == scale), Score())
    return Given(
        at=at,
        before=pair.before,
        after=pair.after,
        next_day=_next_day(session, scale),
        before_missing=_why(pair.before, pair.before_missing),
        after_missing=_why(pair.after, pair.after_missing),
        href=href,
    )


def _next_day(session: Session, scale: Scale) -> int | None:
    wanted = (scale.value, TimePoint.NEXT_DAY.value)
    values = (
        one.value for one in session.follow_ups.all() if (one.scale, one.time_point) == wanted
    )
    return next(values, None)


def _why(score: int | None, reason: str) -> str:
    if score is not None:
        return ""
    return MissingReason(reason).label.lower() if reason else _NO_ENTRY


def _pairs(given: Sequence[Given]) -> str:
    """Such as «7 sessions; 5 with both scores, 2 without (asleep: 1; declined: 1).»"""
    lacking = [one for one in given if None in (one.before, one.after)]
    if not lacking:
        return f"{counted(len(given), 'session')}, each with both scores."
    reasons = Counter(
        reason
        for one in lacking
        for reason in sorted({one.before_missing, one.after_missing} - {""})
    )
    why = "; ".join(f"{reason}: {number}" for reason, number in reasons.most_common())
    both, number = len(given) - len(lacking), counted(len(given), "session")
    return f"{number}; {both} with both scores, {len(lacking)} without ({why})."


def _later(given: Sequence[Given]) -> str:
    """How many have a score of the next day, where any has."""
    number = sum(one.next_day is not None for one in given)
    return f"Scored the day after: {number} of {counted(len(given), 'session')}." if number else ""


def _said_later(given: Sequence[Given]) -> str:
    """The answer of a scale that is asked the day after alone."""
    scores = [str(one.next_day) for one in sorted(given, key=lambda one: one.at) if one.scores]
    return f"The day after: {', '.join(scores)}, in the order of the sessions." if scores else ""
