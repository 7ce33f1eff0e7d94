"""A session as its page tells it: score pairs with their change, what was done, where."""

from collections.abc import Iterable
from dataclasses import dataclass

from sessions_app.bodymap.picture import Picture
from sessions_app.outcomes.change import change
from sessions_app.protocols import registry
from sessions_app.protocols.registry import Course
from sessions_app.sessions.body import done_picture
from sessions_app.sessions.clock import more_than_passed
from sessions_app.sessions.headings import HEADINGS
from sessions_app.sessions.models import ReminderShown, Score, Session, SessionReceipt
from sessions_app.sessions.passed import Passed, passed_of
from sessions_app.sessions.record import NOTES
from sessions_app.timing.timeline import span_words
from sessions_app.vocabulary.body_sites import BodySite
from sessions_app.vocabulary.pressure import Pressure
from sessions_app.vocabulary.reasons import MissingReason
from sessions_app.vocabulary.records import DateSource, Interruption, SessionStatus
from sessions_app.vocabulary.scales import Scale
from sessions_app.vocabulary.severity import Level
from sessions_app.vocabulary.techniques import Technique


@dataclass(frozen=True)
class Pair:
    """One scale before and after; `change` is oriented, None where a score is missing."""

    scale: Scale
    before: int | None
    after: int | None
    change: int | None
    before_missing: str
    after_missing: str
    is_rated: bool


@dataclass(frozen=True)
class SiteLine:
    """One treated site in words."""

    label: str
    pressure: str
    outside: bool


@dataclass(frozen=True)
class Shown:
    """The reminders of one moment, the strongest first."""

    heading: str
    reminders: tuple[ReminderShown, ...]


@dataclass(frozen=True)
class Story:
    """What the page of one session shows besides its columns."""

    pairs: tuple[Pair, ...]
    sites: tuple[SiteLine, ...]
    picture: Picture | None
    techniques: tuple[str, ...]
    interruptions: tuple[str, ...]
    passed: tuple[Passed, ...]
    reminders: tuple[Shown, ...]
    notes: tuple[tuple[str, str], ...]
    since_opioid: str
    late_start: str


@dataclass(frozen=True)
class Stored:
    """What a form's key stands for already, told beside the form that was sent again.

    As on the session's page, before-scores are not told while the after-scores are to come.
    """

    session: Session
    story: Story
    planned: tuple[str, ...]


def stored_of(session: Session) -> Stored:
    """Tell a session that was stored under the key of another form."""
    course = registry.course(session.enrolment.arm_id)
    planned = tuple(BodySite(code).label for code in session.plan.get("sites", {}))
    return Stored(session, story_of(session, course), planned)


def story_of(session: Session, course: Course) -> Story:
    """Tell a session whose rows were fetched along (`with_record`)."""
    allowed = BodySite if course.arm.sites is None else course.arm.sites
    treated = {BodySite(row.site): row.pressure for row in session.sites.all()}
    since = session.minutes_since_opioid
    return Story(
        pairs=pairs_of(session.scores.all()),
        sites=tuple(
            SiteLine(site.label, _pressure(treated[site]), site not in allowed)
            for site in BodySite
            if site in treated
        ),
        picture=done_picture(session.sites.all()) if treated else None,
        techniques=tuple(Technique(code).label for code in session.techniques),
        interruptions=tuple(Interruption(code).label for code in session.interruptions),
        passed=_passed(session),
        reminders=_shown(session),
        notes=tuple(
            (label, getattr(session, name)) for name, label in NOTES if getattr(session, name)
        ),
        since_opioid="" if since is None else span_words(since),
        late_start=late_start_of(session),
    )


def saved_words(phase: str, session: Session) -> str:
    """Say that a phase of the form was saved, and what its page should not keep to itself."""
    return f"{HEADINGS[phase].saved} {late_start_of(session)}".strip()


def late_start_of(session: Session) -> str:
    """Say of a session that was started here if it took longer than since its start was saved."""
    if session.date_source != DateSource.NOW or session.status != SessionStatus.GIVEN:
        return ""
    ended, minutes = session.completed_at, session.minutes
    return more_than_passed(session.performed_at, ended, minutes) if ended and minutes else ""


def _passed(session: Session) -> tuple[Passed, ...]:
    if not session.limit_broken:
        return ()
    mine = SessionReceipt.objects.filter(clinic_id=session.clinic_id, session_id=session.pk)
    return passed_of(session, mine)


def _shown(session: Session) -> tuple[Shown, ...]:
    """Group the reminders by when they were shown: with the start, or later with the finish."""
    rows = sorted(session.reminders.all(), key=lambda one: -Level(one.level).rank)
    first = tuple(one for one in rows if one.shown_at <= session.recorded_at)
    later = tuple(one for one in rows if one.shown_at > session.recorded_at)
    begun_here = session.date_source == DateSource.NOW
    heading = "When it was started" if begun_here else "When it was recorded"
    groups = (Shown(heading, first), Shown("When it was finished", later))
    return tuple(group for group in groups if group.reminders)


def pairs_of(scores: Iterable[Score]) -> tuple[Pair, ...]:
    """Return the score pairs in the order of the scales."""
    by_scale = {Scale(row.scale): row for row in scores}
    return tuple(_pair(scale, by_scale[scale]) for scale in Scale if scale in by_scale)


def _pair(scale: Scale, row: Score) -> Pair:
    both = row.before is not None and row.after is not None
    rated = scale.higher_is_better is not None
    return Pair(
        scale=scale,
        before=row.before,
        after=row.after,
        change=change(scale, row.before, row.after) if both and rated else None,  # type: ignore[arg-type]
        before_missing=_reason(row.before_missing),
        after_missing=_reason(row.after_missing),
        is_rated=rated,
    )


def _reason(code: str) -> str:
    return MissingReason(code).label if code else ""


def _pressure(level: int) -> str:
    return dict(Pressure.choices())[level]
