"""Tumours near the surface, enlarged nodes, an enlarged belly."""

from datetime import date

from sessions_app.safety.checks import Limits, present
from sessions_app.safety.handling import Handling
from sessions_app.safety.orders import Lift
from sessions_app.safety.rule import Rule
from sessions_app.vocabulary.body_regions import BELLY_AND_FLANKS
from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.pressure import NO_CONTACT, Pressure
from sessions_app.vocabulary.records import Position
from sessions_app.vocabulary.severity import Evidence, Level

_REVIEWED = date(2026, 11, 21)

T1 = Rule(
    id="T1",
    version=1,
    title="Tumour or enlarged nodes",
    topic="tumour",
    levels=(Level.CONFIRM,),
    wording="A tumour near the surface, enlarged nodes or a recurrence is recorded.",
    reason="Pressure there hurts and helps nobody.",
    adaptation=(
        "No pressure over it or around it unless the clinician approves. Where the place is not "
        "recorded, find it first and stay at pressure 1."
    ),
    source="NCCIH; Macmillan massage page.",
    evidence=Evidence.GUIDELINE,
    reviewed_on=_REVIEWED,
    check=present(FactKind.TUMOUR, limits=Limits(ceiling=NO_CONTACT, unplaced=Pressure.SPREADING)),
    reads=(FactKind.TUMOUR,),
    asks=(FactKind.TUMOUR,),
    lift=Lift(Pressure.SPREADING),
)
A1 = Rule(
    id="A1",
    version=1,
    title="Enlarged belly, liver or spleen",
    topic="tumour",
    levels=(Level.CONFIRM,),
    wording="Ascites, a large liver or a large spleen is recorded.",
    reason="A large organ may be hurt by pressure; lying flat or face down takes the breath.",
    adaptation="No touch to belly and flanks, not face down, head raised. The spleen never.",
    source="A patients' forum on the spleen (weak); the rest from memory, unverified.",
    evidence=Evidence.DESIGN,
    reviewed_on=_REVIEWED,
    check=present(
        FactKind.ABDOMEN_ENLARGED,
        limits=Limits(
            ceiling=NO_CONTACT,
            fixed=BELLY_AND_FLANKS,
            handle=lambda _sites: Handling(not_lying=frozenset({Position.PRONE}), raise_head=True),
        ),
    ),
    reads=(FactKind.ABDOMEN_ENLARGED,),
    asks=(FactKind.ABDOMEN_ENLARGED,),
    unverified=True,
)
