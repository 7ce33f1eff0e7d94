"""Radiotherapy: the field, front and back; implants; late fibrosis."""

from datetime import date, timedelta
from decimal import Decimal

from sessions_app.safety.checks import Limits, hit, present
from sessions_app.safety.handling import Handling
from sessions_app.safety.orders import Lift
from sessions_app.safety.rule import Hit, Rule
from sessions_app.safety.situation import Situation
from sessions_app.safety.thresholds import Threshold
from sessions_app.vocabulary.body_regions import front_and_back
from sessions_app.vocabulary.body_sites import ALL_SITES
from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.pressure import NO_CONTACT, Pressure
from sessions_app.vocabulary.severity import Evidence, Level
from sessions_app.vocabulary.techniques import Technique

_REVIEWED = date(2026, 11, 21)

FIELD_WEEKS = Threshold(
    "field_weeks", "Weeks after the last radiotherapy in which the field is avoided", "weeks",
    Decimal(6), Decimal(3), stricter="higher",
)  # fmt: skip


_BOTH_SIDES = Limits(
    ceiling=NO_CONTACT,
    unplaced=Pressure.SPREADING,
    widen=front_and_back,
    handle=lambda sites: Handling(no_heat=sites or ALL_SITES, no_product=sites or ALL_SITES),
)


def _field(situation: Situation) -> list[Hit]:
    """Avoid the field on both sides of the body, during treatment and some weeks after."""
    weeks = timedelta(weeks=float(situation.bounds.of(FIELD_WEEKS)))
    recent = tuple(
        fact
        for fact in situation.facts.of(FactKind.RADIOTHERAPY)
        if situation.today - fact.observed_on <= weeks
    )
    return [hit(recent, _BOTH_SIDES, situation)] if recent else []


R1 = Rule(
    id="R1",
    version=2,
    title="Radiotherapy field",
    topic="radiation",
    levels=(Level.CONFIRM,),
    wording="External radiotherapy is under way or ended within six weeks.",
    reason="The skin in the field is inflamed. The patient is not radioactive.",
    adaptation=(
        "Keep off the field, front and back; no oil, lotion or heat on it. Where the field is not "
        "recorded, ask for it; until then pressure 1 and dry hands."
    ),
    source=(
        "Macmillan massage page («a few weeks»); Elite Learning. Six weeks are our design; oil, "
        "lotion and heat from memory, unverified."
    ),
    evidence=Evidence.TEACHING,
    reviewed_on=_REVIEWED,
    check=_field,
    reads=(FactKind.RADIOTHERAPY,),
    needs=frozenset({FactKind.RADIOTHERAPY}),
    asks=(FactKind.RADIOTHERAPY,),
    thresholds=(FIELD_WEEKS,),
    lift=Lift(Pressure.SPREADING),
    unverified=True,
)
R2 = Rule(
    id="R2",
    version=1,
    title="Radioactive implant or drug",
    topic="radiation",
    levels=(Level.STOP,),
    wording="Brachytherapy or a radionuclide is still active.",
    reason="It exposes whoever is near.",
    adaptation="No session until the radiation staff have stated time and distance.",
    source="Elite Learning, chemotherapy, radiation and massage therapy.",
    evidence=Evidence.TEACHING,
    reviewed_on=_REVIEWED,
    check=present(FactKind.RADIONUCLIDE),
    reads=(FactKind.RADIONUCLIDE,),
    asks=(FactKind.RADIONUCLIDE,),
    lift=Lift(NO_CONTACT),
)
R3 = Rule(
    id="R3",
    version=1,
    title="Hardened skin after radiation",
    topic="radiation",
    levels=(Level.CONFIRM,),
    wording="Late fibrosis in a former field is recorded.",
    reason="Hardened tissue tears and bruises more easily.",
    adaptation="Pressure 2 at most there.",
    source="Elite Learning, chemotherapy, radiation and massage therapy.",
    evidence=Evidence.TEACHING,
    reviewed_on=_REVIEWED,
    check=present(
        FactKind.RADIATION_FIBROSIS,
        limits=Limits(
            ceiling=Pressure.CREAMING,
            unplaced=Pressure.CREAMING,
            forbidden=frozenset({Technique.TRIGGER_POINT}),
        ),
        lifelong=True,
    ),
    reads=(FactKind.RADIATION_FIBROSIS,),
    asks=(FactKind.RADIATION_FIBROSIS,),
    lift=Lift(Pressure.RELAXING),
)
