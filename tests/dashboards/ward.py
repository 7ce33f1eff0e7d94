"""A ward of many weeks drawn by lot, through the actions, and its sessions as plain rows."""

import random
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from sessions_app.dashboards.scope import Scope
from sessions_app.enrolments.models import Enrolment
from sessions_app.outcomes.change import change
from sessions_app.outcomes.completeness import RatedBy, rated_by
from sessions_app.outcomes.summary import PatientSums
from sessions_app.protocols import registry
from sessions_app.sessions.record import Rating, Ratings
from sessions_app.vocabulary.reasons import MissingReason
from sessions_app.vocabulary.records import Reporter
from sessions_app.vocabulary.scales import Scale
from sessions_app.vocabulary.techniques import Technique
from tests.dashboards.drawing import REASONS, admit
from tests.universe import Universe, care, ratings, still_touch

DAYS = 69
ARMS = (("rest", "massage"), ("rest", "touch"), ("foot-10", "massage"), ("open", "massage"))
GIVERS = ("therapist", "supervisor", "volunteer", "wanda_here")
WARDS = ("Birch", "Willow")


@dataclass(frozen=True)
class Told:
    """One given session with its scores, as it was drawn."""

    arm: uuid.UUID
    patient: uuid.UUID
    person: uuid.UUID
    at: datetime
    day: date
    ward: str
    technique: Technique
    counted: bool
    before: Ratings = field(hash=False)
    after: Ratings = field(hash=False)

    def pair(self, scale: Scale) -> tuple[int, int] | None:
        """Return both scores, or None where one is missing."""
        one, other = self.before[scale].value, self.after[scale].value
        return None if one is None or other is None else (one, other)

    def change(self, scale: Scale) -> int | None:
        """Return the change, improvement positive."""
        pair = self.pair(scale)
        return None if pair is None else change(scale, *pair)

    def rated(self, scale: Scale) -> RatedBy:
        """Return whose judgement the scores are."""
        return rated_by(self.before[scale].reporter, self.after[scale].reporter)

    def missing(self, scale: Scale) -> set[MissingReason]:
        """Return why scores are missing."""
        sides = (self.before[scale].missing, self.after[scale].missing)
        return {reason for reason in sides if reason}


def a_ward(universe: Universe, seed: int, patients: int = 26, sessions: int = 90) -> list[Told]:
    """Admit patients, draw sessions of ten weeks for them by lot; return all of the clinic's."""
    lot = random.Random(seed)  # noqa: S311 - invented patients
    courses = [
        admit(universe, *lot.choice(ARMS), days=DAYS + 1, ward=lot.choice(WARDS))
        for _ in range(patients)
    ]
    drawn = [_session(universe, lot.choice(courses), lot) for _ in range(sessions)]
    return [*map(partial(_of_the_world, universe), ("ada", "bruno", "diego")), *drawn]


def _of_the_world(universe: Universe, name: str) -> Told:
    """Return one of the sessions that the world is built with."""
    session, course = universe.sessions[name], universe.courses[name]
    by_volunteer, at = name == "bruno", session.performed_at
    return Told(
        arm=course.arm_id, patient=course.patient_id, person=session.given_by_id,
        at=at, day=at.astimezone(universe.birchwood.zone).date(), ward="Willow",
        technique=Technique.STILL_HOLDING if by_volunteer else Technique.EFFLEURAGE,
        counted=True, before=ratings(pain=6, mood=3), after=ratings(pain=4, mood=5),
    )  # fmt: skip


def _session(universe: Universe, course: Enrolment, lot: random.Random) -> Told:
    giver = lot.choice(GIVERS)
    done = still_touch() if giver == "volunteer" or lot.random() < 0.4 else care()
    at = universe.now - timedelta(days=lot.randrange(DAYS), minutes=lot.randrange(60, 1300))
    before, after = _ratings(lot), _ratings(lot)
    by = universe.members[giver]
    universe.log(course, care=done, performed_at=at, by=by, before=before, after=after)
    return Told(
        arm=course.arm_id, patient=course.patient_id, person=by.user_id, at=at,
        day=at.astimezone(universe.birchwood.zone).date(), ward=course.patient.ward,
        technique=next(iter(done.techniques)), before=before, after=after,
        counted=by.role in [role.value for role in registry.course(course.arm_id).arm.roles],
    )  # fmt: skip


def _ratings(lot: random.Random) -> Ratings:
    return {scale: _rating(lot) for scale in (Scale.PAIN, Scale.MOOD)}


def _rating(lot: random.Random) -> Rating:
    if lot.random() < 0.15:
        return Rating(missing=lot.choice(REASONS))
    usual = lot.random() < 0.7
    return Rating(lot.randint(0, 10), reporter=Reporter.PATIENT if usual else lot.choice(_OTHERS))


_OTHERS = (Reporter.THERAPIST, Reporter.PROXY)


def in_scope(scope: Scope, rows: Iterable[Told], scale: Scale | None = None) -> list[Told]:
    """Return the given sessions that a scope asks about; with a scale, those whose pair counts."""
    arms = {one.arm_id for one in scope.courses}
    return [
        row
        for row in rows
        if scope.first <= row.day <= scope.last
        and (not arms or row.arm in arms)
        and scope.given_by in (None, row.person)
        and scope.technique in (None, row.technique)
        and scope.ward in ("", row.ward)
        and (scale is None or (row.counted and scope.rated_by in (None, row.rated(scale))))
    ]


def by_patient(
    rows: Iterable[Told], scale: Scale, keep: Callable[[Told], Any] = lambda row: True
) -> dict[uuid.UUID, PatientSums]:
    """Return each patient's sums of the changes."""
    changes: dict[uuid.UUID, list[int]] = defaultdict(list)
    for row in rows:
        if keep(row) and (gained := row.change(scale)) is not None:
            changes[row.patient].append(gained)
    return {patient: PatientSums.of(gained) for patient, gained in changes.items()}


def scopes(universe: Universe) -> dict[str, Scope]:
    """Return a scope with each filter, and one with all."""
    here, today = (universe.birchwood,), universe.today
    whole = Scope(here, today - timedelta(days=DAYS + 3), today)
    courses = tuple(registry.course(universe.arm("rest", arm)) for arm in ("massage", "touch"))
    person = universe.therapist.user_id
    return {
        "everything": whole,
        "some days": Scope(here, today - timedelta(days=40), today - timedelta(days=11)),
        "protocol": Scope(here, whole.first, today, protocol="rest", courses=courses),
        "arm": Scope(here, whole.first, today, arm="rest.touch", courses=courses[1:]),
        "technique": Scope(here, whole.first, today, technique=Technique.STILL_HOLDING),
        "person": Scope(here, whole.first, today, given_by=person),
        "ward": Scope(here, whole.first, today, ward="Birch"),
        "rated": Scope(here, whole.first, today, rated_by=RatedBy.PATIENT),
        "not the same twice": Scope(here, whole.first, today, rated_by=RatedBy.MIXED),
        "all at once": Scope(
            here, today - timedelta(days=60), today, "rest", "", courses,
            Technique.EFFLEURAGE, person, "Willow", RatedBy.PATIENT,
        ),
    }  # fmt: skip
