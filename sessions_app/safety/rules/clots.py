"""Clots: signs of one stop the session, signs of an embolism are an emergency."""

from datetime import date

from sessions_app.safety.checks import Limits, present
from sessions_app.safety.orders import Lift
from sessions_app.safety.rule import Rule
from sessions_app.vocabulary.body_regions import LIMBS, limbs_of
from sessions_app.vocabulary.body_sites import BodySite
from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.pressure import NO_CONTACT
from sessions_app.vocabulary.severity import Evidence, Level

_REVIEWED = date(2026, 11, 21)


def _whole_limbs(sites: frozenset[BodySite]) -> frozenset[BodySite]:
    """Return the limbs in question; all four where none is named."""
    return limbs_of(sites) if sites else frozenset[BodySite]().union(*LIMBS)


_LIMB_ALONE = Limits(ceiling=NO_CONTACT, widen=_whole_limbs)

V1 = Rule(
    id="V1",
    version=1,
    title="Signs of a clot in a limb",
    topic="clots",
    levels=(Level.STOP,),
    wording="One limb is swollen, warm, red or painful, or a vein is hard and sore.",
    reason="It may be a clot; massage might loosen it.",
    adaptation="No session and no touch to the limb. Tell the medical team today.",
    source="NHS and Thrombosis UK, signs of deep vein thrombosis.",
    evidence=Evidence.GUIDELINE,
    reviewed_on=_REVIEWED,
    check=present(FactKind.LIMB_CLOT_SIGNS, limits=_LIMB_ALONE),
    reads=(FactKind.LIMB_CLOT_SIGNS,),
    asks=(FactKind.LIMB_CLOT_SIGNS,),
    lift=Lift(NO_CONTACT),
)
V2 = Rule(
    id="V2",
    version=1,
    title="Signs of a clot in the lung",
    topic="clots",
    levels=(Level.EMERGENCY,),
    wording="Sudden breathlessness, chest pain, blood in sputum, or collapse.",
    reason="It may be a pulmonary embolism.",
    adaptation="Stop and call now. Stay with the patient.",
    source="Gloucestershire Hospitals, blood clots during cancer treatment.",
    evidence=Evidence.GUIDELINE,
    reviewed_on=_REVIEWED,
    check=present(FactKind.EMBOLISM_SIGNS, limits=Limits(ceiling=NO_CONTACT)),
    reads=(FactKind.EMBOLISM_SIGNS,),
    asks=(FactKind.EMBOLISM_SIGNS,),
)
V3 = Rule(
    id="V3",
    version=1,
    title="Clot in the last three months",
    topic="clots",
    levels=(Level.STOP,),
    wording="A deep vein thrombosis or pulmonary embolism within three months, being treated.",
    reason="Touch to the limb may loosen what is left of the clot.",
    adaptation=(
        "Never the limb or site of the clot. An order may allow a session elsewhere; it must state "
        "no fever, platelets above 50,000/µL and no clotting disorder."
    ),
    source=(
        "Ng 2018: 25 patients given massage after a clot, no harm put down to it. Three months is "
        "our design."
    ),
    evidence=Evidence.TEACHING,
    reviewed_on=_REVIEWED,
    check=present(FactKind.RECENT_CLOT, limits=_LIMB_ALONE),
    reads=(FactKind.RECENT_CLOT,),
    asks=(FactKind.RECENT_CLOT,),
    lift=Lift(NO_CONTACT),
)
