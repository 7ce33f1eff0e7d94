"""How complete are the data, clinic by clinic?"""

from collections.abc import Hashable, Iterable

from sessions_app.charts.chart import Cell, Row
from sessions_app.charts.figures import NOTHING
from sessions_app.dashboards.network.figures import SCALES, NetworkFigures
from sessions_app.dashboards.network.withholding import CLINICS, HIDDEN, Withheld, whole
from sessions_app.dashboards.panel import Panel, Table
from sessions_app.dashboards.panels.complete import MUCH, NEVER_NOUGHT
from sessions_app.outcomes import answers
from sessions_app.outcomes.spoken import counted, percent
from sessions_app.vocabulary.scales import Scale

QUESTION = "How complete are the data, clinic by clinic?"
NONE_YET = "No session was given in this time."
ALL_CLINICS = "All clinics"
LATE = "Written down late"


def panel(found: NetworkFigures, kept: Withheld) -> Panel:
    """Return the panel: a table for each scale, the clinics by name."""
    sums = {scale: whole(found, scale) for scale in SCALES}
    if not any(one.sessions for one in sums.values()):
        return Panel("complete", QUESTION, NONE_YET)
    withheld = answers.withheld(*kept.how_many(CLINICS, "whole", "late"))
    told = [scale for scale in SCALES if sums[scale].sessions]
    return Panel(
        code="complete",
        question=QUESTION,
        answer=" ".join(_said(scale, kept) for scale in told),
        parts=tuple(_table(scale, found, kept) for scale in told),
        notes=(*((withheld,) if withheld else ()), NEVER_NOUGHT),
        badge=MUCH if any(sums[scale].much_is_missing for scale in told) else "",
    )


def _said(scale: Scale, kept: Withheld) -> str:
    both, lacking = (kept.told("whole", scale, what) for what in ("both", "lacking"))
    if both is None or lacking is None:
        return f"{scale.label}: how many have both scores is not shown."
    every = both + lacking
    share = percent(both / every)
    return (
        f"{scale.label}: both scores are there for {both} of {counted(every, 'session')} ({share})."
    )


def _table(scale: Scale, found: NetworkFigures, kept: Withheld) -> Table:
    late = (LATE,) if scale is Scale.PAIN else ()
    ordered = sorted(found.scope.clinics, key=lambda one: (one.name.casefold(), one.slug))
    both, lacking = (kept.told("whole", scale, what) for what in ("both", "lacking"))
    every = None if both is None or lacking is None else both + lacking
    return Table(
        title=f"{scale.label}: scores of the sessions given by a role that the protocol names",
        head=("Clinic", "Sessions", "Both scores", "Not both", "Share not both", *late),
        counted="Late is more than 24 hours after the session began." if late else "",
        rows=(
            *(_clinic(one.name, one.pk, scale, kept) for one in ordered),
            _row(ALL_CLINICS, (every, both, lacking), _late(scale, None, kept)),
        ),
    )


def _clinic(name: str, pk: Hashable, scale: Scale, kept: Withheld) -> Row:
    told = (kept.told(CLINICS, pk, scale, what) for what in ("all", "both", "lacking"))
    return _row(name, tuple(told), _late(scale, pk, kept))


def _late(scale: Scale, pk: Hashable, kept: Withheld) -> list[int | None]:
    return [kept.told("late", pk)] if scale is Scale.PAIN else []


def _row(name: str, told: tuple[int | None, ...], late: Iterable[int | None]) -> Row:
    every, both, lacking = told
    share = NOTHING
    if every and both is not None and lacking is not None:
        share = percent(lacking / every)
    shown = (Cell(HIDDEN if number is None else str(number)) for number in told)
    more = (Cell(HIDDEN if number is None else str(number)) for number in late)
    return Cell(name), *shown, Cell(share), *more
