"""What happened to one invented patient, drawn but not written yet. All moments know their zone."""

import uuid
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from sessions_app.demo.names import Illness, Name
from sessions_app.demo.places import Colleague, Place
from sessions_app.safety.facts import Fact, PatientFacts
from sessions_app.sessions.record import Care, Rating, Ratings
from sessions_app.vocabulary.body_sites import BodySite
from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.reasons import NotGivenReason
from sessions_app.vocabulary.records import PatientStatus
from sessions_app.vocabulary.scales import Scale
from sessions_app.vocabulary.timed import TimedKind

Arm = tuple[str, str]
"""Protocol code and arm code."""

MASSAGE: Arm = ("rest", "massage")
TOUCH: Arm = ("rest", "touch")
BONE: Arm = ("jane-bone", "massage")
COMPANY: Arm = ("jane-bone", "attention")
FOOT: Arm = ("foot-10", "massage")
OPEN: Arm = ("open", "massage")


@dataclass(frozen=True)
class ToldFact:
    """A clinical fact, when it was written down, and when somebody ended it."""

    kind: FactKind
    observed_on: date
    recorded_at: datetime
    source: str
    sites: frozenset[BodySite] = frozenset()
    value: Decimal | None = None
    unit: str = ""
    valid_until: date | None = None
    note: str = ""
    ended_on: date | None = None
    ended_at: datetime | None = None

    def as_fact(self) -> Fact:
        """Return the fact as the safety rules read it."""
        return Fact(
            self.kind, self.sites, self.value, self.unit, self.observed_on, self.valid_until,
            self.source,
        )  # fmt: skip


@dataclass(frozen=True)
class ToldTime:
    """A dose or treatment beside the touch; planned where it was recorded before its hour."""

    key: uuid.UUID
    kind: TimedKind
    happens_at: datetime
    recorded_at: datetime
    note: str = ""


@dataclass(frozen=True)
class ToldFollowUp:
    """A score on the day after a session."""

    scale: Scale
    rating: Rating
    measured_at: datetime


@dataclass(frozen=True)
class ToldSession:
    """An offered session. `not_given` None: it was given, or is under way (`under_way`).

    `staged`: before-scores were saved at the bed and after-scores later; else all was typed in
    at `recorded_at`. `break_reason` answers limits that the session broke on purpose.
    """

    key: uuid.UUID
    performed_at: datetime
    recorded_at: datetime
    giver: Colleague
    care: Care = field(default_factory=Care)
    before: Ratings = field(default_factory=dict)
    after: Ratings = field(default_factory=dict)
    not_given: NotGivenReason | None = None
    note: str = ""
    staged: bool = False
    under_way: bool = False
    break_reason: str = ""
    follow_ups: tuple[ToldFollowUp, ...] = ()


@dataclass(frozen=True)
class ToldCourse:
    """A patient on an arm; `ended_on` None: still running."""

    arm: Arm
    starts_on: date
    enrolled_at: datetime
    checklist: dict[str, str]
    sessions: tuple[ToldSession, ...]
    ended_on: date | None = None
    end_reason: str = ""


@dataclass(frozen=True)
class Story:
    """One patient from registration to today.

    `none_of`: what was asked at registration and is not so.
    """

    place: Place
    chart_number: str
    name: Name
    birth_date: date
    language: str
    ward: str
    room: str
    illness: Illness
    registered_at: datetime
    registrar: Colleague
    facts: tuple[ToldFact, ...]
    courses: tuple[ToldCourse, ...]
    none_of: tuple[FactKind, ...] = ()
    times: tuple[ToldTime, ...] = ()
    left_at: datetime | None = None
    left_as: PatientStatus = PatientStatus.ACTIVE


def known(facts: tuple[ToldFact, ...], moment: datetime) -> PatientFacts:
    """Return what the chart said at a moment: written down by then, and not yet ended."""
    return PatientFacts(
        tuple(
            told.as_fact()
            for told in facts
            if told.recorded_at <= moment and (told.ended_at is None or told.ended_at > moment)
        )
    )
