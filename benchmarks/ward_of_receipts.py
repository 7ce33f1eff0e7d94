"""A clinic with nothing but sessions and their receipts, for `replay_speed`."""

import uuid
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from sessions_app.clinics import actions as clinics
from sessions_app.enrolments.models import Enrolment
from sessions_app.patients.models import Patient
from sessions_app.people import actions as people
from sessions_app.protocols import actions as protocols
from sessions_app.protocols.definition import load_all
from sessions_app.protocols.models import Arm
from sessions_app.sessions.models import Session, SessionReceipt

AT_ONCE = 2_000


def fill(number: int, texts: list[str]) -> None:
    """Store so many sessions of one course, each with one of the texts as its receipt."""
    now = timezone.now()
    with transaction.atomic():
        user = people.add_person(email="bench@clinic.example", display_name="Bench", by=None)
        clinic = clinics.open_clinic(
            name="Bench", slug="bench", time_zone="Europe/London", emergency_text="Ring.",
            emergency_number="1", by=user,
        )  # fmt: skip
        protocols.publish(load_all())
        patient = Patient.objects.create(
            clinic=clinic, chart_number="1", given_names="B", family_name="B",
            birth_date=now.date(), registered_at=now, registered_by=user,
        )  # fmt: skip
        arm = Arm.objects.first()
        course = Enrolment.objects.create(
            clinic=clinic, patient=patient, arm=arm, starts_on=now.date(), enrolled_at=now,
            enrolled_by=user, outside_protocol=False,
        )  # fmt: skip
        for first in range(0, number, AT_ONCE):
            made = [
                Session(
                    clinic=clinic, patient=patient, enrolment=course, arm=arm, given_by=user,
                    given_as="therapist", status="given", date_source="typed",
                    performed_at=now - timedelta(minutes=number - n), recorded_at=now,
                    completed_at=now, minutes=30, client_key=uuid.uuid4(), digest="x",
                )
                for n in range(first, min(first + AT_ONCE, number))
            ]  # fmt: skip
            Session.objects.bulk_create(made)
            SessionReceipt.objects.bulk_create(
                SessionReceipt(
                    clinic=clinic, session=one, phase="whole", edition="0" * 16,
                    written=texts[n % len(texts)], made_at=now,
                )
                for n, one in enumerate(made)
            )  # fmt: skip
