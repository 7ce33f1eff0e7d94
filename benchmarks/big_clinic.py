"""A clinic of thousands: charts, courses and sessions, stored in bulk for the lists of a page."""

import uuid
from datetime import datetime, timedelta

from django.db import connection

from benchmarks.ward import particulars
from sessions_app.clinics.models import Membership
from sessions_app.enrolments.models import Enrolment
from sessions_app.patients.models import Patient
from sessions_app.patients.querysets import place_key
from sessions_app.protocols.registry import Course
from sessions_app.sessions.models import Session
from sessions_app.vocabulary.records import PatientStatus, SessionStatus


def fill_big_clinic(by: Membership, course: Course, begun: datetime, number: int) -> None:
    """Store so many patients with a running course and up to three given sessions each."""
    charts = [_chart(by, begun, n) for n in range(number)]
    courses = [_course(by, course, begun, patient) for patient in charts]
    given = [
        _session(by, one, begun + timedelta(days=1 + k, minutes=n % 480), begun, k)
        for n, one in enumerate(courses)
        for k in range(n % 4)
    ]
    Patient.objects.bulk_create(charts, batch_size=1000)
    Enrolment.objects.bulk_create(courses, batch_size=1000)
    Session.objects.bulk_create(given, batch_size=1000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _chart(by: Membership, begun: datetime, n: int) -> Patient:
    return Patient(
        clinic_id=by.clinic_id,
        **particulars(n),
        place_key=place_key(f"Ward {n % 40:02d}", str(n // 40)),
        search_key=f"family{n * 7919 % 5003:04d} given{n % 97} c-{n:05d}",
        status=PatientStatus.ACTIVE,
        registered_at=begun,
        registered_by_id=by.user_id,
    )


def _course(by: Membership, course: Course, begun: datetime, patient: Patient) -> Enrolment:
    return Enrolment(
        clinic_id=by.clinic_id,
        patient=patient,
        arm_id=course.arm_id,
        starts_on=begun.date(),
        outside_protocol=False,
        enrolled_at=begun,
        enrolled_by_id=by.user_id,
    )


def _session(by: Membership, course: Enrolment, when: datetime, begun: datetime, k: int) -> Session:
    recorded = begun + timedelta(days=2 + k)
    return Session(
        clinic_id=by.clinic_id,
        patient_id=course.patient_id,
        enrolment=course,
        arm_id=course.arm_id,
        counted=True,
        given_by_id=by.user_id,
        given_as=by.role,
        status=SessionStatus.GIVEN,
        performed_at=when,
        recorded_at=recorded,
        completed_at=recorded,
        minutes=30,
        techniques=["effleurage"],
        date_source="now",
        client_key=uuid.uuid4(),
        digest="bulk",
    )
