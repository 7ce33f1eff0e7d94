"""All that a rule may look at: the patient's facts, the day, the session, the clinic's bounds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sessions_app.safety.facts import PatientFacts
from sessions_app.safety.thresholds import Bounds
from sessions_app.vocabulary.body_sites import BodySite
from sessions_app.vocabulary.records import Position, Product
from sessions_app.vocabulary.techniques import Technique


@dataclass(frozen=True, slots=True)
class PlannedSession:
    """What is planned, or was done: techniques, pressure for each site touched, and around it.

    The last days of the therapist's licence (``credential_until``) and insurance, and the hours of
    training, are those on record; a volunteer's are left out. Pain is told on 0 to 10: before this
    session, after it, and before the last one. None means that nobody knows.
    """

    techniques: frozenset[Technique] = frozenset()
    pressures: Mapping[BodySite, int] = field(default_factory=dict)
    minutes: int | None = None
    position: Position | None = None
    product: Product | None = None
    pain_before: int | None = None
    pain_after: int | None = None
    last_pain_before: int | None = None
    hours_since_last: Decimal | None = None
    least_hours_between: int | None = None
    minutes_since_opioid: int | None = None
    credential_until: date | None = None
    insurance_until: date | None = None
    training_hours: int | None = None
    stopped_early: bool = False


@dataclass(frozen=True, slots=True)
class Situation:
    """The question put to a rule. ``session`` None asks what the facts alone say.

    ``planning`` False means that the session was given already and is being recorded.
    """

    facts: PatientFacts
    today: date
    bounds: Bounds = field(default_factory=Bounds)
    session: PlannedSession | None = None
    planning: bool = True
