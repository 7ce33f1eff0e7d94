"""Pain now, pain that is new, pain that rose."""

from datetime import date
from decimal import Decimal

from sessions_app.safety.checks import capital
from sessions_app.safety.orders import Lift
from sessions_app.safety.rule import Hit, Rule
from sessions_app.safety.situation import Situation
from sessions_app.safety.thresholds import Threshold
from sessions_app.safety.wording import named
from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.pressure import NO_CONTACT
from sessions_app.vocabulary.severity import Evidence, Level

_REVIEWED = date(2026, 11, 21)

SEVERE = Threshold(
    "severe_pain", "Pain before the session from which it is severe", "of 10",
    Decimal(7), Decimal(8), stricter="lower",
)  # fmt: skip
WORSE = Threshold(
    "worse_pain", "Rise of pain since the last session that is reported first", "points",
    Decimal(2), Decimal(3), stricter="lower",
)  # fmt: skip
ROSE = Threshold(
    "pain_rose", "Rise of pain within a session that is asked about", "points",
    Decimal(1), Decimal(1), stricter="lower",
)  # fmt: skip


def _severe(situation: Situation) -> list[Hit]:
    session = situation.session
    pain = session.pain_before if session else None
    if pain is None or pain < situation.bounds.of(SEVERE):
        return []
    return [Hit(f"Pain before the session: {pain} of 10.")]


def _new_or_worse(situation: Situation) -> list[Hit]:
    """Report first: a new pain that was told, or a pre-score that rose since the last session.

    A score goes up and down from day to day. Once the session is over, what is left to ask is
    whether its rise was reported: it does not make a session that was given a flagged one.
    """
    today, session = situation.today, situation.session
    new = situation.facts.of(FactKind.NEW_PAIN)
    hits = [Hit(f"{capital(named(new, today))}.", new)] if new else []
    now = session.pain_before if session else None
    last = session.last_pain_before if session else None
    if now is not None and last is not None and now - last >= situation.bounds.of(WORSE):
        told = f"Pain before the session: {now} of 10; before the last one {last}."
        hits.append(Hit(told, level=None if situation.planning else Level.CONFIRM))
    return hits


def _rose(situation: Situation) -> list[Hit]:
    session = situation.session
    before = session.pain_before if session else None
    after = session.pain_after if session else None
    if before is None or after is None or after - before < situation.bounds.of(ROSE):
        return []
    return [Hit(f"Pain rose from {before} to {after} of 10.")]


Q1 = Rule(
    id="Q1",
    version=1,
    title="Severe pain now",
    topic="pain",
    levels=(Level.CONFIRM,),
    wording="Pain before the session is 7 or more of 10.",
    reason="Severe pain wants its own treatment first.",
    adaptation=(
        "Ask for the breakthrough dose and for the cause. Offer still touch. Tell the nurse if it "
        "is not under control."
    ),
    source="Clinical custom for severe pain (7 to 10); the literature does not agree on the cut.",
    evidence=Evidence.TEACHING,
    reviewed_on=_REVIEWED,
    check=_severe,
    thresholds=(SEVERE,),
)
Q2 = Rule(
    id="Q2",
    version=2,
    title="New or growing pain",
    topic="pain",
    levels=(Level.STOP, Level.CONFIRM),
    wording="A pain is new or different, or has grown by 2 points since the last session.",
    reason="It may have a cause that has to be found before anybody touches.",
    adaptation=(
        "Report it before touching. Look also at the warning signs of spine and clots. In the "
        "record of a session, confirm that a grown pain was reported."
    ),
    source="Memorial Sloan Kettering, cancer rehabilitation slides 2013. 2 points are our design.",
    evidence=Evidence.TEACHING,
    reviewed_on=_REVIEWED,
    check=_new_or_worse,
    reads=(FactKind.NEW_PAIN,),
    asks=(FactKind.NEW_PAIN,),
    thresholds=(WORSE,),
    lift=Lift(NO_CONTACT),
)
Q3 = Rule(
    id="Q3",
    version=1,
    title="Pain rose during the session",
    topic="pain",
    levels=(Level.CONFIRM,),
    wording="Pain after the session is higher than before it, by 1 point or more.",
    reason="What was done may have hurt.",
    adaptation=(
        "Leave that technique out next time and note what happened. From 2 points: tell the nurse "
        "and fill in the incident."
    ),
    source="The Jane 2009 pilot watched for this.",
    evidence=Evidence.TRIAL,
    reviewed_on=_REVIEWED,
    check=_rose,
    thresholds=(ROSE,),
)
