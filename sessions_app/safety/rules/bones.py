"""Cancer in bone: the sites to avoid, and how to work elsewhere."""

from collections.abc import Iterable
from datetime import date

from sessions_app.safety.facts import PatientFacts, PlannedSession
from sessions_app.safety.findings import Finding
from sessions_app.safety.rule import Rule, nothing
from sessions_app.safety.wording import told
from sessions_app.vocabulary.body_sites import ALL_SITES, BodySite, listed
from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.pressure import NO_CONTACT, Pressure
from sessions_app.vocabulary.severity import Evidence, Level
from sessions_app.vocabulary.techniques import Technique

_REVIEWED = date(2026, 11, 21)
_LEFT_OUT = frozenset({Technique.JOINT_ROTATION, Technique.TRIGGER_POINT})


def _avoid_sites(facts: PatientFacts) -> frozenset[BodySite]:
    """Return every site at which a bone metastasis is recorded."""
    return frozenset[BodySite]().union(*(f.sites for f in facts.of(FactKind.BONE_METASTASIS)))


def _named(facts: PatientFacts, today: date) -> Iterable[Finding]:
    """Keep off the named sites, stay light elsewhere."""
    placed = tuple(f for f in facts.of(FactKind.BONE_METASTASIS) if f.sites)
    if placed:
        yield B1.finding(
            f"Bone metastasis: {told(placed, today)}.",
            placed,
            sites=_avoid_sites(facts),
            ceiling=NO_CONTACT,
            elsewhere=Pressure.CREAMING,
            forbidden=_LEFT_OUT,
        )


def _touched(facts: PatientFacts, plan: PlannedSession, planning: bool) -> Iterable[Finding]:
    """Speak up where the session touches a site to avoid; a true record is always accepted."""
    touched = _avoid_sites(facts) & plan.pressures.keys()
    if touched:
        behind = tuple(f for f in facts.of(FactKind.BONE_METASTASIS) if f.sites & touched)
        yield B2.finding(
            f"{'Planned' if planning else 'Touched'} at a site to avoid: {listed(touched)}.",
            behind,
            sites=touched,
            ceiling=NO_CONTACT,
            level=Level.STOP if planning else Level.CONFIRM,
        )


def _unnamed(facts: PatientFacts, today: date) -> Iterable[Finding]:
    """Touch nothing while the bones are not known."""
    unplaced = tuple(f for f in facts.of(FactKind.BONE_METASTASIS) if not f.sites)
    if unplaced:
        yield B3.finding(
            f"Bone metastasis, {told(unplaced, today)}.",
            unplaced,
            sites=ALL_SITES,
            ceiling=NO_CONTACT,
            forbidden=_LEFT_OUT,
        )


B1 = Rule(
    id="B1",
    version=1,
    title="Bone metastasis: sites to avoid",
    topic="bones",
    levels=(Level.CONFIRM,),
    wording="A bone metastasis is recorded and its sites are named.",
    reason="Pressure over weakened bone may hurt or fracture it.",
    adaptation=(
        "No contact at these sites. Elsewhere up to pressure 2. No joint movement, stretch or "
        "traction; no trigger-point work."
    ),
    source=(
        "Jane 2009 pilot and news accounts of Kutner 2008 and Jane 2011; Michigan State "
        "University teaching page; Macmillan massage page. No contact is our stricter design."
    ),
    evidence=Evidence.TEACHING,
    reviewed_on=_REVIEWED,
    check=_named,
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
    check=nothing,
    check_plan=_touched,
)
B3 = Rule(
    id="B3",
    version=1,
    title="Bone metastasis: sites not known",
    topic="bones",
    levels=(Level.STOP,),
    wording="A bone metastasis is recorded and its sites are not.",
    reason="Without the sites nobody can say which bones to keep off.",
    adaptation="Ask the team for the sites. Until then no contact without their order.",
    source="Our design.",
    evidence=Evidence.DESIGN,
    reviewed_on=_REVIEWED,
    check=_unnamed,
)
