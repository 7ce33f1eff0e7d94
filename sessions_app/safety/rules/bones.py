"""Cancer in bone and fragile bone: the sites to avoid, and how to work elsewhere."""

from datetime import date
from decimal import Decimal

from sessions_app.safety.checks import Limits, hit, present
from sessions_app.safety.facts import PatientFacts
from sessions_app.safety.handling import Handling
from sessions_app.safety.orders import Lift
from sessions_app.safety.rule import Hit, Rule
from sessions_app.safety.situation import Situation
from sessions_app.safety.thresholds import Threshold
from sessions_app.vocabulary.body_regions import limbs_of
from sessions_app.vocabulary.body_sites import ALL_SITES, BodySite, both, listed
from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.pressure import NO_CONTACT, Pressure
from sessions_app.vocabulary.severity import Evidence, Level
from sessions_app.vocabulary.techniques import Technique

_REVIEWED = date(2026, 11, 21)
_LEFT_OUT = frozenset({Technique.JOINT_ROTATION, Technique.TRIGGER_POINT})
_FAR_FROM_BONE = both("hand", "foot_top", "foot_sole") | {BodySite.SCALP}

MIRELS = Threshold(
    "mirels", "Mirels' score from which a limb is off limits", "points",
    Decimal(9), Decimal(9), stricter="lower",
)  # fmt: skip


_STILL = Handling(still_joints=ALL_SITES)


def _still_everywhere(_sites: frozenset[BodySite]) -> Handling:
    return _STILL


_AT_THE_BONE = Limits(
    ceiling=NO_CONTACT,
    elsewhere=Pressure.CREAMING,
    forbidden=_LEFT_OUT,
    handle=_still_everywhere,
)
_ANYWHERE = Limits(unplaced=NO_CONTACT, forbidden=_LEFT_OUT, handle=_still_everywhere)
_OFF_LIMITS = Limits(
    ceiling=NO_CONTACT,
    unplaced=NO_CONTACT,
    widen=limbs_of,
    forbidden=_LEFT_OUT,
    handle=lambda sites: Handling(still_joints=sites or ALL_SITES),
)


def _avoid_sites(facts: PatientFacts) -> frozenset[BodySite]:
    """Return every site at which a bone metastasis is recorded."""
    return frozenset[BodySite]().union(*(f.sites for f in facts.of(FactKind.BONE_METASTASIS)))


def _named(situation: Situation) -> list[Hit]:
    """Keep off the named sites, stay light elsewhere."""
    placed = tuple(f for f in situation.facts.of(FactKind.BONE_METASTASIS) if f.sites)
    return [hit(placed, _AT_THE_BONE, situation)] if placed else []


def _touched(situation: Situation) -> list[Hit]:
    """Speak up where the session touches a site to avoid; a true record is always accepted.

    The limit itself is B1's.
    """
    session, avoid = situation.session, _avoid_sites(situation.facts)
    touched = avoid & session.pressures.keys() if session else frozenset()
    if not touched:
        return []
    behind = tuple(f for f in situation.facts.of(FactKind.BONE_METASTASIS) if f.sites & touched)
    return [
        Hit(
            f"{'Planned' if situation.planning else 'Touched'} at a site to avoid: "
            f"{listed(touched)}.",
            behind,
            sites=touched,
            level=Level.STOP if situation.planning else Level.CONFIRM,
        )
    ]


def _unnamed(situation: Situation) -> list[Hit]:
    """Touch nothing while the bones are not known."""
    unplaced = tuple(f for f in situation.facts.of(FactKind.BONE_METASTASIS) if not f.sites)
    return [hit(unplaced, _ANYWHERE, situation)] if unplaced else []


def _fracture(situation: Situation) -> list[Hit]:
    """Leave a limb alone that may break; a score below the threshold is a reminder only by B1."""
    high = situation.bounds.of(MIRELS)
    risky = tuple(
        fact
        for fact in situation.facts.of(FactKind.FRACTURE_RISK)
        if fact.amount is None or fact.amount >= high
    )
    return [hit(risky, _OFF_LIMITS, situation)] if risky else []


B1 = Rule(
    id="B1",
    version=2,
    title="Bone metastasis: sites to avoid",
    topic="bones",
    levels=(Level.CONFIRM,),
    wording="A bone metastasis is recorded and its sites are named.",
    reason="Pressure over weakened bone may hurt or fracture it.",
    adaptation=(
        "No contact at these sites. Elsewhere up to pressure 2. No joint movement, stretch or "
        "traction; no trigger-point work, no percussion."
    ),
    source=(
        "Jane 2009 pilot and news accounts of Kutner 2008 and Jane 2011; Michigan State "
        "University teaching page; Macmillan massage page. No contact is our stricter design."
    ),
    evidence=Evidence.TEACHING,
    reviewed_on=_REVIEWED,
    check=_named,
    reads=(FactKind.BONE_METASTASIS,),
    needs=frozenset({FactKind.BONE_METASTASIS}),
    asks=(FactKind.BONE_METASTASIS,),
    lift=Lift(Pressure.SPREADING),
)
B2 = Rule(
    id="B2",
    version=1,
    title="A site to avoid is part of the session",
    topic="bones",
    levels=(Level.STOP, Level.CONFIRM),
    wording="The session touches a site at which a bone metastasis is recorded.",
    reason="The site is on the list to avoid. What was done is always recorded as it was.",
    adaptation=(
        "Planning: leave the site out, or ask the team for an order. Recording: give the reason; "
        "a supervisor will see it."
    ),
    source="Our design.",
    evidence=Evidence.DESIGN,
    reviewed_on=_REVIEWED,
    check=_touched,
    reads=(FactKind.BONE_METASTASIS,),
    needs=frozenset({FactKind.BONE_METASTASIS}),
    lift=Lift(Pressure.SPREADING),
)
B3 = Rule(
    id="B3",
    version=2,
    title="Bone metastasis: sites not known",
    topic="bones",
    levels=(Level.STOP,),
    wording="A bone metastasis is recorded and its sites are not.",
    reason="Without the sites nobody can say which bones to keep off.",
    adaptation=(
        "Ask the team for the sites. Until then no contact; their order can allow pressure 1 on "
        "hands, feet and scalp."
    ),
    source="Our design.",
    evidence=Evidence.DESIGN,
    reviewed_on=_REVIEWED,
    check=_unnamed,
    reads=(FactKind.BONE_METASTASIS,),
    needs=frozenset({FactKind.BONE_METASTASIS}),
    lift=Lift(Pressure.SPREADING, _FAR_FROM_BONE),
)
B4 = Rule(
    id="B4",
    version=1,
    title="Fracture risk",
    topic="bones",
    levels=(Level.STOP,),
    wording="The team fears a fracture, or a clinician stored a Mirels score of 9 or more.",
    reason="A weakened long bone may break when it is lifted or loaded.",
    adaptation="That limb is off limits: no touch, no lifting. Position it only by order.",
    source="Our design; the Mirels threshold is from memory, unverified.",
    evidence=Evidence.DESIGN,
    reviewed_on=_REVIEWED,
    check=_fracture,
    reads=(FactKind.FRACTURE_RISK,),
    needs=frozenset({FactKind.FRACTURE_RISK}),
    asks=(FactKind.FRACTURE_RISK,),
    thresholds=(MIRELS,),
    lift=Lift(NO_CONTACT),
    unverified=True,
)
B5 = Rule(
    id="B5",
    version=1,
    title="Fragile bones",
    topic="bones",
    levels=(Level.CONFIRM,),
    wording="Osteoporosis, myeloma or long treatment with steroids is recorded.",
    reason="Such bones break more easily.",
    adaptation="Pressure 2 at most. No force on joints.",
    source="Massage & Bodywork, July 2011, on myeloma. The limit is from memory.",
    evidence=Evidence.TEACHING,
    reviewed_on=_REVIEWED,
    check=present(
        FactKind.FRAGILE_BONES,
        limits=Limits(
            ceiling=Pressure.CREAMING,
            forbidden=frozenset({Technique.JOINT_ROTATION}),
            handle=_still_everywhere,
        ),
    ),
    reads=(FactKind.FRAGILE_BONES,),
    asks=(FactKind.FRAGILE_BONES,),
    lift=Lift(Pressure.RELAXING),
    unverified=True,
)
