"""Fever, neutrophils, infection."""

from datetime import date, timedelta
from decimal import Decimal

from sessions_app.safety.checks import capital, present
from sessions_app.safety.facts import Fact
from sessions_app.safety.orders import Lift
from sessions_app.safety.rule import Hit, Rule
from sessions_app.safety.situation import Situation
from sessions_app.safety.thresholds import Threshold
from sessions_app.safety.wording import Sentence, measured, named
from sessions_app.vocabulary.body_sites import ALL_SITES
from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.pressure import NO_CONTACT
from sessions_app.vocabulary.severity import Evidence, Level

_REVIEWED = date(2026, 11, 21)
_TREATMENTS = (
    FactKind.CHEMOTHERAPY,
    FactKind.ACTIVE_TREATMENT,
    FactKind.MYELOSUPPRESSIVE_THERAPY,
    FactKind.RADIONUCLIDE,
)
_SIGNS = (FactKind.TEMPERATURE, FactKind.FEVERISH)
_AFTER_RADIOTHERAPY = timedelta(weeks=6)

FEVER = Threshold(
    "fever", "Temperature from which it is an emergency on treatment", "°C",
    Decimal("37.5"), Decimal("38.0"), stricter="lower",
)  # fmt: skip
COLD = Threshold(
    "cold", "Temperature below which it is an emergency on treatment", "°C",
    Decimal("36.0"), Decimal("36.0"), stricter="higher",
)  # fmt: skip
NEUTROPHILS_STOP = Threshold(
    "neutrophils_stop", "Neutrophils below which an order is needed", "/µL",
    Decimal(500), Decimal(500), stricter="higher",
)  # fmt: skip
NEUTROPHILS_CONFIRM = Threshold(
    "neutrophils_confirm", "Neutrophils up to which the unit's precautions hold", "/µL",
    Decimal(1000), Decimal(1000), stricter="higher",
)  # fmt: skip


def _signs(situation: Situation) -> tuple[Fact, ...]:
    """Return fever, cold or shivering: of the last day measured, and of any day still to come."""
    fever, cold = situation.bounds.of(FEVER), situation.bounds.of(COLD)
    told = [f for f in situation.facts.of(FactKind.TEMPERATURE) if f.amount is not None]
    past = [f.observed_on for f in told if not f.is_ahead(situation.today)]
    last = max(past, default=situation.today)
    out = (
        fact
        for fact in told
        if fact.observed_on >= last and not cold <= (fact.amount or fever) < fever
    )
    return (*out, *situation.facts.of(FactKind.FEVERISH))


def _treated(situation: Situation) -> tuple[Fact, ...]:
    """Return the treatments; radiotherapy, which stays on record for life, for six weeks."""
    recent = (
        fact
        for fact in situation.facts.of(FactKind.RADIOTHERAPY)
        if situation.today - fact.observed_on <= _AFTER_RADIOTHERAPY
    )
    return (*situation.facts.of(*_TREATMENTS), *recent)


def _fever(situation: Situation) -> list[Hit]:
    """Call on treatment; without it, or where the sign is of an earlier day, stop and ask anew."""
    signs, today = _signs(situation), situation.today
    if not signs:
        return []
    treated = _treated(situation)
    now = any(fact.observed_on >= today for fact in signs)
    level = Level.EMERGENCY if treated and now else Level.STOP
    behind = (*signs, *treated)
    return [Hit(Sentence(_signs_told, behind, today), behind, ALL_SITES, NO_CONTACT, level=level)]


def _signs_told(behind: tuple[Fact, ...], today: date, _lifelong: bool) -> str:
    said = ", ".join(_sign(fact, today) for fact in behind if fact.kind in _SIGNS)
    treated = [fact for fact in behind if fact.kind not in _SIGNS]
    on = f"; on {named(treated, today)}" if treated else "; no treatment is recorded"
    return f"{capital(said)}{on}."


def _sign(fact: Fact, today: date) -> str:
    if fact.amount is None:
        return named([fact], today)
    words = measured(fact, today, ask_again=not fact.is_current(today))
    return f"{fact.kind.label.lower()} {words}"


def _neutrophils(situation: Situation) -> list[Hit]:
    """Stop below the lower bound, ask for the unit's precautions up to the upper one."""
    count = situation.facts.deciding(FactKind.NEUTROPHILS, situation.today)
    amount = count.amount if count else None
    if count is None or amount is None:
        return []
    bounds = situation.bounds
    stops = amount < bounds.of(NEUTROPHILS_STOP)
    if not stops and amount > bounds.of(NEUTROPHILS_CONFIRM):
        return []
    level = Level.STOP if stops else Level.CONFIRM
    old = not count.is_current(situation.today)
    told = measured(count, situation.today, ask_again=old)
    return [Hit(f"Neutrophils {told}.", (count,), level=level)]


F1 = Rule(
    id="F1",
    version=2,
    title="Fever or shivering",
    topic="infection",
    levels=(Level.EMERGENCY, Level.STOP),
    wording=(
        "Today 37.5 °C or more, below 36 °C, or shivering: on treatment, or within six weeks of "
        "radiotherapy, an emergency (clinics in the United States may set 38.0 °C); without "
        "treatment, or of an earlier day, a stop."
    ),
    reason="On treatment it may be neutropenic sepsis, which kills within hours.",
    adaptation="No session. Call the oncology hotline at once.",
    source=(
        "The Christie, infection and fever; East and North Hertfordshire; Roswell Park (38.0 °C). "
        "The stop without treatment or of an earlier day is our design."
    ),
    evidence=Evidence.GUIDELINE,
    reviewed_on=_REVIEWED,
    check=_fever,
    reads=(*_SIGNS, *_TREATMENTS, FactKind.RADIOTHERAPY),
    needs=frozenset(_SIGNS),
    asks=(FactKind.FEVERISH,),
    thresholds=(FEVER, COLD),
)
F2 = Rule(
    id="F2",
    version=2,
    title="Few neutrophils",
    topic="infection",
    levels=(Level.STOP, Level.CONFIRM),
    wording="Neutrophils below 0.5 ×10⁹/L: stop; 0.5 to 1.0: confirm.",
    reason="An infection that a visitor would not notice may kill.",
    adaptation=(
        "The unit's neutropenic precautions; a therapist without any infection; linen of the "
        "patient's own."
    ),
    source="Maltser 2017, rehabilitation table.",
    evidence=Evidence.TEACHING,
    reviewed_on=_REVIEWED,
    check=_neutrophils,
    reads=(FactKind.NEUTROPHILS,),
    needs=frozenset({FactKind.NEUTROPHILS}),
    thresholds=(NEUTROPHILS_STOP, NEUTROPHILS_CONFIRM),
    lift=Lift(NO_CONTACT),
)
F3 = Rule(
    id="F3",
    version=1,
    title="Infection or isolation",
    topic="infection",
    levels=(Level.STOP,),
    wording="Cellulitis, shingles, a contagious illness, or isolation.",
    reason="Touch may carry it further, in the patient or to others.",
    adaptation="As the unit's rules say; no session without them.",
    source="Exploration, table of precautions in oncology massage.",
    evidence=Evidence.TEACHING,
    reviewed_on=_REVIEWED,
    check=present(FactKind.INFECTION),
    reads=(FactKind.INFECTION,),
    asks=(FactKind.INFECTION,),
    lift=Lift(NO_CONTACT),
)
