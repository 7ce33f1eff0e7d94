"""Blood pressure, breath, strength, and the last days."""

from datetime import date
from decimal import Decimal

from sessions_app.safety.checks import Limits, capital, present
from sessions_app.safety.facts import Fact
from sessions_app.safety.handling import Handling
from sessions_app.safety.rule import Hit, Rule
from sessions_app.safety.situation import Situation
from sessions_app.safety.thresholds import Threshold
from sessions_app.safety.wording import measured, named
from sessions_app.vocabulary.body_regions import FEET, HANDS
from sessions_app.vocabulary.body_sites import BodySite
from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.pressure import NO_CONTACT, Pressure
from sessions_app.vocabulary.records import Position
from sessions_app.vocabulary.severity import Evidence, Level
from sessions_app.vocabulary.techniques import SIMPLE_TOUCH, Technique

_REVIEWED = date(2026, 11, 21)
_LAST_DAYS = HANDS | FEET | {BodySite.FACE}

SYSTOLIC = Threshold(
    "systolic", "Systolic pressure below which rising is slow and escorted", "mmHg",
    Decimal(90), Decimal(85), stricter="higher",
)  # fmt: skip
HAEMOGLOBIN = Threshold(
    "haemoglobin", "Haemoglobin below which rising is slow and escorted", "g/dL",
    Decimal(8), Decimal(7), stricter="higher",
)  # fmt: skip


_MEASURED = {FactKind.BLOOD_PRESSURE: SYSTOLIC, FactKind.HAEMOGLOBIN: HAEMOGLOBIN}


def _faint(situation: Situation) -> list[Hit]:
    """Rise slowly: low pressure, dizziness, or anaemia."""
    facts, today = situation.facts, situation.today
    low: list[Fact] = []
    for kind, threshold in _MEASURED.items():
        decides = facts.deciding(kind, today)
        if (
            decides
            and decides.amount is not None
            and decides.amount < situation.bounds.of(threshold)
        ):
            low.append(decides)
    dizzy = facts.of(FactKind.DIZZINESS)
    if not low and not dizzy:
        return []
    said = [
        f"{one.kind.label.lower()} {measured(one, today, ask_again=not one.is_current(today))}"
        for one in low
    ]
    said += [named(dizzy, today)] if dizzy else []
    return [Hit(f"{capital(', '.join(said))}.", (*low, *dizzy))]


U1 = Rule(
    id="U1",
    version=1,
    title="May faint on rising",
    topic="strength",
    levels=(Level.CONFIRM,),
    wording="Systolic pressure below 90, dizzy on rising, or haemoglobin below 8 g/dL.",
    reason="The patient may fall when getting up.",
    adaptation="Change position slowly, sit for 2 minutes, then escort.",
    source="Maltser 2017 for haemoglobin; the rest from memory, unverified.",
    evidence=Evidence.TEACHING,
    reviewed_on=_REVIEWED,
    check=_faint,
    reads=(*_MEASURED, FactKind.DIZZINESS),
    needs=frozenset({*_MEASURED, FactKind.DIZZINESS}),
    asks=(FactKind.DIZZINESS,),
    thresholds=(SYSTOLIC, HAEMOGLOBIN),
    unverified=True,
)
U2 = Rule(
    id="U2",
    version=1,
    title="Cannot lie flat",
    topic="strength",
    levels=(Level.CONFIRM,),
    wording="Breathless lying flat, raised pressure in the head, or vomiting.",
    reason="Lying flat takes the breath or raises the pressure.",
    adaptation="Head and chest raised by 30 to 45 degrees; not flat and not face down.",
    source="From memory, unverified.",
    evidence=Evidence.DESIGN,
    reviewed_on=_REVIEWED,
    check=present(
        FactKind.BREATHLESS_LYING,
        limits=Limits(
            handle=lambda _sites: Handling(
                not_lying=frozenset({Position.PRONE, Position.SUPINE}), raise_head=True
            )
        ),
    ),
    reads=(FactKind.BREATHLESS_LYING,),
    asks=(FactKind.BREATHLESS_LYING,),
    unverified=True,
)
G1 = Rule(
    id="G1",
    version=1,
    title="Very thin or exhausted",
    topic="strength",
    levels=(Level.CONFIRM,),
    wording="Cachexia, bony points or exhaustion.",
    reason="Little lies between hand and bone, and a long session tires.",
    adaptation="Pressure 1, 10 to 20 minutes, bolsters.",
    source="Groninger 2023: 10 minutes were enough for a change right after.",
    evidence=Evidence.TRIAL,
    reviewed_on=_REVIEWED,
    check=present(
        FactKind.CACHEXIA,
        limits=Limits(ceiling=Pressure.SPREADING, handle=lambda _sites: Handling(minutes=20)),
    ),
    reads=(FactKind.CACHEXIA,),
    asks=(FactKind.CACHEXIA,),
)
G2 = Rule(
    id="G2",
    version=2,
    title="Actively dying",
    topic="strength",
    levels=(Level.CONFIRM,),
    wording="The team expects death within days.",
    reason="Comfort and presence are what is wanted; no score is asked of the patient.",
    adaptation=(
        "Still holding of hands, feet or face, 5 to 15 minutes, family present. Stop at any sign "
        "of distress."
    ),
    source="Catlin: the role changes when death is near. Minutes from memory, unverified.",
    evidence=Evidence.TEACHING,
    reviewed_on=_REVIEWED,
    check=present(
        FactKind.ACTIVELY_DYING,
        limits=Limits(
            ceiling=Pressure.RESTING,
            fixed=_LAST_DAYS,
            widen=lambda _sites: _LAST_DAYS,  # a place noted with it opens no further site
            elsewhere=NO_CONTACT,
            forbidden=frozenset(Technique) - SIMPLE_TOUCH,
            handle=lambda _sites: Handling(minutes=15),
        ),
    ),
    reads=(FactKind.ACTIVELY_DYING,),
    asks=(FactKind.ACTIVELY_DYING,),
    unverified=True,
)
