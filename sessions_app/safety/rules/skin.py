"""Skin and nerves: numb, painful or fragile."""

from datetime import date

from sessions_app.safety.checks import Limits, present
from sessions_app.safety.handling import Handling
from sessions_app.safety.orders import Lift
from sessions_app.safety.rule import Rule
from sessions_app.vocabulary.body_regions import FEET, HANDS
from sessions_app.vocabulary.body_sites import BodySite
from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.pressure import NO_CONTACT, Pressure
from sessions_app.vocabulary.severity import Evidence, Level
from sessions_app.vocabulary.techniques import Technique

_REVIEWED = date(2026, 11, 21)
_FRICTION = frozenset({Technique.PETRISSAGE, Technique.TRIGGER_POINT, Technique.CIRCLES})


def _numb(sites: frozenset[BodySite]) -> frozenset[BodySite]:
    """Return the numb sites; hands and feet where none is named."""
    return sites or HANDS | FEET


P1 = Rule(
    id="P1",
    version=1,
    title="Numbness or neuropathy",
    topic="skin",
    levels=(Level.CONFIRM,),
    wording="Hands, feet or other sites are numb or tingle.",
    reason="The patient cannot judge pressure or heat there.",
    adaptation="Pressure 2 at most, no heat, steady contact.",
    source="From memory, unverified.",
    evidence=Evidence.DESIGN,
    reviewed_on=_REVIEWED,
    check=present(
        FactKind.NEUROPATHY,
        limits=Limits(
            ceiling=Pressure.CREAMING, widen=_numb, handle=lambda sites: Handling(no_heat=sites)
        ),
    ),
    reads=(FactKind.NEUROPATHY,),
    asks=(FactKind.NEUROPATHY,),
    unverified=True,
)
P2 = Rule(
    id="P2",
    version=1,
    title="Light touch hurts",
    topic="skin",
    levels=(Level.STOP,),
    wording="Burning or pain on light touch.",
    reason="Even gentle touch may make nerve pain worse. The Jane trial left such patients out.",
    adaptation="Keep off the area. An order may allow a session elsewhere.",
    source="Jane 2011 exclusion (Oncology Nursing Society); Michigan State University.",
    evidence=Evidence.TRIAL,
    reviewed_on=_REVIEWED,
    check=present(FactKind.ALLODYNIA, limits=Limits(ceiling=NO_CONTACT, unplaced=NO_CONTACT)),
    reads=(FactKind.ALLODYNIA,),
    asks=(FactKind.ALLODYNIA,),
    lift=Lift(NO_CONTACT),
)
K1 = Rule(
    id="K1",
    version=1,
    title="Fragile or sore skin",
    topic="skin",
    levels=(Level.CONFIRM,),
    wording="Rash, hand-foot syndrome, graft-versus-host disease, bruises or thin skin.",
    reason="Friction tears such skin.",
    adaptation="Pressure 1 at most there, no friction, nothing that sticks.",
    source="From memory, unverified.",
    evidence=Evidence.DESIGN,
    reviewed_on=_REVIEWED,
    check=present(
        FactKind.FRAGILE_SKIN,
        limits=Limits(ceiling=Pressure.SPREADING, unplaced=Pressure.SPREADING, forbidden=_FRICTION),
    ),
    reads=(FactKind.FRAGILE_SKIN,),
    asks=(FactKind.FRAGILE_SKIN,),
    unverified=True,
)
