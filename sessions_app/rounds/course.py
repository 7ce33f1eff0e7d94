"""A patient's courses as their page shows them: scores, dose, sites, sessions, in few queries."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sessions_app.bodymap.picture import Picture, site_words
from sessions_app.charts.course import Course as CourseChart
from sessions_app.clinics.models import Clinic, Membership
from sessions_app.enrolments.models import Enrolment
from sessions_app.enrolments.policies import clock_of
from sessions_app.outcomes.clock_words import clock_words, dose_words
from sessions_app.outcomes.labels import Label
from sessions_app.outcomes.spoken import counted
from sessions_app.patients.models import Patient
from sessions_app.protocols import registry
from sessions_app.protocols.registry import Course
from sessions_app.rounds.course_charts import charts_of
from sessions_app.rounds.held import course_labels, held_in
from sessions_app.sessions.body import firmest_picture
from sessions_app.sessions.models import Session
from sessions_app.vocabulary.body_sites import BodySite
from sessions_app.vocabulary.reasons import NotGivenReason
from sessions_app.vocabulary.records import SessionStatus

SHOWN = 40
"""So many sessions of a course are drawn, the newest; more would be marks on top of each other."""


@dataclass(frozen=True)
class SessionRow:
    """One session of a course: where hands were, and how it stands to the protocol."""

    session: Session
    where: str
    labels: tuple[Label, ...]


@dataclass(frozen=True)
class SitesTouched:
    """Sites that as many sessions touched, as firmly at most."""

    count: str
    where: str
    firmest: int


@dataclass(frozen=True)
class CoursePart:
    """One course. ``clock`` says when the next session may be; empty once the course has ended.

    ``uid`` begins the ids of its pictures, so that a page of several courses shares none.
    """

    uid: str
    enrolment: Enrolment
    course: Course
    dose: str
    clock: str
    tallies: tuple[tuple[str, str], ...]
    charts: tuple[CourseChart, ...]
    sites: tuple[SitesTouched, ...]
    picture: Picture | None
    rows: tuple[SessionRow, ...]
    older: int

    @property
    def drawn(self) -> list[tuple[str, CourseChart]]:
        """The charts, each with what its own ids begin with."""
        return [(f"{self.uid}-{chart.scale}", chart) for chart in self.charts]

    @property
    def has_scores(self) -> bool:
        """Whether there is a session that could have a score."""
        return any(chart.sessions for chart in self.charts)


def courses_of(patient: Patient, membership: Membership, now: datetime) -> tuple[CoursePart, ...]:
    """Return the patient's courses, the newest first."""
    mine = {"clinic_id": membership.clinic_id, "patient_id": patient.pk}
    enrolments = Enrolment.objects.filter(**mine).order_by("-starts_on", "-enrolled_at")
    clinic = membership.clinic
    found = Session.objects.filter(**mine).with_scores(clinic.pk).with_sites(clinic.pk)
    sessions = list(found.with_follow_ups(clinic.pk).newest_first())
    return tuple(
        _part(f"course-{n}", one, [s for s in sessions if s.enrolment_id == one.pk], clinic, now)
        for n, one in enumerate(enrolments, start=1)
    )


def _part(
    uid: str, enrolment: Enrolment, sessions: list[Session], clinic: Clinic, now: datetime
) -> CoursePart:
    zone, course = clinic.zone, registry.course(enrolment.arm_id)
    labels_of = course_labels(enrolment, sessions, zone)
    given = [one for one in sessions if one.status == SessionStatus.GIVEN]
    shown = sessions[:SHOWN]
    drawn = [one for one in shown if one.status != SessionStatus.NOT_GIVEN]
    clock = clock_of(enrolment, held_in(enrolment, sessions), now, zone)
    minutes = sum(one.minutes or 0 for one in given)
    pressures = _pressures(given)
    return CoursePart(
        uid=uid,
        enrolment=enrolment,
        course=course,
        dose=dose_words(course.protocol.schedule, len(given), minutes),
        clock="" if enrolment.ended_on else clock_words(clock, zone),
        tallies=_tallies(sessions, labels_of.values()),
        charts=charts_of(enrolment, course, drawn, zone),
        sites=_touched(pressures),
        picture=_picture(pressures),
        rows=tuple(SessionRow(one, _where(one), labels_of.get(one.pk, ())) for one in shown),
        older=len(sessions) - len(shown),
    )


def _tallies(
    sessions: Iterable[Session], labels: Iterable[tuple[Label, ...]]
) -> tuple[tuple[str, str], ...]:
    """How the sessions stand to the protocol, and why some were not given; each with its count."""
    stood = Counter(label for each in labels for label in each)
    reasons = Counter(one.not_given_reason for one in sessions if one.not_given_reason)
    rows = (
        ("By the protocol", [(label.label, stood[label]) for label in Label if stood[label]]),
        ("Not given", [(NotGivenReason(code).label, n) for code, n in reasons.most_common()]),
    )
    return tuple((name, _told(counts)) for name, counts in rows if counts)


def _told(counts: Sequence[tuple[str, int]]) -> str:
    return "; ".join(f"{words.lower()}: {number}" for words, number in counts)


def _pressures(given: Iterable[Session]) -> dict[BodySite, list[int]]:
    """The pressure of every session on each site that hands were on."""
    found: dict[BodySite, list[int]] = {}
    for session in given:
        for row in session.sites.all():
            found.setdefault(BodySite(row.site), []).append(row.pressure)
    return found


def _touched(pressures: Mapping[BodySite, Sequence[int]]) -> tuple[SitesTouched, ...]:
    """The sites in words, most often touched first, head to foot within."""
    alike: dict[tuple[int, int], list[BodySite]] = {}
    for site in BodySite:
        if site in pressures:
            alike.setdefault((len(pressures[site]), max(pressures[site])), []).append(site)
    often = sorted(alike.items(), reverse=True)
    return tuple(
        SitesTouched(counted(number, "session"), site_words(sites), firmest)
        for (number, firmest), sites in often
    )


def _picture(pressures: Mapping[BodySite, Sequence[int]]) -> Picture | None:
    """The map with the firmest pressure of each site; its words stand beside it, with counts."""
    if not pressures:
        return None
    drawn = firmest_picture({site: max(there) for site, there in pressures.items()})
    return replace(drawn, told=())


def _where(session: Session) -> str:
    treated = {row.site for row in session.sites.all()}
    return site_words(site for site in BodySite if site.value in treated)
