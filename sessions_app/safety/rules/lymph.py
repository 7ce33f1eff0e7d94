"""Lymph nodes, lymphoedema and swelling."""

from datetime import date

from sessions_app.safety.checks import Limits, present
from sessions_app.safety.handling import Handling
from sessions_app.safety.orders import Lift
from sessions_app.safety.rule import Rule
from sessions_app.vocabulary.body_regions import LEGS, quarters_of
from sessions_app.vocabulary.body_sites import ALL_SITES
from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.pressure import NO_CONTACT, Pressure
from sessions_app.vocabulary.severity import Evidence, Level

_REVIEWED = date(2026, 11, 21)

L1 = Rule(
    id="L1",
    version=2,
    title="Lymph nodes removed or irradiated",
    topic="lymph",
    levels=(Level.CONFIRM,),
    wording="Lymph nodes were ever removed or irradiated. There is no time limit.",
    reason="The limb and the quarter of the trunk that drain there may swell, for life.",
    adaptation=(
        "That limb and trunk quadrant: pressure 1, short strokes, no heat, never toward the "
        "missing nodes. If the basin is not recorded, ask the team which; until then pressure 1."
    ),
    source=(
        "Lifelong adjustment: Tracy Walton, published answers. Pressure and strokes from memory, "
        "unverified."
    ),
    evidence=Evidence.TEACHING,
    reviewed_on=_REVIEWED,
    check=present(
        FactKind.LYMPH_NODES,
        limits=Limits(
            ceiling=Pressure.SPREADING,
            unplaced=Pressure.SPREADING,
            widen=quarters_of,
            handle=lambda sites: Handling(no_heat=sites or ALL_SITES),
        ),
        lifelong=True,
    ),
    reads=(FactKind.LYMPH_NODES,),
    asks=(FactKind.LYMPH_NODES,),
    lift=Lift(Pressure.CREAMING),
    unverified=True,
)
L2 = Rule(
    id="L2",
    version=1,
    title="Lymphoedema",
    topic="lymph",
    levels=(Level.STOP,),
    wording="Lymphoedema is present.",
    reason="Ordinary massage may drive fluid where it cannot drain.",
    adaptation=(
        "The swollen quadrant is off limits to ordinary massage. Manual lymph drainage only by "
        "somebody trained for it. An order may allow the rest of the body."
    ),
    source="Tracy Walton, published answers; National Lymphedema Network 2012: evidence is thin.",
    evidence=Evidence.TEACHING,
    reviewed_on=_REVIEWED,
    check=present(
        FactKind.LYMPHOEDEMA,
        limits=Limits(
            ceiling=NO_CONTACT,
            unplaced=NO_CONTACT,
            widen=quarters_of,
            handle=lambda sites: Handling(no_heat=sites or ALL_SITES),
        ),
    ),
    reads=(FactKind.LYMPHOEDEMA,),
    asks=(FactKind.LYMPHOEDEMA,),
    lift=Lift(NO_CONTACT),
)
L3 = Rule(
    id="L3",
    version=1,
    title="Swelling that grew suddenly",
    topic="lymph",
    levels=(Level.STOP,),
    wording="A region swelled within hours or days.",
    reason="It may be a clot, an infection or the cancer itself.",
    adaptation="No session. Tell the medical team today.",
    source="Memorial Sloan Kettering, cancer rehabilitation slides 2013.",
    evidence=Evidence.TEACHING,
    reviewed_on=_REVIEWED,
    check=present(
        FactKind.SUDDEN_SWELLING,
        limits=Limits(ceiling=NO_CONTACT, unplaced=NO_CONTACT, widen=quarters_of),
    ),
    reads=(FactKind.SUDDEN_SWELLING,),
    asks=(FactKind.SUDDEN_SWELLING,),
    lift=Lift(NO_CONTACT),
)
O1 = Rule(
    id="O1",
    version=1,
    title="New swelling of both legs",
    topic="lymph",
    levels=(Level.STOP,),
    wording="Both legs are swollen, and it is new.",
    reason="Heart, kidney, liver or a clot may be behind it.",
    adaptation="No session. Tell the medical team.",
    source="From memory, unverified.",
    evidence=Evidence.DESIGN,
    reviewed_on=_REVIEWED,
    check=present(FactKind.NEW_LEG_OEDEMA, limits=Limits(ceiling=NO_CONTACT, fixed=LEGS)),
    reads=(FactKind.NEW_LEG_OEDEMA,),
    asks=(FactKind.NEW_LEG_OEDEMA,),
    lift=Lift(Pressure.SPREADING),
    unverified=True,
)
O2 = Rule(
    id="O2",
    version=1,
    title="Long-standing oedema",
    topic="lymph",
    levels=(Level.CONFIRM,),
    wording="Swelling that the team knows of.",
    reason="Swollen tissue bruises easily and fluid may shift.",
    adaptation="Pressure 1 there, the legs raised.",
    source="From memory, unverified.",
    evidence=Evidence.DESIGN,
    reviewed_on=_REVIEWED,
    check=present(
        FactKind.CHRONIC_OEDEMA,
        limits=Limits(ceiling=Pressure.SPREADING, unplaced=Pressure.SPREADING),
    ),
    reads=(FactKind.CHRONIC_OEDEMA,),
    asks=(FactKind.CHRONIC_OEDEMA,),
    lift=Lift(Pressure.CREAMING),
    unverified=True,
)
