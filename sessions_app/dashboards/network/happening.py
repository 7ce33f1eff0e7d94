"""Are planned sessions happening, week by week?"""

from collections.abc import Iterator
from datetime import date

from sessions_app.charts.chart import Cell
from sessions_app.charts.stacked_weeks import BarWeek, StackedWeeks
from sessions_app.dashboards.network.figures import MOST_WEEKS, NetworkFigures
from sessions_app.dashboards.network.scope import Period
from sessions_app.dashboards.network.withholding import HIDDEN, Withheld
from sessions_app.dashboards.panel import Panel, Table
from sessions_app.dashboards.panels.happening import PLANNED, WITHOUT_A_SESSION
from sessions_app.outcomes import answers
from sessions_app.vocabulary.reasons import NotGivenReason

QUESTION = "Are planned sessions happening, week by week?"
LAST_WEEKS = f"Counted are at most the last {MOST_WEEKS} weeks."
TOO_FEW = "There are too few sessions in this time for their number to leave the clinics."
SIDES = ("planned", "given", "not given")


def panel(found: NetworkFigures, kept: Withheld) -> Panel:
    """Return the panel: given and not given in each week, and why not."""
    if kept.told("weeks", "planned") == 0:
        return Panel("happening", QUESTION, answers.happening(0, 0, {}))
    withheld = answers.withheld(*kept.how_many("week", "weeks", "why"))
    shorter = (LAST_WEEKS,) if found.scope.period is Period.ALL_TIME else ()
    answer = _answer(kept)
    return Panel(
        code="happening",
        question=QUESTION,
        answer=answer,
        parts=(_chart(found, kept, answer), *_why(found, kept)),
        notes=(*((withheld,) if withheld else ()), *shorter, PLANNED, WITHOUT_A_SESSION),
    )


def _answer(kept: Withheld) -> str:
    planned, given = (kept.told("weeks", side) for side in ("planned", "given"))
    if planned is None or given is None:
        return TOO_FEW
    reasons = {one: kept.told("why", one) for one in NotGivenReason}
    known = {one: number for one, number in reasons.items() if number}
    whole = known if None not in reasons.values() else {}
    return answers.happening(planned, given, whole)


def _chart(found: NetworkFigures, kept: Withheld, answer: str) -> StackedWeeks:
    planned = kept.words("weeks", "planned")
    return StackedWeeks(
        title="What became of the planned sessions, by week",
        summary=answer,
        series=("Given", "Not given"),
        counted=f"n = {planned} planned sessions in {len(found.scope.clinics)} clinics.",
        weeks=tuple(_week(week, kept) for week in found.planned.given),
    )


def _week(week: date, kept: Withheld) -> BarWeek:
    """Return a week; one of which given and not given may not be told has its planned alone."""
    planned, given, lacking = (kept.told("week", week, side) for side in SIDES)
    if given is None or lacking is None:
        return BarWeek(week, planned=planned, why_not=HIDDEN)
    return BarWeek(week, (given, lacking), planned)


def _why(found: NetworkFigures, kept: Withheld) -> Iterator[Table]:
    reasons = [one for one in NotGivenReason if one in found.planned.reasons]
    if reasons:
        yield Table(
            title="Why planned sessions were not given",
            head=("Reason", "Sessions"),
            rows=(
                *((Cell(one.label), Cell(kept.words("why", one))) for one in reasons),
                (Cell("All not given"), Cell(kept.words("weeks", "not given"))),
            ),
        )
