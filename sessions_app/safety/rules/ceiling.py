"""The usual pressure ceiling, which holds before any other rule speaks."""

from collections.abc import Iterable
from datetime import date

from sessions_app.safety.facts import PatientFacts
from sessions_app.safety.findings import Finding
from sessions_app.safety.rule import Rule
from sessions_app.safety.wording import named
from sessions_app.vocabulary.body_sites import ALL_SITES
from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.pressure import Pressure
from sessions_app.vocabulary.severity import Evidence, Level

_LOWERED_BY = (
    FactKind.BONE_METASTASIS,
    FactKind.OTHER_METASTASIS,
    FactKind.MYELOSUPPRESSIVE_THERAPY,
)


def _ceiling(facts: PatientFacts, today: date) -> Iterable[Finding]:
    """Pressure 2 with metastases or treatment, else 3; never more by itself."""
    behind = facts.of(*_LOWERED_BY)
    ceiling = Pressure.CREAMING if behind else Pressure.RELAXING
    why = named(behind, today) if behind else "no metastasis or current treatment is recorded"
    yield PC.finding(
        f"Pressure {ceiling.value} at most: {why}.", behind, sites=ALL_SITES, ceiling=ceiling
    )


PC = Rule(
    id="PC",
    version=1,
    title="Usual pressure ceiling",
    topic="pressure",
    levels=(Level.INFORM,),
    wording="Always: pressure 2 with metastases or active treatment, otherwise 3.",
    reason="People with cancer bruise and tire easily; firm work needs a reason and an order.",
    adaptation="Stay at or below this pressure everywhere. Levels 4 and 5 never by default.",
    source="Our design, on Tracy Walton's published pressure scale.",
    evidence=Evidence.DESIGN,
    reviewed_on=date(2026, 11, 21),
    check=_ceiling,
)
