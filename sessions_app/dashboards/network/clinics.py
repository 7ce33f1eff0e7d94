"""Do clinics differ by more than chance? A funnel with the case mix beside it, no ranking."""

from collections.abc import Iterator, Mapping

from sessions_app.charts.chart import Cell
from sessions_app.charts.figures import NOTHING, decimal
from sessions_app.charts.funnel import Funnel, Unit
from sessions_app.charts.funnel_limits import Limits
from sessions_app.dashboards.network.figures import SCALES, NetworkFigures
from sessions_app.dashboards.network.withholding import Withheld
from sessions_app.dashboards.panel import Beside, Panel, Table
from sessions_app.outcomes import answers
from sessions_app.outcomes.enough import MINIMUM_PATIENTS
from sessions_app.outcomes.funnel import Funnel as Found
from sessions_app.outcomes.funnel import UnitSums, funnel
from sessions_app.outcomes.spoken import as_sentence, counted
from sessions_app.vocabulary.scales import Scale

QUESTION = "Do clinics differ by more than chance?"
CASE_MIX = (
    "Who comes to which clinic is not chance: the mean score before sessions stands beside each "
    "name. Each patient counts once in an arm, with the mean of their changes; a patient of two "
    "arms counts in both. Clinics stand by name."
)
Funnels = Mapping[Scale, Found]


def panel(found: NetworkFigures, kept: Withheld) -> Panel:
    """Return the panel: a funnel of pain and one of mood, over the clinics that may be shown."""
    names = {str(one.pk): one.name for one in found.scope.clinics}
    shown = {scale: funnel(_units(scale, found, kept), "clinics") for scale in SCALES}
    out = {scale: _left_out(scale, found, kept) for scale in SCALES}
    charts = tuple(_chart(scale, shown[scale], names, out[scale]) for scale in SCALES)
    return Panel(
        code="clinics",
        question=QUESTION,
        answer=answers.outside(shown, "clinic"),
        parts=(Beside(charts), *_case_mix(shown, names)),
        notes=(CASE_MIX,),
    )


def _units(scale: Scale, found: NetworkFigures, kept: Withheld) -> dict[str, UnitSums]:
    """The clinics that may be shown, by name."""
    return {
        str(one.pk): found.units[one.pk, scale]
        for one in sorted(found.scope.clinics, key=lambda one: (one.name.casefold(), one.slug))
        if kept.told("in funnel", one.pk, scale)
    }


def _left_out(scale: Scale, found: NetworkFigures, kept: Withheld) -> int:
    return sum(kept.told("in funnel", one.pk, scale) is None for one in found.scope.clinics)


def _chart(scale: Scale, shown: Found, names: Mapping[str, str], out: int) -> Funnel:
    patients = sum(one.patients for one in shown.units)
    behind = f"n = {counted(patients, 'patient')} of {counted(len(shown.units), 'clinic')}."
    return Funnel(
        title=f"Change in {scale.label.lower()} by clinic, against the number of patients",
        measure=f"{scale.label}, mean change in points; improvement is up",
        case_mix=f"Mean {scale.label.lower()} before",
        counted=" ".join(one for one in (behind, answers.left_out(out)) if one),
        hidden_because=as_sentence(shown.hidden_because),
        unit="clinic",
        limits=Limits(shown.centre or 0.0, shown.sigma or 0.0),
        units=tuple(
            Unit(names[one.key], one.patients, one.mean, one.mean_before) for one in shown.units
        ),
    )


def _case_mix(shown: Funnels, names: Mapping[str, str]) -> Iterator[Table]:
    """Return what the patients of each clinic were like before, by name."""
    units = {scale: {one.key: one for one in shown[scale].units} for scale in SCALES}
    keys = {key for of in units.values() for key in of}
    if not keys:
        return
    yield Table(
        title="Whom they saw: mean scores before sessions",
        head=("Clinic", *(f"Mean {scale.label.lower()} before" for scale in SCALES)),
        counted=f"Each patient counts once in an arm; from {MINIMUM_PATIENTS} patients on.",
        rows=tuple(
            (
                Cell(names[key]),
                *(
                    Cell(decimal(of[key].mean_before) if key in of else NOTHING)
                    for of in units.values()
                ),
            )
            for key in sorted(keys, key=lambda key: (names[key].casefold(), key))
        ),
    )
