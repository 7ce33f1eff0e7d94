"""Facts and sessions for the tests of the safety rules, and the strategies that draw them."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from sessions_app.safety.catalogue import rule
from sessions_app.safety.facts import Fact, PatientFacts
from sessions_app.safety.findings import Finding
from sessions_app.safety.situation import Situation
from sessions_app.vocabulary.body_sites import ALL_SITES, BodySite
from sessions_app.vocabulary.conditions import FactKind

TODAY = date(2026, 11, 21)


def ago(days: int) -> date:
    """The day so many days before today; a negative number lies ahead."""
    return TODAY - timedelta(days=days)


def fact(
    kind: FactKind,
    *sites: BodySite,
    value: int | str | None = None,
    unit: str = "",
    days: int = 1,
    until: date | None = None,
    source: str = "chart",
) -> Fact:
    """A fact observed ``days`` before today."""
    amount = None if value is None else Decimal(value)
    return Fact(kind, frozenset(sites), amount, unit, ago(days), until, source)


def platelets(value: int | str | None, *, days: int = 1, until: date | None = None) -> Fact:
    """A count per microlitre."""
    return fact(FactKind.PLATELETS, value=value, unit="per_ul", days=days, until=until)


def facts(*each: Fact) -> PatientFacts:
    """The patient's facts."""
    return PatientFacts(each)


def found(rule_id: str, *each: Fact) -> list[Finding]:
    """What one rule finds today, whatever the session."""
    return rule(rule_id).speak(Situation(facts(*each), TODAY))


def only(findings: Iterable[Finding]) -> Finding:
    """The one finding that there must be."""
    (finding,) = findings
    return finding


MEASURED = {kind for kind in FactKind if kind.unit_choices and kind.value_required}
ANSWERS = {FactKind.CONSENT, FactKind.SENSITIVE_CONSENT}
HAZARDS = sorted(set(FactKind) - MEASURED - ANSWERS)

_days = st.integers(min_value=-10, max_value=400)
_until = st.none() | _days.map(ago)
_sites = st.frozensets(st.sampled_from(sorted(ALL_SITES)), max_size=4)
_sources = st.sampled_from(["chart", "CT report", ""])
_counts = st.sampled_from([0, 9_999, 10_000, 19_999, 20_000, 50_000, 50_001, 250_000])


def _facts_of(
    kinds: Iterable[FactKind], values: st.SearchStrategy[Decimal | None], unit: str
) -> st.SearchStrategy[Fact]:
    """Facts of these kinds with any date, validity and sites."""
    kind = st.sampled_from(sorted(kinds))
    return st.builds(
        Fact, kind, _sites, values, st.just(unit), _days.map(ago), _until, _sources, st.just("")
    )


hazard_facts = _facts_of(HAZARDS, st.none(), "")
count_facts = _facts_of({FactKind.PLATELETS}, st.none() | _counts.map(Decimal), "per_ul")
consent_facts = _facts_of(ANSWERS, st.sampled_from([None, Decimal(0), Decimal(1)]), "")
any_facts = st.lists(hazard_facts | count_facts | consent_facts, max_size=8)
