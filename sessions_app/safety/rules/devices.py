"""Ports, lines, stents, stomas and medicine patches."""

from datetime import date

from sessions_app.safety.checks import Limits, present
from sessions_app.safety.handling import Handling
from sessions_app.safety.orders import Lift
from sessions_app.safety.rule import Rule
from sessions_app.vocabulary.body_regions import BELLY, BELLY_AND_FLANKS
from sessions_app.vocabulary.body_sites import BodySite
from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.pressure import NO_CONTACT, Pressure
from sessions_app.vocabulary.records import Position
from sessions_app.vocabulary.severity import Evidence, Level

_REVIEWED = date(2026, 11, 21)


def _region_of_stent(sites: frozenset[BodySite]) -> frozenset[BodySite]:
    """Return the region of a stent; belly and flanks where none is named."""
    return sites or BELLY_AND_FLANKS


D1 = Rule(
    id="D1",
    version=1,
    title="Port, line or drain",
    topic="devices",
    levels=(Level.CONFIRM,),
    wording="A port, line, drain, pump or infusion is recorded.",
    reason="Pressure or pulling may hurt, move or block it.",
    adaptation=(
        "No pressure or traction there; keep 10 cm away and position around it. If its place is "
        "not recorded, find it first and stay at pressure 1 until then."
    ),
    source="Macmillan massage page; the 10 cm margin and no contact are our design.",
    evidence=Evidence.TEACHING,
    reviewed_on=_REVIEWED,
    check=present(
        FactKind.DEVICE,
        limits=Limits(ceiling=NO_CONTACT, unplaced=Pressure.SPREADING),
    ),
    reads=(FactKind.DEVICE,),
    asks=(FactKind.DEVICE,),
    lift=Lift(Pressure.SPREADING),
)
D2 = Rule(
    id="D2",
    version=1,
    title="Stent",
    topic="devices",
    levels=(Level.CONFIRM,),
    wording="A stent of the ureter, bile duct or a vessel is recorded.",
    reason="A displaced ureteral stent after massage has been reported.",
    adaptation="No deep work over the region: pressure 1 at most there.",
    source="Ernst 2003, review of harms. The pressure is our design.",
    evidence=Evidence.TEACHING,
    reviewed_on=_REVIEWED,
    check=present(
        FactKind.STENT, limits=Limits(ceiling=Pressure.SPREADING, widen=_region_of_stent)
    ),
    reads=(FactKind.STENT,),
    asks=(FactKind.STENT,),
    lift=Lift(Pressure.CREAMING),
)
D3 = Rule(
    id="D3",
    version=1,
    title="Stoma, feeding tube or catheter bag",
    topic="devices",
    levels=(Level.CONFIRM,),
    wording="A stoma, feeding tube or catheter bag is recorded.",
    reason="It may be pressed, pulled or leak.",
    adaptation="Not face down, no pressure on the belly. Ask about smell and leakage.",
    source="From memory, unverified.",
    evidence=Evidence.DESIGN,
    reviewed_on=_REVIEWED,
    check=present(
        FactKind.STOMA,
        limits=Limits(
            ceiling=NO_CONTACT,
            fixed=BELLY,
            handle=lambda _sites: Handling(not_lying=frozenset({Position.PRONE})),
        ),
    ),
    reads=(FactKind.STOMA,),
    asks=(FactKind.STOMA,),
    lift=Lift(Pressure.SPREADING),
    unverified=True,
)
M3 = Rule(
    id="M3",
    version=1,
    title="Medicine patch",
    topic="devices",
    levels=(Level.CONFIRM,),
    wording="A patch with fentanyl or another medicine is on the skin.",
    reason="Rubbing and heat raise what is taken up; oil loosens the patch.",
    adaptation="No rubbing, heat or oil on it or near it. Where it sits is to be found first.",
    source="Macmillan massage page (avoid patches); ISMP (heat raises uptake).",
    evidence=Evidence.GUIDELINE,
    reviewed_on=_REVIEWED,
    check=present(
        FactKind.MEDICINE_PATCH,
        limits=Limits(
            ceiling=NO_CONTACT,
            unplaced=Pressure.RESTING,
            handle=lambda sites: Handling(no_heat=sites, no_product=sites),
        ),
    ),
    reads=(FactKind.MEDICINE_PATCH,),
    asks=(FactKind.MEDICINE_PATCH,),
)
