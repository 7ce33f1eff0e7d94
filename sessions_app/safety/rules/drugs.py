"""Chemotherapy and other treatment: gloves, light pressure, short sessions."""

import math
from datetime import date, timedelta
from decimal import Decimal

from sessions_app.safety.checks import Limits, hit, present
from sessions_app.safety.orders import Lift
from sessions_app.safety.rule import Hit, Rule
from sessions_app.safety.situation import Situation
from sessions_app.safety.thresholds import Threshold
from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.pressure import Pressure
from sessions_app.vocabulary.severity import Evidence, Level

_REVIEWED = date(2026, 11, 21)

DRUG_HOURS = Threshold(
    "drug_hours", "Hours after a hazardous drug in which gloves are worn", "hours",
    Decimal(48), Decimal(48), stricter="higher",
)  # fmt: skip


_LIGHT = Limits(ceiling=Pressure.CREAMING)


def _recent_dose(situation: Situation) -> list[Hit]:
    """Count whole days: a dose of which only the day is known may have been late that day."""
    days = timedelta(days=math.ceil(situation.bounds.of(DRUG_HOURS) / 24))
    recent = tuple(
        fact
        for fact in situation.facts.of(FactKind.CHEMOTHERAPY)
        if situation.today - fact.observed_on <= days
    )
    return [hit(recent, _LIGHT, situation)] if recent else []


C1 = Rule(
    id="C1",
    version=2,
    title="Chemotherapy in the last days",
    topic="drugs",
    levels=(Level.CONFIRM,),
    wording="A hazardous drug was given within 48 hours (a clinic may choose 72).",
    reason="Most drugs leave the body within 48 hours, in sweat too.",
    adaptation=(
        "Gloves for body fluids, sweat-wet linen included; wash hands. Pressure 2 at most, a short "
        "session."
    ),
    source=(
        "Oncology Nursing Society, hazardous drugs; American Cancer Society. 72 hours are custom "
        "among therapists. Pressure and length are from memory, unverified."
    ),
    evidence=Evidence.GUIDELINE,
    reviewed_on=_REVIEWED,
    check=_recent_dose,
    reads=(FactKind.CHEMOTHERAPY,),
    needs=frozenset({FactKind.CHEMOTHERAPY}),
    asks=(FactKind.CHEMOTHERAPY,),
    thresholds=(DRUG_HOURS,),
    lift=Lift(Pressure.RELAXING),
    unverified=True,
)
C2 = Rule(
    id="C2",
    version=1,
    title="Cancer treatment under way",
    topic="drugs",
    levels=(Level.CONFIRM,),
    wording="Any treatment against the cancer is under way.",
    reason="Treatment tires.",
    adaptation="Offer a short session: 20 minutes or less where that is advised.",
    source="Macmillan massage page.",
    evidence=Evidence.TEACHING,
    reviewed_on=_REVIEWED,
    check=present(FactKind.ACTIVE_TREATMENT, FactKind.MYELOSUPPRESSIVE_THERAPY),
    reads=(FactKind.ACTIVE_TREATMENT, FactKind.MYELOSUPPRESSIVE_THERAPY),
    asks=(FactKind.ACTIVE_TREATMENT,),
)
