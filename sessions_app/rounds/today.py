"""The lines of the patient list: who is to be visited today, and everyone in care."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import chain
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import (
    Case,
    Count,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
    Window,
)
from django.db.models.functions import Coalesce

from sessions_app.clinics.models import Membership
from sessions_app.enrolments.models import Enrolment
from sessions_app.enrolments.policies import clock_of
from sessions_app.enrolments.querysets import IN_ROUND_ORDER
from sessions_app.outcomes.adherence import GivenSession, Schedule
from sessions_app.outcomes.clock_words import clock_words
from sessions_app.patients.models import Patient
from sessions_app.protocols import registry
from sessions_app.protocols.definition import ArmDefinition
from sessions_app.protocols.models import Arm
from sessions_app.sessions.emergency_model import EmergencySeen
from sessions_app.sessions.models import Session
from sessions_app.sessions.policies import may_end
from sessions_app.sessions.querysets import SessionQuerySet
from sessions_app.vocabulary.records import SessionStatus
from sessions_app.vocabulary.roles import Role

TODAY_AT_MOST = 40


@dataclass(frozen=True)
class PatientRow:
    """One patient on the list; without a running course the rest is empty.

    `given_by` says who gives the arm, where it is not for the person who reads the list;
    `may_finish` whether they may end the session in progress; `is_emergency` that an emergency at
    the patient is still open.
    """

    patient: Patient
    course: str = ""
    enrolment_id: uuid.UUID | None = None
    words: str = ""
    in_progress_id: uuid.UUID | None = None
    may_finish: bool = False
    given_by: str = ""
    is_emergency: bool = False


def with_arm(patients: QuerySet[Patient], membership: Membership) -> QuerySet[Patient]:
    """Fetch the arm of each patient's running course along, as `running_arm`."""
    running = Enrolment.objects.filter(clinic_id=membership.clinic_id, patient_id=OuterRef("pk"))
    return patients.annotate(running_arm=Subquery(running.running().values("arm_id")[:1]))


def rows_for(patients: Iterable[Patient]) -> list[PatientRow]:
    """Return a row for each patient fetched `with_arm`: the name of the course, no clock."""
    return [
        PatientRow(one, registry.course(arm_id).name if arm_id else "")
        for one, arm_id in ((one, one.running_arm) for one in patients)  # type: ignore[attr-defined]
    ]


def todays_page(membership: Membership, now: datetime, wanted: str | None) -> Page[PatientRow]:
    """Return whom to visit today: sessions in progress first, then who may have one today.

    A volunteer finds those who have simple touch before all others.

    Three queries, however many courses are running: the number of all comes with the rows.
    """
    counted = _to_visit(membership, now).annotate(of=Window(Count("pk")))
    number = _page_number(wanted)
    courses = _cut(counted, number)
    if not courses and number > 1:
        number, courses = 1, _cut(counted, 1)
    of = courses[0].of if courses else 0  # type: ignore[attr-defined]
    pages: Paginator[Any] = Paginator(range(of), TODAY_AT_MOST)
    return Page(_rows_of_courses(courses, membership, now), number, pages)


def found_rows(
    patients: Iterable[Patient], membership: Membership, now: datetime
) -> list[PatientRow]:
    """Return the rows of patients fetched `with_arm`; whom to visit today with the clock."""
    plain = rows_for(patients)
    courses = _to_visit(membership, now).filter(patient_id__in=[row.patient.pk for row in plain])
    rows = _rows_of_courses(list(courses.select_related("patient")), membership, now)
    today = {row.patient.pk: row for row in rows}
    return [today.get(row.patient.pk, row) for row in plain]


def _page_number(wanted: str | None) -> int:
    """Read a page's number from an address; whatever is none is the first."""
    digits = wanted if wanted and wanted.isascii() and wanted.isdigit() and len(wanted) < 7 else "1"
    return max(int(digits), 1)


def _cut(courses: QuerySet[Enrolment], number: int) -> list[Enrolment]:
    first = (number - 1) * TODAY_AT_MOST
    return list(courses.select_related("patient")[first : first + TODAY_AT_MOST])


def _rows_of_courses(
    courses: list[Enrolment], membership: Membership, now: datetime
) -> list[PatientRow]:
    given, in_progress = _sessions_of(courses, membership)
    zone = membership.clinic.zone
    return [
        PatientRow(
            patient=one.patient,
            course=registry.course(one.arm_id).name,
            enrolment_id=one.pk,
            words=clock_words(clock_of(one, given[one.pk], now, zone), zone),
            in_progress_id=in_progress.get(one.pk, (None,))[0],
            may_finish=one.pk in in_progress and may_end(in_progress[one.pk][1], membership),
            given_by=given_by(registry.course(one.arm_id).arm, Role(membership.role)),
            is_emergency=one.is_emergency,  # type: ignore[attr-defined]
        )
        for one in courses
    ]


def given_by(arm: ArmDefinition, role: Role) -> str:
    """Say who gives an arm that is not for this role: «Massage: given by therapists»."""
    if role in arm.roles:
        return ""
    givers = next(one for one in Role if one in arm.roles)
    return f"{arm.title}: given by {givers.label.lower()}s"


def _to_visit(membership: Membership, now: datetime) -> QuerySet[Enrolment]:
    """Running courses with a session in progress, then those whose clock is open today.

    Before both what the member's role gives, where it gives some arms only.
    """
    sessions = Session.objects.filter(clinic_id=membership.clinic_id)
    held_here = sessions.held().filter(enrolment_id=OuterRef("pk")).order_by()
    number = held_here.values("enrolment_id").annotate(n=Count("pk")).values("n")
    begun = Exists(sessions.in_progress().filter(enrolment_id=OuterRef("pk")))
    running = Enrolment.objects.filter(clinic_id=membership.clinic_id).running()
    emergencies = EmergencySeen.objects.filter(clinic_id=membership.clinic_id).still_open()
    seen = Exists(emergencies.filter(patient_id=OuterRef("patient_id")))
    told = running.annotate(begun=begun, is_emergency=seen)
    counted = told.alias(number=Coalesce(Subquery(number), 0))
    wanted, by_schedule = Q(begun=True), _arms_by_schedule()
    for schedule, arms in by_schedule.items():
        wanted |= Q(arm_id__in=arms) & _open_today(schedule, sessions, membership, now)
    own = _given_first(chain.from_iterable(by_schedule.values()), Role(membership.role))
    return counted.filter(wanted).order_by(*own, "-begun", *IN_ROUND_ORDER)


def _given_first(arms: Iterable[uuid.UUID], role: Role) -> list[Case]:
    """Let who gives some arms only, as a volunteer, have their patients before the others'."""
    every = list(arms)
    theirs = [one for one in every if role in registry.course(one).arm.roles]
    if len(theirs) in (0, len(every)):
        return []
    return [Case(When(arm_id__in=theirs, then=0), default=1)]


def _open_today(
    schedule: Schedule, sessions: SessionQuerySet, membership: Membership, now: datetime
) -> Q:
    """The clock's answer as a condition: a session may start before this day ends.

    The clock itself (`outcomes.adherence`) says the same of one course; a test holds them together.
    """
    zone = membership.clinic.zone
    today = now.astimezone(zone).date()
    tomorrow = datetime.combine(today + timedelta(days=1), time.min, tzinfo=zone).astimezone(UTC)
    found = Q(starts_on__lte=today)
    if schedule.window_days is not None:
        found &= Q(starts_on__gt=today - timedelta(days=schedule.window_days))
    if schedule.max_sessions is not None:
        found &= Q(number__lt=schedule.max_sessions)
    if schedule.gap_hours is not None:
        too_soon = sessions.held().filter(
            performed_at__gte=tomorrow - timedelta(hours=schedule.gap_hours)
        )
        found &= ~Q(pk__in=too_soon.values("enrolment_id"))
    return found


def _arms_by_schedule() -> dict[Schedule, list[uuid.UUID]]:
    found: dict[Schedule, list[uuid.UUID]] = defaultdict(list)
    for arm_id in Arm.objects.values_list("pk", flat=True):
        found[registry.course(arm_id).protocol.schedule].append(arm_id)
    return found


def _sessions_of(
    enrolments: Iterable[Enrolment], membership: Membership
) -> tuple[dict[uuid.UUID, list[GivenSession]], dict[uuid.UUID, tuple[uuid.UUID, uuid.UUID]]]:
    """Return by course what was held, and which session is in progress with who gives it."""
    given: dict[uuid.UUID, list[GivenSession]] = defaultdict(list)
    in_progress: dict[uuid.UUID, tuple[uuid.UUID, uuid.UUID]] = {}
    held = Session.objects.filter(
        clinic_id=membership.clinic_id, enrolment_id__in=[one.pk for one in enrolments]
    ).held()
    columns = ("pk", "given_by_id", "enrolment_id", "performed_at", "minutes", "status")
    for pk, giver_id, enrolment_id, performed_at, minutes, status in held.values_list(*columns):
        given[enrolment_id].append(GivenSession(performed_at, minutes))
        if status == SessionStatus.IN_PROGRESS:
            in_progress[enrolment_id] = (pk, giver_id)
    return given, in_progress
