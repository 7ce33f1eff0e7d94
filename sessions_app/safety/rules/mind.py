"""Drowsiness, confusion, opioids, signs of the brain."""

from datetime import date
from decimal import Decimal

from sessions_app.safety.checks import present
from sessions_app.safety.orders import Lift
from sessions_app.safety.rule import Hit, Rule
from sessions_app.safety.situation import Situation
from sessions_app.safety.thresholds import Threshold
from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.pressure import NO_CONTACT
from sessions_app.vocabulary.severity import Evidence, Level

_REVIEWED = date(2026, 11, 21)

OPIOID_MINUTES = Threshold(
    "opioid_minutes", "Minutes after an opioid in which it confounds the after-score", "minutes",
    Decimal(60), Decimal(30), stricter="higher",
)  # fmt: skip


def _recent_opioid(situation: Situation) -> list[Hit]:
    minutes = situation.session.minutes_since_opioid if situation.session else None
    if minutes is None or not 0 <= minutes <= situation.bounds.of(OPIOID_MINUTES):
        return []
    return [Hit(f"An opioid was taken {minutes} minutes before the session.")]


M1 = Rule(
    id="M1",
    version=1,
    title="Drowsy or confused by medicine",
    topic="mind",
    levels=(Level.STOP,),
    wording="The patient is sedated or confused.",
    reason="Consent and what the patient says of the pressure are not reliable.",
    adaptation="No session until the patient can say what is pleasant and what hurts.",
    source="From memory, unverified.",
    evidence=Evidence.DESIGN,
    reviewed_on=_REVIEWED,
    check=present(FactKind.SEDATION),
    reads=(FactKind.SEDATION,),
    asks=(FactKind.SEDATION,),
    lift=Lift(NO_CONTACT),
    unverified=True,
)
M2 = Rule(
    id="M2",
    version=1,
    title="Opioid in the last hour",
    topic="mind",
    levels=(Level.INFORM,),
    wording="An opioid was taken in the hour before the session.",
    reason="It also changes the score after the session.",
    adaptation="Record the time; outcomes can be read with and without such sessions.",
    source="Our design.",
    evidence=Evidence.DESIGN,
    reviewed_on=_REVIEWED,
    check=_recent_opioid,
    thresholds=(OPIOID_MINUTES,),
)
U3 = Rule(
    id="U3",
    version=1,
    title="Seizure, new confusion or severe headache",
    topic="mind",
    levels=(Level.STOP,),
    wording="A seizure in the last 24 hours, new confusion, or a severe headache.",
    reason="The brain may be affected.",
    adaptation="No session. Report it.",
    source="From memory, unverified.",
    evidence=Evidence.DESIGN,
    reviewed_on=_REVIEWED,
    check=present(FactKind.NEURO_SIGNS),
    reads=(FactKind.NEURO_SIGNS,),
    asks=(FactKind.NEURO_SIGNS,),
    lift=Lift(NO_CONTACT),
    unverified=True,
)
