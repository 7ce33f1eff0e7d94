"""Platelets: how firmly, given the count and its age. All counts are per microlitre (µL).

Only two thresholds have a published source: below 10,000 (a trial exclusion) and above 50,000 (one
series of 25 patients). The bands between are custom, told from memory.
"""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from decimal import Decimal

from sessions_app.safety.facts import Fact, PatientFacts
from sessions_app.safety.findings import Finding
from sessions_app.safety.rule import Check, Rule
from sessions_app.safety.wording import dated, day, named
from sessions_app.vocabulary.body_sites import ALL_SITES
from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.pressure import Pressure
from sessions_app.vocabulary.severity import Evidence, Level
from sessions_app.vocabulary.techniques import SIMPLE_TOUCH, Technique

_REVIEWED = date(2026, 11, 21)
STALE_AFTER = timedelta(days=7)
"""A count older than this is stale (our design)."""

_KNEADING = frozenset({Technique.PETRISSAGE, Technique.TRIGGER_POINT})
_ALL_BUT_STILL = frozenset(Technique) - SIMPLE_TOUCH


def is_stale(count: Fact, today: date) -> bool:
    """Return whether the count is not to be relied on: too old, past its date or dated ahead."""
    old = today - count.observed_on > STALE_AFTER
    return old or count.is_ahead(today) or not count.is_current(today)


def _told(count: Fact, today: date) -> str:
    """Return the count in words; a stale one still counts and is to be asked again."""
    amount = (count.per_microlitre or Decimal(0)).normalize()
    if count.is_ahead(today) or not is_stale(count, today):
        return f"{amount:,f}/µL ({dated(count, today)})"
    age = (today - count.observed_on).days
    ago = f"{age} days ago" if age > 1 else "yesterday" if age else "today"
    source = f"; {count.source}" if count.source else ""
    return (
        f"{amount:,f}/µL (counted on {day(count.observed_on)}, {ago}{source}: ask for a new count)"
    )


def _band(
    rule: Callable[[], Rule],
    holds: Callable[[Decimal], bool],
    ceiling: int | None = None,
    forbidden: frozenset[Technique] = frozenset(),
) -> Check:
    """Return the check of one band of counts. It never loosens as the count ages."""

    def check(facts: PatientFacts, today: date) -> Iterable[Finding]:
        count = facts.deciding(FactKind.PLATELETS, today)
        if count and count.per_microlitre is not None and holds(count.per_microlitre):
            sites = frozenset() if ceiling is None else ALL_SITES
            message = f"Platelets {_told(count, today)}."
            yield rule().finding(
                message, (count,), sites=sites, ceiling=ceiling, forbidden=forbidden
            )

    return check


def _is_doubtful(facts: PatientFacts, today: date) -> bool:
    """Say whether treatment may have lowered a count that is missing or stale."""
    count = facts.deciding(FactKind.PLATELETS, today)
    unreliable = count is None or is_stale(count, today)
    return unreliable and bool(facts.of(FactKind.MYELOSUPPRESSIVE_THERAPY))


def _high(facts: PatientFacts, today: date) -> Iterable[Finding]:
    """Say that the count sets no limit, but not of a count that another rule doubts."""
    return () if _is_doubtful(facts, today) else _above_50_000(facts, today)


def _unknown(facts: PatientFacts, today: date) -> Iterable[Finding]:
    """Stay light while treatment may have lowered a count that is missing or stale."""
    if _is_doubtful(facts, today):
        therapies = facts.of(FactKind.MYELOSUPPRESSIVE_THERAPY)
        count = facts.deciding(FactKind.PLATELETS, today)
        last = f"last count {_told(count, today)}" if count else "no platelet count is recorded"
        yield H5.finding(
            f"On {named(therapies, today)}; {last}.",
            (*therapies, *([count] if count else [])),
            sites=ALL_SITES,
            ceiling=Pressure.SPREADING,
            forbidden=_KNEADING,
        )


H1: Rule = Rule(
    id="H1",
    version=1,
    title="Platelets below 10,000/µL",
    topic="blood",
    levels=(Level.STOP,),
    wording="The deciding platelet count is below 10,000/µL.",
    reason="Bleeding may start from very little; the REST trial left such patients out.",
    adaptation="Ask the team. With their order, still hands only.",
    source="Kutner 2008 exclusion (registry NCT00065195). Still hands only is our design.",
    evidence=Evidence.TRIAL,
    reviewed_on=_REVIEWED,
    check=_band(lambda: H1, lambda n: n < 10_000, Pressure.RESTING, _ALL_BUT_STILL),
)
H2: Rule = Rule(
    id="H2",
    version=1,
    title="Platelets 10,000 to below 20,000/µL",
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
    check=_band(lambda: H2, lambda n: 10_000 <= n < 20_000, Pressure.SPREADING, _KNEADING),
)
H3: Rule = Rule(
    id="H3",
    version=1,
    title="Platelets 20,000 to 50,000/µL",
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
    check=_band(lambda: H3, lambda n: 20_000 <= n <= 50_000, Pressure.SPREADING, _KNEADING),
)
H4: Rule = Rule(
    id="H4",
    version=2,
    title="Platelets above 50,000/µL",
    topic="blood",
    levels=(Level.INFORM,),
    wording="The deciding platelet count is above 50,000/µL and is not out of date.",
    reason="At this count platelets alone set no limit here; the other reminders hold.",
    adaptation="Nothing for platelets. Keep the other limits.",
    source="Ng 2018, a series of 25 patients.",
    evidence=Evidence.TEACHING,
    reviewed_on=_REVIEWED,
    check=_high,
)
_above_50_000 = _band(lambda: H4, lambda n: n > 50_000)
H5: Rule = Rule(
    id="H5",
    version=1,
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
)
