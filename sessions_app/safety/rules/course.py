"""The session in its course: too soon, by whom, broken off."""

from datetime import date
from decimal import Decimal

from sessions_app.safety.orders import Lift
from sessions_app.safety.rule import Hit, Rule
from sessions_app.safety.situation import Situation
from sessions_app.safety.thresholds import Threshold
from sessions_app.safety.wording import day
from sessions_app.vocabulary.pressure import NO_CONTACT
from sessions_app.vocabulary.severity import Evidence, Level

_REVIEWED = date(2026, 11, 21)

TRAINING_HOURS = Threshold(
    "training_hours",
    "Hours of massage training, at least",
    "hours",
    default=Decimal(500),
    floor=Decimal(24),
    stricter="higher",
)
"""500 hours: what the Society for Oncology Massage asks of a programme; 24: of a first course."""


def _too_soon(situation: Situation) -> list[Hit]:
    session = situation.session
    if session is None or session.hours_since_last is None or session.least_hours_between is None:
        return []
    if session.hours_since_last >= session.least_hours_between:
        return []
    since = int(session.hours_since_last)
    least = session.least_hours_between
    return [Hit(f"{since} hours since the last session; the protocol asks for {least} at least.")]


def _credential(situation: Situation) -> list[Hit]:
    session, today = situation.session, situation.today
    if session is None:
        return []
    lasting = (("licence", session.credential_until), ("insurance", session.insurance_until))
    said = [
        f"The therapist's {name} ran out on {day(until)}."
        for name, until in lasting
        if until is not None and until < today
    ]
    hours, least = session.training_hours, situation.bounds.of(TRAINING_HOURS)
    if hours is not None and hours < least:
        asked = TRAINING_HOURS.words(least)
        said.append(f"The therapist has {hours} hours of training; this clinic asks for {asked}.")
    return [Hit(one) for one in said]


def _broken_off(situation: Situation) -> list[Hit]:
    stopped = situation.session is not None and situation.session.stopped_early
    return [Hit("The session was broken off.")] if stopped else []


Y1 = Rule(
    id="Y1",
    version=1,
    title="Soon after the last session",
    topic="course",
    levels=(Level.CONFIRM,),
    wording="Less time has passed since the last session than the protocol asks for.",
    reason="The REST trial left at least 24 hours between sessions.",
    adaptation="The session can be given; it is marked as outside the protocol.",
    source="Kutner 2008, as told by the Oncology Nursing Society.",
    evidence=Evidence.TRIAL,
    reviewed_on=_REVIEWED,
    check=_too_soon,
)
Y2 = Rule(
    id="Y2",
    version=2,
    title="Therapist's credential",
    topic="course",
    levels=(Level.STOP,),
    wording="The therapist's licence or insurance ran out, or the hours of training on record are "
    "fewer than the clinic asks for. What is not on record says nothing; volunteers, who give "
    "simple touch only, are not asked.",
    reason="People with cancer are to be touched by those who learned how.",
    adaptation="Somebody else gives the session.",
    source="Society for Oncology Massage, position statement.",
    evidence=Evidence.GUIDELINE,
    reviewed_on=_REVIEWED,
    check=_credential,
    thresholds=(TRAINING_HOURS,),
    lift=Lift(NO_CONTACT),
)
Y3 = Rule(
    id="Y3",
    version=1,
    title="Session broken off",
    topic="course",
    levels=(Level.INFORM,),
    wording="The session was stopped before its end.",
    reason="A session that was stopped is still a session, and why matters.",
    adaptation="Record the reason. The after-scores are asked all the same.",
    source="Our design.",
    evidence=Evidence.DESIGN,
    reviewed_on=_REVIEWED,
    check=_broken_off,
)
