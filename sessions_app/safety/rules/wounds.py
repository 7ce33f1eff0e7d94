"""Wounds, scars and fresh operations."""

from datetime import date, timedelta
from decimal import Decimal

from sessions_app.safety.checks import Limits, hit, present
from sessions_app.safety.handling import Handling
from sessions_app.safety.orders import Lift
from sessions_app.safety.rule import Hit, Rule
from sessions_app.safety.situation import Situation
from sessions_app.safety.thresholds import Threshold
from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.pressure import NO_CONTACT, Pressure
from sessions_app.vocabulary.severity import Evidence, Level
from sessions_app.vocabulary.techniques import Technique

_REVIEWED = date(2026, 11, 21)

HEALING_WEEKS = Threshold(
    "healing_weeks", "Weeks after surgery without deep pressure on the scar", "weeks",
    Decimal(6), Decimal(6), stricter="higher",
)  # fmt: skip


_OFF_THE_SITE = Limits(
    ceiling=NO_CONTACT,
    unplaced=Pressure.SPREADING,
    forbidden=frozenset({Technique.TRIGGER_POINT}),
    handle=lambda sites: Handling(no_product=sites),
)


def _wound_or_scar(situation: Situation) -> list[Hit]:
    """Keep off open wounds and fresh scars; a scar whose weeks have passed asks for nothing."""
    weeks = timedelta(weeks=float(situation.bounds.of(HEALING_WEEKS)))
    fresh = tuple(
        fact
        for fact in situation.facts.of(FactKind.SURGERY)
        if situation.today - fact.observed_on < weeks
    )
    facts = (*situation.facts.of(FactKind.WOUND), *fresh)
    return [hit(facts, _OFF_THE_SITE, situation)] if facts else []


W1 = Rule(
    id="W1",
    version=2,
    title="Open wound or fresh scar",
    topic="wounds",
    levels=(Level.CONFIRM,),
    wording="An open wound, ulcer, fungating tumour or pressure sore; surgery within six weeks.",
    reason="Touch may hurt, infect or open it.",
    adaptation=(
        "Keep off the site. No deep pressure over a scar for six weeks, and then only when it has "
        "healed. Where the place is not recorded, find it first and stay at pressure 1."
    ),
    source="Six weeks: Michigan State University teaching page; open wounds: NCCIH.",
    evidence=Evidence.TEACHING,
    reviewed_on=_REVIEWED,
    check=_wound_or_scar,
    reads=(FactKind.WOUND, FactKind.SURGERY),
    needs=frozenset({FactKind.WOUND, FactKind.SURGERY}),
    asks=(FactKind.WOUND, FactKind.SURGERY),
    thresholds=(HEALING_WEEKS,),
    lift=Lift(Pressure.SPREADING),
)
W2 = Rule(
    id="W2",
    version=1,
    title="Operation or procedure this admission",
    topic="wounds",
    levels=(Level.STOP,),
    wording="An operation or procedure was done during this stay.",
    reason="What was done decides what may be touched. The Jane trial left such patients out.",
    adaptation="Ask the team for an order that says where and how.",
    source="Jane 2011 exclusion, as told by the Oncology Nursing Society.",
    evidence=Evidence.TRIAL,
    reviewed_on=_REVIEWED,
    check=present(FactKind.PROCEDURE),
    reads=(FactKind.PROCEDURE,),
    asks=(FactKind.PROCEDURE,),
    lift=Lift(NO_CONTACT),
)
