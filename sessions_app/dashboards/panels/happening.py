"""Are planned sessions happening? If not, why?"""

import uuid
from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from sessions_app.charts.chart import Cell
from sessions_app.charts.stacked_weeks import BarWeek, StackedWeeks
from sessions_app.dashboards.adherence_sums import adherence_sums
from sessions_app.dashboards.links import Links
from sessions_app.dashboards.panel import Panel, Table
from sessions_app.dashboards.panels.happening_tables import NOTES, tables_of
from sessions_app.dashboards.rows.folds import became
from sessions_app.dashboards.rows.reading import Counted, in_rows
from sessions_app.dashboards.scope import Scope
from sessions_app.dashboards.statement import Piece, as_date, as_uuid, ask, sessions_of, weeks
from sessions_app.outcomes.answers import happening
from sessions_app.protocols import registry
from sessions_app.vocabulary.reasons import NotGivenReason
from sessions_app.vocabulary.records import SessionStatus

QUESTION = "Are planned sessions happening? If not, why?"
WITHOUT_A_SESSION = (
    "In Kutner's trial 82 of 380 patients had no session at all: in advanced cancer many planned "
    "sessions cannot be given."
)
PLANNED = (
    "Planned is what was written down: given and not given. A session nobody entered is not seen."
)
_GIVEN, _NOT_GIVEN = SessionStatus.GIVEN.value, SessionStatus.NOT_GIVEN.value


@dataclass
class Became:
    """What became of the sessions of one week and arm."""

    given: int = 0
    in_progress: int = 0
    reasons: Counter[NotGivenReason] = field(default_factory=Counter)

    @property
    def not_given(self) -> int:
        """Sessions that were planned and not given."""
        return self.reasons.total()

    @property
    def planned(self) -> int:
        """Given and not given together; one in progress is neither as yet."""
        return self.given + self.not_given

    def __iadd__(self, other: "Became") -> "Became":
        """Take what became of others along."""
        self.given += other.given
        self.in_progress += other.in_progress
        self.reasons += other.reasons
        return self


Cells = dict[tuple[date, uuid.UUID], Became]


def counted(scope: Scope) -> Cells:
    """Count sessions by week and arm, in one statement over the covering index."""
    found: Cells = {}
    asked = Counted(became, scope) if in_rows() else _statement(scope)
    for monday, arm, status, reason, number in ask(asked):
        cell = found.setdefault((as_date(monday), as_uuid(arm)), Became())
        if status == _GIVEN:
            cell.given += number
        elif status == _NOT_GIVEN:
            cell.reasons[NotGivenReason(reason)] += number
        else:
            cell.in_progress += number
    return found


def _statement(scope: Scope) -> Piece:
    return (
        Piece("WITH")
        + weeks(scope)
        + "SELECT w.monday, s.arm_id, s.status, s.not_given_reason, count(*)"
        + sessions_of(scope)
        + "GROUP BY w.monday, s.arm_id, s.status, s.not_given_reason"
    )


def panel(scope: Scope, links: Links) -> Panel:
    """Return the panel: the answer, the weeks, and the arms."""
    cells, whole = counted(scope), Became()
    for cell in cells.values():
        whole += cell
    found = adherence_sums(scope, sorted({arm for _, arm in cells}))
    answer = happening(whole.planned, whole.given, dict(whole.reasons))
    chart = _chart(scope, cells, whole, links, answer)
    return Panel(
        code="happening",
        question=QUESTION,
        answer=answer,
        parts=(*((chart, _arms(cells, links)) if cells else ()), *tables_of(found, links)),
        notes=(PLANNED, WITHOUT_A_SESSION, *(NOTES if found else ())),
    )


def _chart(scope: Scope, cells: Cells, whole: Became, links: Links, answer: str) -> StackedWeeks:
    reasons = [reason for reason in NotGivenReason if whole.reasons[reason]]
    by_week = {monday: Became() for monday in scope.mondays}
    for (monday, _), cell in cells.items():
        by_week[monday] += cell
    return StackedWeeks(
        title="What became of the planned sessions, by week",
        summary=answer,
        series=("Given", *(reason.label for reason in reasons)),
        counted=f"n = {whole.planned} planned sessions; {whole.in_progress} in progress.",
        weeks=tuple(_week(monday, became, reasons, links) for monday, became in by_week.items()),
    )


def _week(monday: date, became: Became, reasons: list[NotGivenReason], links: Links) -> BarWeek:
    week = monday.isoformat()
    return BarWeek(
        start=monday,
        counts=(became.given, *(became.reasons[reason] for reason in reasons)),
        href=links.to(what="planned", week=week),
        hrefs=(
            links.to(what="given", week=week),
            *(links.to(what="not_given", week=week, reason=one.value) for one in reasons),
        )
        if links
        else (),
    )


def _arms(cells: Cells, links: Links) -> Table:
    """Return the arms with their counts, by name."""
    arms: dict[uuid.UUID, Became] = {}
    for (_, arm), cell in cells.items():
        arms.setdefault(arm, Became())
        arms[arm] += cell
    named = sorted((registry.course(arm).name, arm) for arm in arms)
    return Table(
        title="By protocol and arm",
        head=("Protocol and arm", "Planned", "Given", "Not given", "In progress"),
        rows=tuple(
            (
                Cell(name),
                *(
                    Cell(str(number), links.of_arm(arm, what=what))
                    for what, number in (
                        ("planned", arms[arm].planned),
                        ("given", arms[arm].given),
                        ("not_given", arms[arm].not_given),
                        ("in_progress", arms[arm].in_progress),
                    )
                ),
            )
            for name, arm in named
        ),
    )
