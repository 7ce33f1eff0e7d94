"""How long limits and a whole assessment take over 50 facts. Run it from the repository's root:

    python -m benchmarks.assess_speed

Prints the median and the 95th percentile of one call in milliseconds, over a full chart (facts of
12 kinds, several of each) and over the worst that can be (a fact of every kind, so that nearly
every rule speaks). The aims are medians of at most 0.5 ms for the limits and 1 ms for the whole.
Standard library only.
"""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from statistics import median, quantiles
from time import perf_counter_ns

from sessions_app.safety.assess import assess, limits
from sessions_app.safety.facts import Fact, PatientFacts
from sessions_app.safety.situation import PlannedSession
from sessions_app.vocabulary.body_sites import BodySite
from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.techniques import Technique

TODAY = date(2026, 11, 21)
RUNS = 2_000


FULL_CHART = (
    FactKind.BONE_METASTASIS, FactKind.PLATELETS, FactKind.WOUND, FactKind.DEVICE,
    FactKind.LYMPHOEDEMA, FactKind.RADIOTHERAPY, FactKind.NEUROPATHY, FactKind.FRAGILE_SKIN,
    FactKind.RECENT_CLOT, FactKind.CHEMOTHERAPY, FactKind.TUMOUR, FactKind.CONSENT,
)  # fmt: skip


def facts(kinds: tuple[FactKind, ...]) -> tuple[Fact, ...]:
    """Return 50 facts over these kinds, one to three sites each where the kind has a place."""
    sites = list(BodySite)
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


def timed(call: Callable[[], object]) -> str:
    """Return the median and the 95th percentile of a call, in words."""
    spent = []
    for _ in range(RUNS):
        began = perf_counter_ns()
        call()
        spent.append((perf_counter_ns() - began) / 1e6)
    return f"median {median(spent):.3f} ms, 95th percentile {quantiles(spent, n=20)[-1]:.3f} ms"


def main() -> None:
    """Time both, from the bare facts on."""
    plan = PlannedSession(frozenset(Technique), dict.fromkeys(BodySite, 3), 30)
    for name, kinds in (("12 kinds", FULL_CHART), ("every kind", tuple(FactKind))):
        known = facts(kinds)
        whole = timed(lambda known=known: assess(PatientFacts(known), plan, TODAY))
        bounds = timed(lambda known=known: limits(PatientFacts(known), TODAY))
        print(f"{len(known)} facts of {name}, {len(plan.pressures)} sites, {RUNS} runs")
        print(f"  limits  {bounds}\n  assess  {whole}")


if __name__ == "__main__":
    main()
