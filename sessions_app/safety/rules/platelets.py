"""What a platelet count says, given its age: the bands, and when it is not to be relied on."""

from datetime import timedelta
from decimal import Decimal

from sessions_app.safety.facts import Fact
from sessions_app.safety.rule import Hit
from sessions_app.safety.situation import Situation
from sessions_app.safety.thresholds import Threshold
from sessions_app.safety.wording import dated, day, named
from sessions_app.vocabulary.body_sites import ALL_SITES
from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.pressure import Pressure
from sessions_app.vocabulary.techniques import SIMPLE_TOUCH, Technique

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


def very_low(situation: Situation) -> list[Hit]:
    """Leave only still hands."""
    below = situation.bounds.of(VERY_LOW)
    return _band(situation, Decimal(0), below, Pressure.RESTING, _ALL_BUT_STILL)


def low(situation: Situation) -> list[Hit]:
    """Stay at pressure 1, by order."""
    least, below = situation.bounds.of(VERY_LOW), situation.bounds.of(LOW)
    return _band(situation, least, below, Pressure.SPREADING, _KNEADING)


def _next_above(value: Decimal) -> Decimal:
    """Return the bound of a band that includes its upper end."""
    return value.next_plus()


def lowered(situation: Situation) -> list[Hit]:
    """Stay at pressure 1, up to the bound and at it."""
    least = max(situation.bounds.of(VERY_LOW), situation.bounds.of(LOW))
    below = _next_above(situation.bounds.of(LOWERED))
    return _band(situation, least, below, Pressure.SPREADING, _KNEADING)


def high(situation: Situation) -> list[Hit]:
    """Say that the count sets no limit, but not of a count that is out of date."""
    bounds, decided = situation.bounds, _deciding(situation)
    least = max(bounds.of(LOW), bounds.of(VERY_LOW), _next_above(bounds.of(LOWERED)))
    if decided is None or is_stale(decided[0], situation):
        return []
    return _band(situation, least, None)


def unknown(situation: Situation) -> list[Hit]:
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
