"""Drawing a patient's courses: when sessions were offered, given, not given, and how they ended."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo
from random import Random

from sessions_app.demo.hands import draw_care
from sessions_app.demo.places import Colleague, Place
from sessions_app.demo.scores import Rater
from sessions_app.demo.stories import (
    BONE,
    COMPANY,
    FOOT,
    MASSAGE,
    OPEN,
    TOUCH,
    Arm,
    ToldCourse,
    ToldFact,
    ToldSession,
    known,
)
from sessions_app.enrolments.policies import criteria
from sessions_app.protocols.definition import ProtocolDefinition
from sessions_app.safety.assess import assess
from sessions_app.safety.verdict import Verdict
from sessions_app.vocabulary.reasons import NotGivenReason
from sessions_app.vocabulary.roles import Role

Protocols = dict[str, ProtocolDefinition]

_NOT_GIVEN, _STOPPED, _BOLD, _STAGED, _SHORTENED = 0.135, 0.85, 0.05, 0.15, 0.05
_WHY = {
    NotGivenReason.ASLEEP: 5,
    NotGivenReason.PROCEDURE: 4,
    NotGivenReason.DECLINED_TIME: 4,
    NotGivenReason.DECLINED_NO_INTEREST: 1,
    NotGivenReason.UNWELL: 5,
    NotGivenReason.STAFF: 2,
    NotGivenReason.INFECTION_CONTROL: 1,
    NotGivenReason.OTHER: 1,
}
_BREAK_REASONS = (
    "The patient asked for it; agreed with the nurse in charge.",
    "The consultant had agreed to light contact there this morning.",
    "Noticed only afterwards that the site was on the list.",
    "The patient placed my hand there; stopped after a minute.",
)
_LONGER = (
    "Asked for the whole half hour, and rested for the last ten minutes of it.",
    "The protocol asks for 30 minutes; two pauses in between.",
    "Fell asleep under the hands; stayed until the end.",
)
"""Why a session was longer than the rule for frail patients asks: it may cry wolf."""


@dataclass(frozen=True)
class Rhythm:
    """When sessions of an arm are offered: from which to which hour, how many days apart.

    `days`: how long a course lasts at most. Hours are the clinic's.
    """

    hours: tuple[int, int]
    apart: tuple[int, ...]
    days: int
    minutes: tuple[float, float]


RHYTHMS: dict[Arm, Rhythm] = {
    MASSAGE: Rhythm((10, 16), (2, 2, 2, 3), 14, (30, 2.2)),
    TOUCH: Rhythm((10, 16), (2, 2, 2, 3), 14, (30, 1.2)),
    BONE: Rhythm((14, 16), (1,), 3, (43, 3.5)),
    COMPANY: Rhythm((14, 16), (1,), 3, (44, 2.5)),
    FOOT: Rhythm((15, 17), (1,), 3, (11, 1.5)),
    OPEN: Rhythm((10, 16), (3, 3, 4, 4), 49, (35, 10)),
}


@dataclass(frozen=True)
class Setting:
    """All that a course is drawn from: the place, the patient's facts, and until when."""

    place: Place
    zone: tzinfo
    facts: tuple[ToldFact, ...]
    protocols: Protocols


@dataclass(frozen=True)
class Offer:
    """A session that is offered: when, by whom, and what the reminders said."""

    moment: datetime
    giver: Colleague
    verdict: Verdict

    @classmethod
    def at(cls, setting: Setting, moment: datetime, giver: Colleague) -> "Offer":
        """Return the offer with the reminders that stood at its moment."""
        facts = known(setting.facts, moment)
        return cls(moment, giver, assess(facts, None, moment.date(), planning=False))


def draw_course(
    rng: Random, setting: Setting, arm: Arm, starts_on: date, before: datetime
) -> ToldCourse:
    """Return a course with all sessions that were offered before a moment. It is still running."""
    rater = Rater(rng, arm, setting.protocols[arm[0]])
    most = setting.protocols[arm[0]].schedule.max_sessions
    team = [one for one in setting.place.staff if one.role is giver_role(arm)]
    sessions: list[ToldSession] = []
    for moment in _offers(rng, RHYTHMS[arm], starts_on, setting.zone):
        given = sum(one.not_given is None for one in sessions)
        if moment >= before or given == most:
            break
        giver = team[0] if rng.random() < 0.7 else rng.choice(team)
        sessions.append(draw_offer(rng, setting, arm, rater, moment, giver))
    return ToldCourse(
        arm=arm,
        starts_on=starts_on,
        enrolled_at=datetime.combine(starts_on, time(8, 45), setting.zone),
        checklist=_checklist(rng, setting.protocols[arm[0]]),
        sessions=tuple(sessions),
    )


def giver_role(arm: Arm) -> Role:
    """Return who gives an arm in the demo: still touch is the volunteers'."""
    return Role.VOLUNTEER if arm == TOUCH else Role.THERAPIST


def draw_offer(
    rng: Random, setting: Setting, arm: Arm, rater: Rater, moment: datetime, giver: Colleague
) -> ToldSession:
    """Return one offered session: given in most cases, rarely where a reminder says stop."""
    offer = Offer.at(setting, moment, giver)
    why = draw_reason(rng, offer.verdict)
    if why is None:
        bold = giver.role is Role.THERAPIST and rng.random() < _BOLD
        return draw_given(rng, setting, arm, rater, offer, bold=bold)
    return ToldSession(
        key=draw_key(rng),
        performed_at=moment,
        recorded_at=moment + timedelta(minutes=rng.randint(3, 40)),
        giver=giver,
        not_given=why,
        note="Moved to another bay for the day." if why is NotGivenReason.OTHER else "",
    )


def draw_reason(rng: Random, verdict: Verdict) -> NotGivenReason | None:
    """Return why the session was not given, or None where it was."""
    if verdict.stops and rng.random() < _STOPPED:
        return NotGivenReason.SAFETY_STOP
    if rng.random() < _NOT_GIVEN:
        return rng.choices([*_WHY], weights=[*_WHY.values()])[0]
    return None


def draw_given(
    rng: Random, setting: Setting, arm: Arm, rater: Rater, offer: Offer, *, bold: bool = False
) -> ToldSession:
    """Return a given session with its scores; a bold one breaks a limit, with a reason."""
    minutes = max(5, round(rng.gauss(*RHYTHMS[arm].minutes)))
    most = offer.verdict.handling.minutes or minutes
    if minutes > most and rng.random() < _SHORTENED:
        minutes = most
    longer = minutes > most
    definition = setting.protocols[arm[0]].arm(arm[1])
    care = draw_care(rng, definition, offer.verdict, minutes, bold=bold)
    before, after = rater.draw()
    told = ToldSession(
        key=draw_key(rng),
        performed_at=offer.moment,
        recorded_at=offer.moment + timedelta(minutes=minutes + rng.randint(4, 30)),
        giver=offer.giver,
        care=care,
        before=before,
        after=after,
        staged=not (offer.verdict.stops or bold or longer) and rng.random() < _STAGED,
        break_reason=rng.choice(_LONGER if longer and not bold else _BREAK_REASONS),
    )
    if arm in (BONE, COMPANY):
        told = replace(told, follow_ups=rater.next_day(offer.moment, after))
    return told


def draw_key(rng: Random) -> uuid.UUID:
    """Return a client key, as the form makes one."""
    return uuid.UUID(int=rng.getrandbits(128), version=4)


def _offers(rng: Random, rhythm: Rhythm, starts_on: date, zone: tzinfo) -> Iterator[datetime]:
    """Yield when sessions are offered, to five minutes, by the clinic's clock."""
    passed = 0
    while passed < rhythm.days:
        first, last = rhythm.hours
        clock = time(rng.randint(first, last - 1), rng.randrange(0, 60, 5))
        yield datetime.combine(starts_on + timedelta(days=passed), clock, zone)
        passed += rng.choice(rhythm.apart)


def _checklist(rng: Random, protocol: ProtocolDefinition) -> dict[str, str]:
    """Return the answers at enrolment: mostly the trial's, one in eight charts has a remark."""
    answers = {one.code: "yes" if one.expected else "no" for one in criteria(protocol)}
    if answers and rng.random() < 0.12:
        asked = rng.choice([*answers])
        other = "no" if answers[asked] == "yes" else "yes"
        answers[asked] = rng.choice(("unknown", other))
    return answers
