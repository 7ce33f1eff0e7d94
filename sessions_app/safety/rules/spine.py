"""The spine: pressure on the spinal cord is an emergency, an unstable spine is left alone."""

from datetime import date
from decimal import Decimal

from sessions_app.safety.checks import Limits, hit, present
from sessions_app.safety.handling import Handling
from sessions_app.safety.orders import Lift
from sessions_app.safety.rule import Hit, Rule
from sessions_app.safety.situation import Situation
from sessions_app.safety.thresholds import Threshold
from sessions_app.vocabulary.body_regions import WHOLE_BACK
from sessions_app.vocabulary.body_sites import ALL_SITES, BodySite
from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.pressure import NO_CONTACT
from sessions_app.vocabulary.records import Position
from sessions_app.vocabulary.severity import Evidence, Level

_REVIEWED = date(2026, 11, 21)
_NOT_TURNED = frozenset({Position.PRONE, Position.SIDE_LEFT, Position.SIDE_RIGHT})

SINS = Threshold(
    "sins", "SINS from which the spine is treated as unstable", "points",
    Decimal(7), Decimal(7), stricter="lower",
)  # fmt: skip


_UNMOVED = Handling(still_joints=ALL_SITES, not_lying=_NOT_TURNED)


def _not_moved(_sites: frozenset[BodySite]) -> Handling:
    return _UNMOVED


_OFF_THE_BACK = Limits(ceiling=NO_CONTACT, fixed=WHOLE_BACK, handle=_not_moved)


def _unstable(situation: Situation) -> list[Hit]:
    """Leave the back alone and do not turn; a score below the threshold is said to be stable."""
    high = situation.bounds.of(SINS)
    said = situation.facts.of(FactKind.UNSTABLE_SPINE)
    unstable = tuple(fact for fact in said if fact.amount is None or fact.amount >= high)
    return [hit(unstable, _OFF_THE_BACK, situation)] if unstable else []


N1 = Rule(
    id="N1",
    version=1,
    title="Warning pain in back or neck",
    topic="spine",
    levels=(Level.STOP,),
    wording=(
        "Pain in the chest spine or neck, growing in the lower back, unremitting, worse on "
        "straining, tender over the spine, or waking at night."
    ),
    reason="In cancer such pain may be the first sign of pressure on the spinal cord.",
    adaptation=(
        "No session. Tell the team or the cord-compression coordinator within 24 hours. Do not "
        "move or turn the patient more than needed."
    ),
    source="NICE CG75 as told by GPnotebook; CG75 is replaced by NG234: wording to be rechecked.",
    evidence=Evidence.GUIDELINE,
    reviewed_on=_REVIEWED,
    check=present(FactKind.BACK_PAIN_SIGNS, limits=Limits(handle=_not_moved)),
    reads=(FactKind.BACK_PAIN_SIGNS,),
    asks=(FactKind.BACK_PAIN_SIGNS,),
    lift=Lift(NO_CONTACT),
    unverified=True,
)
N2 = Rule(
    id="N2",
    version=1,
    title="Signs of pressure on the spinal cord",
    topic="spine",
    levels=(Level.EMERGENCY,),
    wording="Limb weakness, trouble walking, numbness, band-like pain, bladder or bowel change.",
    reason="It may be spinal cord compression: an oncological emergency. Hours count.",
    adaptation="Stop. Do not handle or turn the patient any further. Call now.",
    source="GPnotebook referral criteria; the Christie red-flag card.",
    evidence=Evidence.GUIDELINE,
    reviewed_on=_REVIEWED,
    check=present(FactKind.CORD_SIGNS, limits=Limits(ceiling=NO_CONTACT, handle=_not_moved)),
    reads=(FactKind.CORD_SIGNS,),
    asks=(FactKind.CORD_SIGNS,),
)
N3 = Rule(
    id="N3",
    version=1,
    title="Unstable spine",
    topic="spine",
    levels=(Level.STOP,),
    wording="The team says so, or a clinician stored a SINS of 7 or more.",
    reason="Pressing or turning may injure the cord. The REST trial left such patients out.",
    adaptation="No work on the back and no turning. An order says what may be done elsewhere.",
    source="Kutner 2008 exclusion (registry NCT00065195); SINS calculator.",
    evidence=Evidence.TRIAL,
    reviewed_on=_REVIEWED,
    check=_unstable,
    reads=(FactKind.UNSTABLE_SPINE,),
    needs=frozenset({FactKind.UNSTABLE_SPINE}),
    asks=(FactKind.UNSTABLE_SPINE,),
    thresholds=(SINS,),
    lift=Lift(NO_CONTACT),
)
