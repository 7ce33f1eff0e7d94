"""Platelets and bleeding: how firmly, given the count and its age. Counts are per microlitre (µL).

Only two thresholds have a published source: below 10,000 (a trial exclusion) and above 50,000 (one
series of 25 patients). The bands between are custom, told from memory.
"""

from datetime import date, timedelta
from decimal import Decimal

from sessions_app.safety.checks import Limits, present
from sessions_app.safety.facts import Fact
from sessions_app.safety.orders import Lift
from sessions_app.safety.rule import Hit, Rule
from sessions_app.safety.situation import Situation
from sessions_app.safety.thresholds import Threshold
from sessions_app.safety.wording import dated, day, named
from sessions_app.vocabulary.body_sites import ALL_SITES
from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.pressure import Pressure
from sessions_app.vocabulary.severity import Evidence, Level
from sessions_app.vocabulary.techniques import SIMPLE_TOUCH, Technique

_REVIEWED = date(2026, 11, 21)
_PLATELETS = (FactKind.PLATELETS,)
_KNEADING = frozenset({Technique.PETRISSAGE, Technique.TRIGGER_POINT})
_ALL_BUT_STILL = frozenset(Technique) - SIMPLE_TOUCH

VERY_LOW = Threshold(
    "platelets_very_low", "Platelets below which only still hands, by order", "/µL",
    Decimal(10_000), Decimal(10_000), stricter="higher",
)  # fmt: skip
LOW = Threshold(
    "platelets_low", "Platelets below which an order is needed", "/µL",
    Decimal(20_000), Decimal(20_000), stricter="higher",
)  # fmt: skip
LOWERED = Threshold(
    "platelets_lowered", "Platelets up to which pressure 1 holds", "/µL",
    Decimal(50_000), Decimal(50_000), stricter="higher",
)  # fmt: skip
STALE_DAYS = Threshold(
    "platelets_stale_days", "Days after which a platelet count is out of date", "days",
    Decimal(7), Decimal(14), stricter="lower",
)  # fmt: skip


def _stale_after(situation: Situation) -> timedelta:
    return timedelta(days=int(situation.bounds.of(STALE_DAYS)))


def is_stale(count: Fact, situation: Situation) -> bool:
    """Return whether the count is not to be relied on: too old, past its date or dated ahead."""
    today = situation.today
    old = today - count.observed_on > _stale_after(situation)
    return old or count.is_ahead(today) or not count.is_current(today)


def _told(count: Fact, situation: Situation) -> str:
    """Return the count in words; a stale one with its age, and that a new one is to be asked."""
    amount, today = (count.amount or Decimal(0)).normalize(), situation.today
    if count.is_ahead(today) or not is_stale(count, situation):
        return f"{amount:,f}/µL ({dated(count, today)})"
    age = (today - count.observed_on).days
    ago = f"{age} days ago" if age > 1 else "yesterday" if age else "today"
    source = f"; {count.source}" if count.source else ""
    return (
        f"{amount:,f}/µL (counted on {day(count.observed_on)}, {ago}{source}: ask for a new count)"
    )


def _deciding(situation: Situation) -> tuple[Fact, Decimal] | None:
    count = situation.facts.deciding(FactKind.PLATELETS, situation.today)
    amount = count.amount if count else None
    return None if count is None or amount is None else (count, amount)


def _is_doubtful(situation: Situation) -> bool:
    """Say whether treatment may have lowered a count that is missing or stale."""
    decided = _deciding(situation)
    unreliable = decided is None or is_stale(decided[0], situation)
    return unreliable and bool(situation.facts.of(FactKind.MYELOSUPPRESSIVE_THERAPY))


def _band(
    situation: Situation,
    least: Decimal,
    below: Decimal | None,
    ceiling: int | None = None,
    forbidden: frozenset[Technique] = frozenset(),
) -> list[Hit]:
    """Return a hit where the count lies in [least, below). It never loosens as the count ages."""
    decided = _deciding(situation)
    if decided is None or decided[1] < least or (below is not None and decided[1] >= below):
        return []
    count = decided[0]
    sites = frozenset() if ceiling is None else ALL_SITES
    message = f"Platelets {_told(count, situation)}."
    return [Hit(message, (count,), sites, ceiling, forbidden=forbidden)]


def _very_low(situation: Situation) -> list[Hit]:
    below = situation.bounds.of(VERY_LOW)
    return _band(situation, Decimal(0), below, Pressure.RESTING, _ALL_BUT_STILL)


def _low(situation: Situation) -> list[Hit]:
    least, below = situation.bounds.of(VERY_LOW), situation.bounds.of(LOW)
    return _band(situation, least, below, Pressure.SPREADING, _KNEADING)


def _next_above(value: Decimal) -> Decimal:
    """Return the bound of a band that includes its upper end."""
    return value.next_plus()


def _lowered(situation: Situation) -> list[Hit]:
    least = max(situation.bounds.of(VERY_LOW), situation.bounds.of(LOW))
    below = _next_above(situation.bounds.of(LOWERED))
    return _band(situation, least, below, Pressure.SPREADING, _KNEADING)


def _high(situation: Situation) -> list[Hit]:
    """Say that the count sets no limit, but not of a count that is out of date."""
    bounds, decided = situation.bounds, _deciding(situation)
    least = max(bounds.of(LOW), bounds.of(VERY_LOW), _next_above(bounds.of(LOWERED)))
    if decided is None or is_stale(decided[0], situation):
        return []
    return _band(situation, least, None)


def _unknown(situation: Situation) -> list[Hit]:
    """Stay light while treatment may have lowered a count that is missing or stale."""
    if not _is_doubtful(situation):
        return []
    therapies = situation.facts.of(FactKind.MYELOSUPPRESSIVE_THERAPY)
    decided = _deciding(situation)
    last = (
        f"last count {_told(decided[0], situation)}" if decided else "no platelet count is recorded"
    )
    return [
        Hit(
            f"On {named(therapies, situation.today)}; {last}.",
            (*therapies, *([decided[0]] if decided else [])),
            ALL_SITES,
            Pressure.SPREADING,
            forbidden=_KNEADING,
        )
    ]


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
    check=_very_low,
    reads=_PLATELETS,
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
    check=_low,
    reads=_PLATELETS,
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
    check=_lowered,
    reads=_PLATELETS,
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
    check=_high,
    reads=_PLATELETS,
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
    check=_unknown,
    reads=(FactKind.PLATELETS, FactKind.MYELOSUPPRESSIVE_THERAPY),
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
