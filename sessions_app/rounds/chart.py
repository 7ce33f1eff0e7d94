"""What the page of one patient shows, gathered in a few queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator

from sessions_app.bodymap.picture import Picture
from sessions_app.clinics.models import Membership
from sessions_app.clinics.permissions import Permission, can
from sessions_app.clinics.thresholds import bounds_of
from sessions_app.enrolments.models import Enrolment
from sessions_app.enrolments.policies import clock_of
from sessions_app.outcomes.clock_words import clock_words
from sessions_app.outcomes.labels import Label
from sessions_app.patients.asked import Asking, asked_of
from sessions_app.patients.facts import as_patient_facts
from sessions_app.patients.models import ClinicalFact, Patient
from sessions_app.patients.order_model import Order
from sessions_app.patients.orders import as_orders, lifts
from sessions_app.protocols import registry
from sessions_app.protocols.registry import Course
from sessions_app.rounds.held import course_labels, held_in
from sessions_app.rounds.today import given_by
from sessions_app.safety.assess import assess
from sessions_app.safety.verdict import Verdict
from sessions_app.sessions.body import limits_picture
from sessions_app.sessions.limits import LimitRow, avoid_rows, general_words
from sessions_app.sessions.models import Session
from sessions_app.sessions.policies import may_end
from sessions_app.sessions.story import Pair, pairs_of
from sessions_app.timing.models import TimedCare
from sessions_app.timing.timeline import SPAN, TimedLine, Timeline
from sessions_app.vocabulary.records import SessionStatus
from sessions_app.vocabulary.roles import Role

SESSIONS_SHOWN = 30


@dataclass(frozen=True)
class SessionLine:
    """One session on the chart."""

    session: Session
    pairs: tuple[Pair, ...]
    labels: tuple[Label, ...]


@dataclass(frozen=True)
class CourseLine:
    """A course with its clock in words; the clock runs only while the course does.

    ``given_by`` says who gives it where it is not for the role that looks.
    """

    enrolment: Enrolment
    course: Course
    words: str
    given_by: str


@dataclass(frozen=True)
class OrderLine:
    """A clinician's order with what it lifts in words; past once it has ended or expired."""

    order: Order
    lifts: list[str]
    is_past: bool


@dataclass(frozen=True)
class Chart:
    """The whole page."""

    verdict: Verdict
    avoid: list[LimitRow]
    general: str
    body: Picture
    courses: tuple[CourseLine, ...]
    sessions: Page[SessionLine]
    in_progress: Session | None
    reader: Membership
    facts: tuple[ClinicalFact, ...]
    ended_facts: tuple[ClinicalFact, ...]
    asking: Asking
    ordered: tuple[OrderLine, ...]
    timeline: Timeline
    may_log: bool
    may_massage: bool
    may_enrol: bool
    may_record: bool
    may_order: bool
    may_amend: bool
    may_see_reads: bool

    @property
    def running(self) -> CourseLine | None:
        """The course that has not ended, if any."""
        return next((one for one in self.courses if one.enrolment.ended_on is None), None)

    @property
    def so(self) -> list[ClinicalFact]:
        """The facts that say what is so."""
        return [one for one in self.facts if not one.is_absent]

    @property
    def not_so(self) -> list[ClinicalFact]:
        """The facts that only say what was asked and is not so."""
        return [one for one in self.facts if one.is_absent]

    @property
    def next_step(self) -> str:
        """What the bar at the foot offers: «finish», «start», «enrol», or nothing."""
        if not self.may_log:
            return ""
        if self.in_progress:
            return "finish" if may_end(self.in_progress.given_by_id, self.reader) else ""
        if self.running:
            return "" if self.running.given_by else "start"
        return "enrol" if self.may_enrol else ""

    @property
    def orders(self) -> list[OrderLine]:
        """The orders that hold today or later."""
        return [one for one in self.ordered if not one.is_past]

    @property
    def past_orders(self) -> list[OrderLine]:
        """The orders that hold no longer."""
        return [one for one in self.ordered if one.is_past]


_RIGHTS = {
    "may_log": Permission.LOG_SESSION,
    "may_massage": Permission.GIVE_MASSAGE,
    "may_enrol": Permission.ENROL,
    "may_record": Permission.RECORD_FACTS,
    "may_order": Permission.RECORD_ORDERS,
    "may_amend": Permission.EDIT_PATIENTS,
    "may_see_reads": Permission.SEE_READS,
}


def chart_of(
    patient: Patient, membership: Membership, now: datetime, page: str | None = None
) -> Chart:
    """Gather the chart as it stands now, with one page of its sessions, the newest first."""
    mine = {"clinic_id": membership.clinic_id, "patient_id": patient.pk}
    today = now.astimezone(membership.clinic.zone).date()
    facts = list(ClinicalFact.objects.filter(**mine).newest_first())
    standing = tuple(one for one in facts if one.stands_on(today))
    ordered = list(Order.objects.filter(**mine).newest_first())
    known = as_patient_facts(standing)
    bounds = bounds_of(membership.clinic_id)
    verdict = assess(known, None, today, bounds=bounds, orders=as_orders(ordered))
    enrolments = list(Enrolment.objects.filter(**mine).order_by("-starts_on", "-enrolled_at"))
    sessions = _sessions_of(patient, membership)
    return Chart(
        verdict=verdict,
        avoid=avoid_rows(verdict),
        general=general_words(verdict),
        body=limits_picture(verdict, {}),
        courses=tuple(_course_line(one, sessions, membership, now) for one in enrolments),
        sessions=_page(_session_lines(sessions, enrolments, membership), page),
        in_progress=next((s for s in sessions if s.status == SessionStatus.IN_PROGRESS), None),
        reader=membership,
        facts=standing,
        ended_facts=tuple(one for one in facts if one not in standing),
        asking=asked_of(standing, today),
        timeline=_timeline(patient, membership, now),
        ordered=tuple(OrderLine(one, lifts(one), one.last_day < today) for one in ordered),
        **{name: can(membership, permission) for name, permission in _RIGHTS.items()},
    )


def _timeline(patient: Patient, membership: Membership, now: datetime) -> Timeline:
    mine = TimedCare.objects.filter(clinic_id=membership.clinic_id, patient_id=patient.pk)
    near = mine.standing().around(now, SPAN)
    return Timeline.of([TimedLine.of(row) for row in near], now, membership.clinic.zone)


def _sessions_of(patient: Patient, membership: Membership) -> list[Session]:
    mine = Session.objects.filter(clinic_id=membership.clinic_id, patient_id=patient.pk)
    rows = mine.with_scores(membership.clinic_id).with_sites(membership.clinic_id)
    return list(rows.newest_first())


def _page(lines: Sequence[SessionLine], wanted: str | None) -> Page[SessionLine]:
    return Paginator(lines, SESSIONS_SHOWN).get_page(wanted)


def _course_line(
    enrolment: Enrolment, sessions: list[Session], membership: Membership, now: datetime
) -> CourseLine:
    zone = membership.clinic.zone
    words = clock_words(clock_of(enrolment, held_in(enrolment, sessions), now, zone), zone)
    course = registry.course(enrolment.arm_id)
    return CourseLine(enrolment, course, words, given_by(course.arm, Role(membership.role)))


def _session_lines(
    sessions: list[Session], enrolments: list[Enrolment], membership: Membership
) -> tuple[SessionLine, ...]:
    labels_of = {
        session_id: found
        for one in enrolments
        for session_id, found in course_labels(one, sessions, membership.clinic.zone).items()
    }
    return tuple(
        SessionLine(one, pairs_of(one.scores.all()), labels_of.get(one.pk, ())) for one in sessions
    )
