"""The usual pressure ceiling, which holds before any other rule speaks."""

from datetime import date

from sessions_app.safety.facts import Fact
from sessions_app.safety.orders import Lift
from sessions_app.safety.rule import Hit, Rule
from sessions_app.safety.situation import Situation
from sessions_app.safety.wording import Sentence, named
from sessions_app.vocabulary.body_sites import ALL_SITES
from sessions_app.vocabulary.conditions import FactKind
from sessions_app.vocabulary.pressure import Pressure
from sessions_app.vocabulary.severity import Evidence, Level

_LOWERED_BY = (
    FactKind.BONE_METASTASIS,
    FactKind.OTHER_METASTASIS,
    FactKind.ACTIVE_TREATMENT,
    FactKind.MYELOSUPPRESSIVE_THERAPY,
    FactKind.CHEMOTHERAPY,
)
_LOWERED, _USUAL = Pressure.CREAMING, Pressure.RELAXING


def _ceiling(situation: Situation) -> list[Hit]:
    """Pressure 2 with metastases or treatment, else 3; never more by itself."""
    behind = situation.facts.of(*_LOWERED_BY)
    ceiling = _LOWERED if behind else _USUAL
    return [Hit(Sentence(_why, behind, situation.today), behind, ALL_SITES, ceiling)]


def _why(behind: tuple[Fact, ...], today: date, _lifelong: bool) -> str:
    if not behind:
        return f"Pressure {_USUAL} at most: no metastasis or current treatment is recorded."
    return f"Pressure {_LOWERED} at most: {named(behind, today)}."


PC = Rule(
    id="PC",
    version=2,
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
    reads=_LOWERED_BY,
    asks=(FactKind.OTHER_METASTASIS,),
    lift=Lift(Pressure.RELAXING),
)
