"""The lines of the patient list: each patient with the course and its clock."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sessions_app.clinics.models import Membership
from sessions_app.enrolments.models import Enrolment
from sessions_app.enrolments.policies import clock_of
from sessions_app.outcomes.adherence import Clock, GivenSession, Phase
from sessions_app.outcomes.clock_words import clock_words
from sessions_app.patients.models import Patient
from sessions_app.protocols import registry
from sessions_app.sessions.models import Session
from sessions_app.vocabulary.records import SessionStatus

TODAY_AT_MOST = 40


@dataclass(frozen=True)
class PatientRow:
    """One patient on the list; without a running course the last three are empty."""

    patient: Patient
    enrolment_id: uuid.UUID | None = None
    course: str = ""
    clock: Clock | None = None
    words: str = ""
    in_progress_id: uuid.UUID | None = None


def rows_for(
    patients: Iterable[Patient], membership: Membership, now: datetime
) -> list[PatientRow]:
    """Return a row for each patient, in three queries whatever their number."""
    patients = list(patients)
    running = Enrolment.objects.filter(
        clinic_id=membership.clinic_id, patient_id__in=[one.pk for one in patients]
    ).running()
    courses = {one.patient_id: one for one in running}
    return _rows(patients, courses, membership, now)


def todays_rows(membership: Membership, now: datetime) -> list[PatientRow]:
    """Return whom to visit today: sessions in progress first, then who may have one today."""
    running = Enrolment.objects.filter(clinic_id=membership.clinic_id).running()
    enrolments = list(running.select_related("patient").in_round_order())
    courses = {one.patient_id: one for one in enrolments}
    rows = _rows([one.patient for one in enrolments], courses, membership, now)
    end_of_day = now.astimezone(membership.clinic.zone).date()
    wanted = [row for row in rows if row.in_progress_id or _possible(row, end_of_day, membership)]
    return sorted(wanted, key=lambda row: row.in_progress_id is None)[:TODAY_AT_MOST]


def _possible(row: PatientRow, today: object, membership: Membership) -> bool:
    clock = row.clock
    if clock is None or clock.earliest is None:
        return False
    if clock.phase in (Phase.COMPLETE, Phase.WINDOW_OVER):
        return False
    return clock.earliest.astimezone(membership.clinic.zone).date() <= today  # type: ignore[operator]


def _rows(
    patients: Sequence[Patient],
    courses: dict[uuid.UUID, Enrolment],
    membership: Membership,
    now: datetime,
) -> list[PatientRow]:
    given, in_progress = _sessions_of(courses.values(), membership)
    zone = membership.clinic.zone
    rows = []
    for patient in patients:
        enrolment = courses.get(patient.pk)
        if enrolment is None:
            rows.append(PatientRow(patient))
            continue
        clock = clock_of(enrolment, given[enrolment.pk], now, zone)
        rows.append(
            PatientRow(
                patient=patient,
                enrolment_id=enrolment.pk,
                course=registry.course(enrolment.arm_id).name,
                clock=clock,
                words=clock_words(clock, zone),
                in_progress_id=in_progress.get(enrolment.pk),
            )
        )
    return rows


def _sessions_of(
    enrolments: Iterable[Enrolment], membership: Membership
) -> tuple[dict[uuid.UUID, list[GivenSession]], dict[uuid.UUID, uuid.UUID]]:
    given: dict[uuid.UUID, list[GivenSession]] = defaultdict(list)
    in_progress: dict[uuid.UUID, uuid.UUID] = {}
    held = Session.objects.filter(
        clinic_id=membership.clinic_id, enrolment_id__in=[one.pk for one in enrolments]
    ).held()
    columns = ("pk", "enrolment_id", "performed_at", "minutes", "status")
    for pk, enrolment_id, performed_at, minutes, status in held.values_list(*columns):
        given[enrolment_id].append(GivenSession(performed_at, minutes))
        if status == SessionStatus.IN_PROGRESS:
            in_progress[enrolment_id] = pk
    return given, in_progress
