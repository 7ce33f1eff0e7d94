"""Clinics by the hundred with years of sessions, drawn by lot and copied into the tables.

Not through the actions: ten million sessions would take them days. The rows are what the actions
would store: patients with one course each, six to fourteen sessions close together, pain and mood
before and after, some scores missing, some sessions not given. The same seed draws the same rows.
"""

import json
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, NamedTuple

from django.db import connection, connections, transaction
from django.utils import timezone

from benchmarks.copying import Table, Values, bare
from sessions_app.clinics import actions as clinics
from sessions_app.clinics.models import Clinic
from sessions_app.enrolments.models import Enrolment
from sessions_app.patients.models import Patient
from sessions_app.people import actions as people
from sessions_app.protocols import actions as protocols
from sessions_app.protocols import registry
from sessions_app.protocols.definition import load_all
from sessions_app.protocols.registry import Course
from sessions_app.sessions.models import Score, Session
from sessions_app.vocabulary.reasons import NotGivenReason
from sessions_app.vocabulary.roles import Role

CLINICS, YEARS, THERAPISTS = 200, 5, 12
LEAST, MOST = 6, 14
"""Sessions of one patient; ten on average."""
DAYS_OF_A_COURSE = 28
WARDS = ("East", "West", "Day unit", "Hospice wing")
REASONS = NotGivenReason.codes()
DROPS = (-1, 0, 0, 1, 1, 2, 2, 2, 3, 3, 4)
RISES = (-1, 0, 0, 1, 1, 1, 2, 2, 3)
"""Changes within a session, drawn from evenly."""
NOT_GIVEN, NO_AFTER = 0.12, 0.08
SEED = 380

PATIENTS = (
    "id", "clinic_id", "chart_number", "given_names", "family_name", "birth_date", "ward",
    "search_key", "registered_at", "registered_by_id",
)  # fmt: skip
COURSES = (
    "id", "clinic_id", "patient_id", "arm_id", "starts_on", "outside_protocol", "enrolled_at",
    "enrolled_by_id",
)  # fmt: skip
SESSIONS = (
    "id", "clinic_id", "patient_id", "enrolment_id", "arm_id", "given_by_id", "given_as",
    "status", "counted", "performed_at", "recorded_at", "completed_at", "minutes",
    "not_given_reason", "client_key", "date_source", "techniques",
)  # fmt: skip
SCORES = (
    "id", "clinic_id", "session_id", "patient_id", "arm_id", "given_by_id", "counted",
    "performed_at", "scale", "before", "before_by", "after", "after_missing", "after_by",
)  # fmt: skip


@dataclass(frozen=True)
class House:
    """A clinic with those who give its sessions, and the arms its patients are on."""

    number: int
    clinic: Clinic
    therapists: tuple[str, ...]
    arms: tuple["OnArm", ...]


class OnArm(NamedTuple):
    """What a session of an arm says of itself: in the role that the arm names, it counts."""

    arm_id: str
    role: str
    techniques: str

    @classmethod
    def of(cls, course: Course) -> "OnArm":
        """Return it with the arm's first role and technique."""
        techniques = json.dumps([one.value for one in sorted(course.arm.techniques)[:1]])
        return cls(course.arm_id.hex, sorted(course.arm.roles)[0].value, techniques)


def open_houses(number: int = CLINICS) -> list[House]:
    """Open clinics with their therapists; one person supervises all of them."""
    begun = timezone.now() - timedelta(days=366 * YEARS)
    protocols.publish(load_all())
    offered = [one for one in registry.offered() if one.protocol.code != "open"]
    arms = tuple(map(OnArm.of, offered))
    with transaction.atomic():
        over_all = people.add_person(
            email="network@bench.example", display_name="Network Supervisor", by=None, at=begun
        )
        return [_open(n, over_all, arms, begun) for n in range(number)]


def _open(number: int, over_all: Any, arms: tuple[OnArm, ...], begun: datetime) -> House:
    clinic = clinics.open_clinic(
        name=f"House {number:03}",
        slug=f"house-{number:03}",
        time_zone="Europe/London",
        emergency_text="Call the crash team and stay with the patient.",
        emergency_number="2222",
        at=begun,
    )
    clinics.add_member(clinic=clinic, user=over_all, role=Role.SUPERVISOR, at=begun)
    given_by = []
    for n in range(THERAPISTS):
        email, name = f"t{n}@house-{number:03}.example", f"Therapist {number:03}-{n:02}"
        user = people.add_person(email=email, display_name=name, by=None, at=begun)
        clinics.add_member(clinic=clinic, user=user, role=Role.THERAPIST, at=begun)
        given_by.append(user.pk.hex)
    return House(number, clinic, tuple(given_by), arms)


def fill(houses: list[House], sessions: int, processes: int = 2) -> None:
    """Store so many sessions, evenly over the clinics; indexes are made at the end."""
    each = sessions // len(houses)
    order = dict.fromkeys(("sessions_app_session", "sessions_app_score"), "performed_at")
    with bare(Patient, Enrolment, Session, Score, in_order_of=order):
        if connection.vendor == "postgresql":
            connections.close_all()
            with ProcessPoolExecutor(processes) as pool:
                list(pool.map(_store, houses, [each] * len(houses), chunksize=5))
        else:
            for house in houses:
                _store(house, each)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _store(house: House, sessions: int) -> None:
    """Draw a clinic's rows and copy them into their tables."""
    drawn = Ward(house)
    drawn.draw(sessions)
    with transaction.atomic():
        Table(Patient, PATIENTS).copy(drawn.patients)
        Table(Enrolment, COURSES).copy(drawn.courses)
        Table(Session, SESSIONS).copy(drawn.sessions)
        Table(Score, SCORES).copy(drawn.scores)


class Ward:
    """The rows of one clinic, as they are drawn."""

    def __init__(self, house: House) -> None:
        self.house, self.clinic = house, house.clinic.pk.hex
        self.lot, self.now = Random(SEED + house.number), timezone.now()
        self.patients: list[Values] = []
        self.courses: list[Values] = []
        self.sessions: list[Values] = []
        self.scores: list[Values] = []
        # Ids of one clinic lie together; the first 48 bits of each are those of a UUID's time.
        self.last_id = (0x018 << 116) | (house.number << 96) | (7 << 76) | (2 << 62)

    def draw(self, sessions: int) -> None:
        """Draw patients until they have so many sessions together."""
        while (left := sessions - len(self.sessions)) > 0:
            self._patient(min(self.lot.randint(LEAST, MOST), left))

    def _id(self) -> str:
        self.last_id += 1
        return f"{self.last_id:032x}"

    def _patient(self, number: int) -> None:
        """Draw a patient with one course of so many sessions, within four weeks."""
        lot, by = self.lot, self.house.therapists[0]
        days = max(YEARS * 365 * lot.random(), DAYS_OF_A_COURSE + 1)
        begun = self.now - timedelta(days=days)
        patient, course, at = self._id(), self._id(), _utc(begun)
        on = lot.choice(self.house.arms)
        name, ward = f"H{self.house.number:03}-{len(self.patients)}", lot.choice(WARDS)
        self.patients.append(
            (patient, self.clinic, name, "Drawn", name, "1950-01-01", ward, name, at, by)
        )
        self.courses.append((course, self.clinic, patient, on.arm_id, at[:10], False, at, by))
        keys = (self.clinic, patient, course, on.arm_id)
        level = lot.randint(3, 9), lot.randint(1, 7)
        for n in range(number):
            apart = timedelta(days=DAYS_OF_A_COURSE * (n + lot.random()) / MOST)
            self._session(keys, on, begun + apart, level)

    def _session(
        self, keys: tuple[str, str, str, str], on: OnArm, when: datetime, level: tuple[int, int]
    ) -> None:
        lot, session, at = self.lot, self._id(), _utc(when)
        is_given, by = lot.random() >= NOT_GIVEN, lot.choice(self.house.therapists)
        later = _utc(when + timedelta(hours=lot.choice((1, 1, 1, 30))))
        how = ("given", True, later, lot.randint(20, 45), "", on.techniques)
        status, counted, done, minutes, reason, technique = (
            how if is_given else ("not_given", False, None, None, lot.choice(REASONS), "[]")
        )
        self.sessions.append(
            (
                session, *keys, by, on.role, status, counted, at, later, done, minutes, reason,
                self._id(), "now", technique,
            )
        )  # fmt: skip
        if is_given:
            clinic, patient, _, arm = keys
            beside = (clinic, session, patient, arm, by, True, at)
            self._score(beside, "pain", level[0], -lot.choice(DROPS))
            self._score(beside, "mood", level[1], lot.choice(RISES))

    def _score(self, beside: Values, scale: str, level: int, change: int) -> None:
        lot = self.lot
        before = min(10, max(0, level + lot.randint(-1, 1)))
        after = min(10, max(0, before + change))
        said = (after, "", lot.choice(("patient", "patient", "therapist")))
        if lot.random() < NO_AFTER:
            said = (None, "asleep", "")
        self.scores.append((self._id(), *beside, scale, before, "patient", *said))


def _utc(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
