"""A ward drawn by lot, through the actions, and the same figures counted in plain Python."""

import random
import uuid
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from sessions_app.enrolments import actions as enrolments
from sessions_app.enrolments.models import Enrolment
from sessions_app.outcomes.change import change
from sessions_app.patients import actions as patients
from sessions_app.patients.models import Patient
from sessions_app.sessions import actions as sessions
from sessions_app.sessions.actions import waiting
from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.reasons import MissingReason, NotGivenReason
from sessions_app.vocabulary.scales import Scale
from tests.universe import Score, Universe, ratings

SCALES = (Scale.PAIN, Scale.MOOD)
REASONS = (MissingReason.ASLEEP, MissingReason.NOT_ASKED, MissingReason.DECLINED)


@dataclass
class Counted:
    """What one arm's sessions come to, counted one by one as they were drawn."""

    patients: set[uuid.UUID] = field(default_factory=set)
    given: int = 0
    in_progress: int = 0
    not_given: Counter[NotGivenReason] = field(default_factory=Counter)
    changes: dict[Scale, dict[uuid.UUID, list[int]]] = field(
        default_factory=lambda: {scale: defaultdict(list) for scale in SCALES}
    )
    missing: Counter[Scale] = field(default_factory=Counter)


def admit(
    universe: Universe, protocol: str, arm: str, *, days: int = 5, ward: str = ""
) -> Enrolment:
    """Register a patient with consent and put them on an arm, some days ago."""
    by, begun = universe.therapist, universe.today - timedelta(days=days)
    patient: Patient = patients.register(
        chart_number=f"D-{uuid.uuid4().hex[:8]}",
        given_names="Dora",
        family_name="Drawn",
        birth_date=date(1950, 1, 1),
        ward=ward,
        by=by,
    )
    patients.record_fact(
        patient=patient, kind=FactKind.CONSENT, observed_on=begun, source="form", by=by
    )
    arm_id = universe.arm(protocol, arm)
    checklist = universe.checklist(arm_id)
    return enrolments.enrol(
        patient=patient, arm_id=arm_id, starts_on=begun, checklist=checklist, by=by
    )


def draw(universe: Universe, course: Enrolment, counted: Counted, lot: random.Random) -> None:
    """Log one session of a course by lot, and count it."""
    fate = lot.random()
    if fate < 0.15:
        reason = lot.choice(list(NotGivenReason))
        sessions.not_given(
            enrolment=course, reason=reason, client_key=uuid.uuid4(), digest="d",
            by=universe.therapist,
        )  # fmt: skip
        counted.not_given[reason] += 1
    elif fate < 0.25 and waiting(course) is None:
        universe.start(course, before=ratings(pain=0, mood=4))  # grown pain would stop it
        counted.in_progress += 1
    else:
        before, after = _scores(lot), _scores(lot)
        universe.log(course, before=ratings(**before), after=ratings(**after))
        _count(counted, course.patient_id, before, after)


def _scores(lot: random.Random) -> dict[str, Score]:
    """Draw both scores; one in five is missing for a reason."""
    return {
        scale.value: lot.choice(REASONS) if lot.random() < 0.2 else lot.randint(0, 10)
        for scale in SCALES
    }


def _count(
    counted: Counted, patient: uuid.UUID, before: dict[str, Score], after: dict[str, Score]
) -> None:
    counted.given += 1
    counted.patients.add(patient)
    for scale in SCALES:
        pair = before[scale.value], after[scale.value]
        if all(type(one) is int for one in pair):
            counted.changes[scale][patient].append(change(scale, *pair))  # type: ignore[arg-type]
        else:
            counted.missing[scale] += 1
