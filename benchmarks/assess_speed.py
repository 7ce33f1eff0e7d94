"""How long one assessment takes over a patient with 50 facts. Run it from the repository's root:

    python -m benchmarks.assess_speed

Prints the median and the 95th percentile of one call in milliseconds; the aim is a median of at
most 1 ms. Standard library only.
"""

from datetime import date, timedelta
from decimal import Decimal
from statistics import median, quantiles
from time import perf_counter_ns

from sessions_app.safety.assess import assess
from sessions_app.safety.facts import Fact, PatientFacts
from sessions_app.safety.situation import PlannedSession
from sessions_app.vocabulary.body_sites import BodySite
from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.techniques import Technique

TODAY = date(2026, 11, 21)
RUNS = 2_000


def facts() -> tuple[Fact, ...]:
    """Return 50 facts over all kinds, one to three sites each where the kind has a place."""
    sites, kinds = list(BodySite), list(FactKind)
    made = []
    for n in range(50):
        kind = kinds[n % len(kinds)]
        places = frozenset(sites[(n * 7 + k) % len(sites)] for k in range(n % 3 + 1))
        value = Decimal(20_000 + 1_000 * n) if kind is FactKind.PLATELETS else None
        seen = TODAY - timedelta(days=n)
        made.append(
            Fact(
                kind,
                places if kind.needs_sites else frozenset(),
                value,
                "per_ul" if value is not None else "",
                seen,
                seen + timedelta(days=kind.default_validity_days or 9_999),
                "CT report",
                f"fact-{n}",
            )
        )
    return tuple(made)


def main() -> None:
    """Time the whole call, from the bare facts to the verdict's digest."""
    known = facts()
    plan = PlannedSession(frozenset(Technique), dict.fromkeys(BodySite, 3), 30)
    spent = []
    for _ in range(RUNS):
        began = perf_counter_ns()
        assess(PatientFacts(known), plan, TODAY)
        spent.append((perf_counter_ns() - began) / 1e6)
    print(f"assess over {len(known)} facts, {len(plan.pressures)} sites, {RUNS} runs")
    print(f"median {median(spent):.3f} ms, 95th percentile {quantiles(spent, n=20)[-1]:.3f} ms")


if __name__ == "__main__":
    main()
