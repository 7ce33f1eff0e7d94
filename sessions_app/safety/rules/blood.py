"""Platelets and bleeding: how firmly, given the count and its age. Counts are per microlitre (µL).

Only two thresholds have a published source: below 10,000 (a trial exclusion) and above 50,000 (one
series of 25 patients). The bands between are custom, told from memory.
"""

from datetime import date

from sessions_app.safety.checks import Limits, present
from sessions_app.safety.orders import Lift
from sessions_app.safety.rule import Rule
from sessions_app.safety.rules.platelets import (
    LOW,
    LOWERED,
    STALE_DAYS,
    VERY_LOW,
    high,
    low,
    lowered,
    unknown,
    very_low,
)
from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.pressure import Pressure
from sessions_app.vocabulary.severity import Evidence, Level
from sessions_app.vocabulary.techniques import Technique

_REVIEWED = date(2026, 11, 21)
_PLATELETS = (FactKind.PLATELETS,)

H1 = Rule(
    id="H1",
    version=2,
    title="Platelets very low",
    topic="blood",
    levels=(Level.STOP,),
    wording="The deciding platelet count is below 10,000/µL.",
    reason="Bleeding may start from very little; the REST trial left such patients out.",
    adaptation="Ask the team. With their order, still hands only.",
    source="Kutner 2008 exclusion (registry NCT00065195). Still hands only is our design.",
    evidence=Evidence.TRIAL,
    reviewed_on=_REVIEWED,
    check=very_low,
    reads=_PLATELETS,
    needs=frozenset(_PLATELETS),
    thresholds=(VERY_LOW,),
    lift=Lift(Pressure.RESTING),
)
H2 = Rule(
    id="H2",
    version=2,
    title="Platelets low",
    topic="blood",
    levels=(Level.STOP,),
    wording="The deciding platelet count is at least 10,000 and below 20,000/µL.",
    reason="Bruising and bleeding come easily at this count.",
    adaptation=(
        "Ask the team and learn the transfusion plan. With their order, pressure 1 at most, no "
        "petrissage and no trigger-point work."
    ),
    source="Maltser 2017, rehabilitation table. The massage limit is from memory, unverified.",
    evidence=Evidence.TEACHING,
    reviewed_on=_REVIEWED,
    check=low,
    reads=_PLATELETS,
    needs=frozenset(_PLATELETS),
    thresholds=(LOW,),
    lift=Lift(Pressure.SPREADING),
    unverified=True,
)
H3 = Rule(
    id="H3",
    version=2,
    title="Platelets lowered",
    topic="blood",
    levels=(Level.CONFIRM,),
    wording="The deciding platelet count is 20,000 to 50,000/µL, both included.",
    reason="Bruising comes easily at this count.",
    adaptation="Pressure 1 at most, no petrissage, no trigger-point work. Look for bruises.",
    source=(
        "Ng 2018, a series of 25 patients, asked for more than 50,000; Jane 2011 excluded "
        "thrombocytopenia, level not found. The limit is from memory, unverified."
    ),
    evidence=Evidence.TEACHING,
    reviewed_on=_REVIEWED,
    check=lowered,
    reads=_PLATELETS,
    needs=frozenset(_PLATELETS),
    thresholds=(LOWERED,),
    lift=Lift(Pressure.CREAMING),
    unverified=True,
)
H4 = Rule(
    id="H4",
    version=3,
    title="Platelets set no limit",
    topic="blood",
    levels=(Level.INFORM,),
    wording="The deciding platelet count is above 50,000/µL and is not out of date.",
    reason="At this count platelets alone set no limit here; the other reminders hold.",
    adaptation="Nothing for platelets. Keep the other limits.",
    source="Ng 2018, a series of 25 patients.",
    evidence=Evidence.TEACHING,
    reviewed_on=_REVIEWED,
    check=high,
    reads=_PLATELETS,
    needs=frozenset(_PLATELETS),
)
H5 = Rule(
    id="H5",
    version=2,
    title="Platelet count missing or out of date",
    topic="blood",
    levels=(Level.CONFIRM,),
    wording=(
        "On treatment that lowers blood counts, and the count is missing, older than 7 days, past "
        "its date or dated ahead."
    ),
    reason="The count may have fallen since.",
    adaptation=(
        "Ask the team for a count, and the patient about bruises, nosebleeds and small red spots. "
        "Until then pressure 1 at most, no petrissage, no trigger-point work."
    ),
    source="Our design.",
    evidence=Evidence.DESIGN,
    reviewed_on=_REVIEWED,
    check=unknown,
    reads=(FactKind.PLATELETS, FactKind.MYELOSUPPRESSIVE_THERAPY),
    needs=frozenset({FactKind.MYELOSUPPRESSIVE_THERAPY}),
    asks=(FactKind.MYELOSUPPRESSIVE_THERAPY,),
    thresholds=(STALE_DAYS,),
    lift=Lift(Pressure.CREAMING),
)
H6 = Rule(
    id="H6",
    version=1,
    title="Bleeds or bruises easily",
    topic="blood",
    levels=(Level.CONFIRM,),
    wording="An anticoagulant, a bleeding disorder or easy bruising is recorded.",
    reason="Firm work may bruise. The REST trial left out patients on anticoagulants.",
    adaptation=(
        "Pressure 2 at most, nothing deep or vigorous. On REST the session counts as outside the "
        "protocol."
    ),
    source="Kutner 2008 exclusion (registry NCT00065195); NIH advice as told by NCCIH.",
    evidence=Evidence.GUIDELINE,
    reviewed_on=_REVIEWED,
    check=present(
        FactKind.BLEEDING_RISK,
        limits=Limits(ceiling=Pressure.CREAMING, forbidden=frozenset({Technique.TRIGGER_POINT})),
    ),
    reads=(FactKind.BLEEDING_RISK,),
    asks=(FactKind.BLEEDING_RISK,),
    lift=Lift(Pressure.RELAXING),
)
